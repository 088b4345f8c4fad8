"""A release says what it is: zones, title, number, issuer, date, place, embargo."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.text import normalise
from pipeline.ingest import anatomy
from pipeline.ingest.anatomy import names
from pipeline.ingest.anatomy.published import Published, estimate
from pipeline.ingest.sources.source import Source
from pipeline.ingest.take import whole_text
from tests.ingest import made


def _anatomy(text: str = made.RELEASE, path: str = "a.txt", **values):
    source = made.source(text, **values)
    final = whole_text(source)
    return final, anatomy.dissect(final, source, path)


def _zones(text: str, **values) -> list[tuple[str, str]]:
    final, found = _anatomy(text, **values)
    return [(span.zone, final[span.start : span.end]) for span in found.zones]


def test_a_release_is_taken_apart():
    _, found = _anatomy()
    assert found.title == "Neue Brücke über die Lohe eröffnet"
    assert found.subtitle == "Radweg schließt letzte Lücke im Tal"
    assert found.number == "12/2021"
    assert (found.published.value, found.published.basis) == ("2021-05-03", "dateline")
    assert found.place == "Falkenrode"
    assert (found.issuer.name, found.issuer.basis) == ("Stadt Falkenrode", "letterhead")
    assert found.embargo is None


def test_its_zones_are_what_is_not_body():
    zones = dict(_zones(made.RELEASE))
    assert zones["letterhead"].endswith("Pressemitteilung Nr. 12/2021")
    assert zones["headline"] == "Neue Brücke über die Lohe eröffnet\n\nRadweg schließt letzte Lücke im Tal"
    assert zones["caption"].startswith("Foto: Die neue Brücke")
    assert zones["contact"].startswith("Pressekontakt:")
    assert zones["contact"].endswith("presse@falkenrode.example")


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Pressemitteilung: Neues Bad eröffnet", "Neues Bad eröffnet"),
        ("PRESSEMITTEILUNG Nr. 3/2020 – Neues Bad eröffnet", "Neues Bad eröffnet"),
        ("Neues Bad eröffnet\nPressemitteilung des Vereins Badefreunde Ilmtal e. V.", "Neues Bad eröffnet"),
        ("Bad wird jetzt endlich eröffnet\nPressemitteilung vom 3.5.2020", "Bad wird jetzt endlich eröffnet"),
        ("Badefreunde Ilmtal\nPresseinformation\n3. Mai 2020\nNeues Bad eröffnet", "Neues Bad eröffnet"),
        ("Neues Bad für\nalle in Ilmtal", "Neues Bad für alle in Ilmtal"),
    ],
)  # fmt: skip
def test_the_headline_is_found_among_letterhead_lines(first, title):
    _, found = _anatomy(f"{first}\n\n{made.PROSE}")
    assert found.title == title


def test_the_word_before_a_headline_on_its_line_is_letterhead():
    zones = _zones(f"Pressemitteilung: Neues Bad eröffnet\n\n{made.PROSE}")
    assert zones[:2] == [("letterhead", "Pressemitteilung:"), ("headline", "Neues Bad eröffnet")]


def test_a_title_of_the_metadata_is_put_on_top_once():
    text, found = _anatomy(made.PROSE, title="Neues Dach", subtitle="Umbau im Sommer")
    assert text.startswith("Neues Dach\n\nUmbau im Sommer\n\nDie Gemeinde")
    assert (found.title, found.subtitle) == ("Neues Dach", "Umbau im Sommer")
    again, _ = _anatomy(f"Neues Dach\n\n{made.PROSE}", title="Neues Dach")
    assert again.count("Neues Dach") == 1


def test_a_line_of_date_and_categories_inside_the_heading_is_no_part_of_the_title():
    heading = "Neues Dach für die Halle\n04.05.2021 • Presse, Allgemein"
    text, found = _anatomy(f"{heading}\n\n{made.PROSE}", title=heading.replace("\n", " "))
    assert found.title == "Neues Dach für die Halle"
    assert found.published == Published("2021-05-04", "header")
    assert text.startswith(heading)


def test_a_text_without_headline_is_called_by_its_first_sentence():
    _, found = _anatomy(made.PROSE)
    assert found.title == "Die Gemeinde erneuert in den Sommerferien das Dach der Turnhalle."
    assert "headline" not in {span.zone for span in found.zones}


def test_about_us_is_boilerplate_and_hints_are_contact():
    hint = "Hinweise nimmt die Wache unter Telefon 03699 12345 entgegen."
    text = f"Einbruch\n\n{made.PROSE}\n\n{made.PROSE}\n\nÜber die Wache Ilmtal\n{made.PROSE}\n\n{hint}"
    zones = dict(_zones(text))
    assert zones["boilerplate"].startswith("Über die Wache Ilmtal")
    assert zones["contact"].startswith("Hinweise nimmt")


def test_a_signature_and_an_inline_remark_are_contact():
    zones = _zones(
        f"Neues Dach\n\n{made.PROSE} (Maren Tiefensee, Tel. 03699-12345)\n\n{made.PROSE}\n\nMaren Tiefensee"
    )
    assert ("contact", "(Maren Tiefensee, Tel. 03699-12345)") in zones
    assert zones[-1] == ("contact", "Maren Tiefensee")


@pytest.mark.parametrize(
    ("line", "embargo"),
    [
        ("Sperrfrist: 12. Mai 2022, 11 Uhr", "2022-05-12T11:00"),
        ("Gesperrt bis 12.05.2022, 9:30 Uhr", "2022-05-12T09:30"),
        ("SPERRFRIST 12.05.2022", None),
        ("Sperrfrist: 12. Mai 2022", "2022-05-12"),
        ("Frei ab sofort", None),
    ],
)
def test_an_embargo_is_read(line, embargo):
    assert _anatomy(f"{line}\n\nNeues Dach\n\n{made.PROSE}")[1].embargo == embargo


@pytest.mark.parametrize(
    ("values", "published"),
    [
        ({"date": "2021-05-03"}, ("2021-05-03", "metadata")),
        ({"path": "x/2020-02-01_PM.txt"}, ("2020-02-01", "filename")),
        ({"path": "x/PM.txt", "file_date": "2019-01-01"}, ("2019-01-01", "metadata")),
        ({"path": "x/2019-01_PM.txt", "file_date": "2019-01-07"}, ("2019-01-07", "metadata")),
        ({"path": "2020-02-01.txt", "date": "2021-05-03"}, ("2021-05-03", "metadata")),
    ],
)
def test_the_best_evidence_gives_the_date(values, published):
    found = _anatomy(f"Neues Dach\n\n{made.PROSE}", **values)[1].published
    assert (found.value, found.basis) == published


def test_without_any_year_there_is_no_date():
    assert _anatomy(f"Neues Dach\n\n{made.PROSE}")[1].published is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Vom 02. – 03.09.2019 besuchte sie die Region. Am 2. September 2019 traf sie ein.", "2019-09-03"),
        ("Heute, am Montag, den 8. Mai 2023, wurde sie eröffnet. Bis zum 1. Juni 2023 läuft es.", "2023-05-08"),
        ("Am 3. Mai 2021 wurde das Bad eröffnet. Am 9. Juni 2021 findet ein Fest statt.", "2021-05-03"),
        ("Am 23. August 2025 lädt der Verein zum Fest ein.", "2025-08"),
        ("Seit 2016 ist das Netz ein Verein. Ab August 2024 wird es einen Wechsel geben.", "2024-07"),
        ("Ab Januar 2024 wird alles neu.", "2023-12"),
        ("Der Verein wurde 1998 gegründet und 2016 erweitert.", None),
        ("Die Stadt soll bis 2045 klimaneutral sein.", None),
        ("Ohne Jahr, nur am 3. Mai.", None),
    ],
)  # fmt: skip
def test_a_text_without_date_of_its_own_is_estimated(text, value):
    assert estimate(text) == value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("des Deutschen Burgenverbandes", "Deutscher Burgenverband"),
        ("das Bundesamt für nachhaltige Fische (BnF)", "Bundesamt für nachhaltige Fische"),
        ("dem Ministerium für Bau, Verkehr und Umwelt", "Ministerium für Bau, Verkehr und Umwelt"),
        ("Sprecher der Stadt Falkenrode", "Stadt Falkenrode"),
        ("die Novatherm AG", "Novatherm AG"),
        ("in der Oberland-Region", "Oberland-Region"),
    ],
)
def test_names_of_issuers_are_found_in_the_nominative(text, name):
    assert [found.text for found in names.find(text)] == [name]


@pytest.mark.parametrize("text", ["das Kunstwerk", "Insgesamt kamen viele", "die Straßenbahn"])
def test_common_nouns_are_no_issuers(text):
    assert list(names.find(text)) == []


def test_the_fuller_form_of_a_name_wins():
    text = f"Neues Dach\n\nDer Bund für Radwege (BfR) baut. BfR-Sprecher Ole Tamm freut sich. {made.PROSE}"
    assert _anatomy(text)[1].issuer.name == "Bund für Radwege"


@pytest.mark.parametrize(
    ("path", "issuer"),
    [
        ("stadt-falkenrode/x.txt", ("Stadt Falkenrode", "folder")),
        ("stadt-falkenrode/2021/x.txt", ("Stadt Falkenrode", "folder")),
        ("bfr-2022-01-26.txt", ("BFR", "filename")),
        ("2022-01-26.txt", None),
    ],
)
def test_folder_and_file_name_help_when_the_text_names_no_one(path, issuer):
    found = _anatomy(f"Neues Dach\n\n{made.PROSE}", path)[1].issuer
    assert (found and (found.name, found.basis)) == issuer


_LINES = st.sampled_from(
    [
        "Pressemitteilung", "Stadt Falkenrode", "Neues Dach", made.PROSE, "Kontakt:", "Tel. 03699 12345",
        "Foto: privat", "Über uns", "3. Mai 2021", "Falkenrode, 3. Mai 2021.", "-", "Maren Tiefensee",
        "„Gut so“, sagte er.", "Sperrfrist: 3.5.2021", "Herausgeber:", "(Maren Tiefensee, Tel. 03699-12345)",
        "Pressemitteilung: Neues", "Sehr geehrte Damen und Herren,", "a", "Quellen:",
    ]
)  # fmt: skip


@given(st.lists(st.tuples(_LINES, st.sampled_from(["\n", "\n\n"])), min_size=1, max_size=14))
def test_zones_are_ordered_apart_and_tightly_cut(parts):
    text = normalise("".join(line + end for line, end in parts))
    found = anatomy.dissect(text, Source("txt", (text,)), "a.txt")
    end = 0
    for span in found.zones:
        assert end <= span.start < span.end <= len(text)
        piece = text[span.start : span.end]
        assert piece == piece.strip()
        end = span.end
    assert found.title


@given(st.text(min_size=1, max_size=300).map(normalise).filter(bool))
def test_no_text_breaks_the_anatomy(text):
    found = anatomy.dissect(text, Source("txt", (text,), title=text[:20], hint=text[5:30]), "x/y.txt")
    assert isinstance(found.title, str)


def test_an_authority_known_by_its_short_form_gets_its_name():
    text = "Neue Zahlen zum Wald\n\nBerlin, 3. Mai 2021. Das BfN legt neue Zahlen vor. Das BfN misst seit Jahren."
    _, found = _anatomy(text, path="bfn-2021-05-03.txt")
    assert found.issuer.name == "Bundesamt für Naturschutz"
