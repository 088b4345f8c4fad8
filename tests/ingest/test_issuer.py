"""Who issued a release: where it says so, what addresses, signs and folders add, what carries it only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import anatomy
from pipeline.ingest.anatomy import carriers, names, nominative, offices
from pipeline.ingest.anatomy.clues import fit
from pipeline.ingest.anatomy.wording import explained, hosts, spells_out, stands_for, wording
from pipeline.ingest.consensus import Seen, home, settle
from pipeline.ingest.take import whole_text
from tests.ingest import made

_DACH = f"Neues Dach\n\n{made.PROSE}"


def _issuer(text: str, path: str = "2021-05-03.txt", **values):
    source = made.source(text, **values)
    found = anatomy.dissect(whole_text(source), source, path).issuer
    return found and (found.name, found.basis)


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (f"{_DACH}\n\nOriginal-Content von: Stadt Falkenrode, übermittelt", "Stadt Falkenrode"),
        (f"Pressemitteilung des Bundes Oberer Wald zu Dächern\n\nNeues Dach\n\n{made.PROSE}", "Bund Oberer Wald"),
        (f"Dach\n\n„Gut“, sagt Ida Thorwald, Sprecherin von Waldzeit Lohetal. {made.PROSE}", "Waldzeit Lohetal"),
        (f"Novatherm AG / Werk eröffnet\n\n{made.PROSE}", "Novatherm AG"),
        (f"POL-K: 210503 - 12 Dach gestohlen\n\n{made.PROSE}", "Polizei Köln"),
        (f"FW-XYZ: Dach gelöscht\n\nFalkenrode (ots) – {made.PROSE}", "Feuerwehr Falkenrode"),
        (
            f"Dach\n\nFunkfreunde Lohetal baut. {made.PROSE}\n\nPressekontakt:\npr@funkfreunde-lohetal.example",
            "Funkfreunde Lohetal",
        ),
    ],
)  # fmt: skip
def test_a_release_names_its_issuer(text, issuer):
    assert _issuer(text)[0] == issuer


def test_a_body_that_acts_wins_over_one_that_is_mentioned():
    text = (
        f"Neues Dach\n\nDas Amt für Dächer in Lohe bat darum. Die Stadt Falkenrode lädt zum Fest ein. {made.PROSE}"
    )
    assert _issuer(text)[0] == "Stadt Falkenrode"


def test_what_is_only_mentioned_does_not_win_over_the_folder():
    text = f"Neues Dach\n\nGelder kommen vom Ministerium für Bau. {made.PROSE}"
    assert _issuer(text, "verein-lohetal/x.txt") == ("Verein Lohetal", "folder")


@pytest.mark.parametrize(
    "name", ["presseportal.de", "news aktuell", "www.presseportal.de", "Pressestelle", "python-docx"]
)
def test_portals_programs_and_desks_issue_nothing(name):
    assert _issuer(f"Neues Dach\n\n{made.PROSE}", publisher=name, author=name) is None


@pytest.mark.parametrize(
    ("folder", "named"),
    [
        ("stadt-x/2021", "stadt-x"),
        ("stadt-x/pm/05", "stadt-x"),
        ("2021", ""),
        ("", ""),
        ("a/stadt-x", "a/stadt-x"),
    ],
)
def test_a_folder_named_by_a_year_belongs_to_the_one_above(folder, named):
    assert home(folder) == named


def test_short_forms_are_explained_by_the_words_before_them():
    text = (
        "Der Bund Oberer Wald (BOW) und die Freie Union Lohe (FU Lohe) sowie das Rathaus (siehe Plan) bauen (AB)."
    )
    assert explained(text) == {"BOW": "Bund Oberer Wald", "FU Lohe": "Freie Union Lohe"}


@pytest.mark.parametrize(
    ("short", "name", "does"),
    [
        ("BOW", "Bund Oberer Wald", True),
        ("LoKB", "Loher Klimabund", True),
        ("BOW", "Stadt Falkenrode", False),
        ("Bow", "Bund Oberer Wald", False),
    ],
)
def test_a_short_form_takes_its_letters_from_a_name(short, name, does):
    assert stands_for(short, name) is does


def test_a_name_writes_out_a_short_form():
    assert spells_out("BOW Lohe", "Bund Oberer Wald Lohe")
    assert not spells_out("Bund Oberer Wald", "Bund Oberer Wald Lohe")


def test_the_text_says_how_an_address_is_spelled():
    words = wording(
        "Die Bürger von Köln und Funkfreunde Lohetal e. V. sowie Tal & Wald; presse@talundwald.example"
    )
    assert words.spelled("funkfreundelohetal") == "Funkfreunde Lohetal e. V."
    assert words.spelled("koeln") == "Köln"
    assert words.spelled("talundwald") == "Tal & Wald"
    assert words.spelled("unklohe") is None
    assert hosts("Mail: a@lohe.example, www.lohe.example/x und https://bund.lohe.example") == [
        "lohe.example", "www.lohe.example", "bund.lohe.example"
    ]  # fmt: skip


def test_mail_providers_and_portals_are_no_issuers_addresses():
    assert carriers.labels("presse.funkfreunde-lohetal.example") == ["funkfreundelohetal"]
    assert carriers.labels("gmx.net") == []
    assert carriers.labels("presseportal.de") == []


@pytest.mark.parametrize(
    ("name", "part", "low", "high"),
    [
        ("Stadt Falkenrode", "stadt-falkenrode", 1.0, 1.0),
        ("Bund Oberer Wald Lohe e. V.", "bow-lohe", 1.0, 1.0),
        ("Stadt Lohe", "volksbegehren-wald-lohe", 0.0, 0.5),
        ("Landkreis Tal", "stadt-falkenrode", 0.0, 0.0),
    ],
)
def test_a_folder_fits_a_name(name, part, low, high):
    assert low <= fit(name, part) <= high


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("der Deutsche Burgenverband", "Deutscher Burgenverband"),
        ("des Bündnisses Lohetal", "Bündnis Lohetal"),
        ("die Initiative „Mehr Wald“ ruft", "Mehr Wald"),
        ("die novatherm AG baut", "novatherm AG"),
        ("FDP-Fraktion Dr. Ida Thorwald", "FDP-Fraktion"),
    ],
)
def test_names_in_all_cases(text, name):
    assert next(names.find(text)).text == name


@pytest.mark.parametrize(
    "line", ["Verband", "Ehrenamt Jugendverbände", "STADTWERKE BAUEN NEUES BAD IM TAL", "Eine AG"]
)
def test_lines_that_are_no_names(line):
    assert not names.is_name(line)


def test_common_words_are_listed_for_a_reason():
    """Each would be taken for a name if the list did not hold it back."""
    table = nominative.table()
    tails = tuple(
        noun + end for nouns in table["nouns"].values() for noun in nouns.split() for end in ("", "s", "es")
    )
    assert [word for word in table["common"]["words"].split() if not word.endswith(tails)] == []


def test_short_forms_of_authorities():
    assert offices.authority("BKA") == "Bundeskriminalamt"
    assert offices.by_sign("Neues Dach", "Lohe") is None
    assert offices.by_sign("ABC-Schutz geübt", "Lohe") is None


_A = Seen("bow-lohe", "Bund Oberer Wald Lohe e. V.", "letterhead")


def test_a_folder_called_like_its_issuer_names_those_that_do_not():
    weak = Seen("bow-lohe", "Ministerium für Dächer", "text")
    named = settle({_A: 2, weak: 5, Seen("bow-lohe", "BOW Lohe", "folder"): 3, Seen("bow-lohe", None, None): 1})
    assert set(named.values()) == {
        ("Bund Oberer Wald Lohe e. V.", "letterhead"),
        ("Bund Oberer Wald Lohe e. V.", "folder"),
    }


def test_a_letterhead_is_never_overruled():
    other = Seen("bow-lohe", "Stadt Falkenrode", "letterhead")
    assert settle({_A: 9, other: 1})[other] == ("Stadt Falkenrode", "letterhead")


def test_a_mixed_folder_is_left_alone():
    seen = {Seen("", f"Stadt {name}", "letterhead"): 1 for name in ("Lohe", "Tal", "Wald")}
    seen[Seen("", "Amt für Dächer", "text")] = 1
    assert all(named == (one.issuer, one.basis) for one, named in settle(seen).items())


def test_short_forms_meet_their_names_within_a_folder():
    short = Seen("x", "BOW", "metadata")
    assert settle({Seen("x", "Bund Oberer Wald", "letterhead"): 1, short: 1})[short][0] == "Bund Oberer Wald"


_SEEN = st.builds(
    Seen,
    st.sampled_from(["", "bow", "stadt-lohe"]),
    st.sampled_from([None, "BOW", "Bund Oberer Wald", "Stadt Lohe", "Stadt Lohe e. V.", "Amt für Dächer"]),
    st.sampled_from([None, "letterhead", "text", "folder", "contact"]),
)


@given(st.dictionaries(_SEEN, st.integers(1, 9)))
def test_settling_knows_every_release_and_no_order(seen):
    settled = settle(seen)
    assert set(settled) == set(seen)
    assert settled == settle(dict(reversed(seen.items())))
    assert {name for name, _ in settled.values()} <= {one.issuer for one in seen}
