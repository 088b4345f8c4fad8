"""Calendar entries: what is announced becomes one, with title, begin, end and place; what is told does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.components import date_roles, dates, events, units
from pipeline.extract.components.page import Page, Span

MONDAY = "2021-05-03"
TITLE = "Neues aus Falkenrode"


def find(text: str, *names: tuple[str, str, str | None]) -> list[events.Entry]:
    """A text with (label, name, kind) in it -> its entries."""
    page = Page(text=text, units=units.split(text, ()), published=MONDAY, title=TITLE)
    spans = [
        Span(text.index(name), text.index(name) + len(name), label, "model", 1.0, kind=kind)
        for label, name, kind in names
    ]
    found = dates.find(text, MONDAY)
    seen = list(date_roles.look(text, found, MONDAY, page.units))
    return events.find(page, found, [date_roles.role(what) for what in seen], seen, spans)


def short(entries: list[events.Entry]) -> list[tuple[str, str | None]]:
    return [(entry.begin, entry.finish) for entry in entries]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Das Fest findet am 8. Mai statt.", [("2021-05-08", None)]),
        ("Das Fest findet vom 8. bis 9. Mai statt.", [("2021-05-08", "2021-05-09")]),
        ("Das Fest beginnt am 8. Mai um 18 Uhr.", [("2021-05-08T18:00", None)]),
        ("Das Fest beginnt am 8. Mai, 18 bis 20 Uhr.", [("2021-05-08T18:00", "2021-05-08T20:00")]),
        ("Am 8. Mai lädt der Verein ein. Beginn ist am 8. Mai um 18 Uhr.", [("2021-05-08T18:00", None)]),
        ("Am 30. April feierte der Verein ein Fest.", []),
        ("Am 8. Mai 2020 war ein Fest.", []),
        ("Bewerbungsschluss ist der 8. Mai.", []),
        ("Die Ausstellung ist bis 8. Mai geöffnet.", []),
        ("Wer an Silvester feiert, denkt selten an Tiere.", []),
        ("Der Vertrag gilt für drei Jahre.", []),
        ("Das Training ist am 8. Mai. An heißen Tagen beginnt es um 8 Uhr.", [("2021-05-08", None)]),
        ("Am Sonntag gegen 22.40 Uhr wird der Wagen gesehen.", []),
    ],
)
def test_announced_days_become_entries(text, wanted):
    assert short(find(text)) == wanted


def test_the_event_that_a_sentence_names_is_the_title():
    text = "Das Ilmtaler Lichterfest beginnt am 8. Mai in Falkenrode."
    found = find(text, ("INITIATIVE", "Ilmtaler Lichterfest", "event"), ("LOC", "Falkenrode", None))
    assert [(entry.title, entry.place) for entry in found] == [("Ilmtaler Lichterfest", "Falkenrode")]


def test_without_a_name_the_headline_is_the_title():
    assert [entry.title for entry in find("Am 9. Mai findet ein Lauf statt.")] == [TITLE]


def test_a_name_belongs_to_its_own_date():
    text = (
        "Das Lichterfest beginnt am 8. Mai, der Mühlentag am 9. Mai um 18 Uhr in Ilmtal und der Markt am 10. Mai."
    )
    names = [("INITIATIVE", "Lichterfest", "event"), ("INITIATIVE", "Mühlentag", "event"), ("LOC", "Ilmtal", None)]
    found = find(text, *names)
    assert [(entry.title, entry.place) for entry in found] == [
        ("Lichterfest", None),
        ("Mühlentag", "Ilmtal"),
        (TITLE, "Ilmtal"),
    ]


def test_a_season_is_no_appointment():
    assert find("Vom 8. Mai bis 9. September 2021 findet der Sommer der Musik statt.") == []


def test_an_address_is_read_to_its_end():
    text = "Das Fest findet am 8. Mai im Bürgerhaus, Lindenweg 4, Falkenrode statt."
    names = [("LOC", name, None) for name in ("Bürgerhaus", "Lindenweg 4", "Falkenrode")]
    assert [entry.place for entry in find(text, *names)] == ["Bürgerhaus, Lindenweg 4, Falkenrode"]


def test_a_place_that_only_tells_who_somebody_is_is_no_venue():
    text = "Am 8. Mai um 18 Uhr spricht der Bürgermeister von Falkenrode."
    assert [entry.place for entry in find(text, ("LOC", "Falkenrode", None))] == [None]


def test_an_invitation_in_lines_is_read():
    text = "Einladung\n\nWann: 8. Mai 2021, 18 Uhr\n\nWo: Bürgerhaus, Lindenweg 4, Falkenrode\n\nWir freuen uns."
    (entry,) = find(text)
    assert (entry.begin, entry.place) == ("2021-05-08T18:00", "Bürgerhaus, Lindenweg 4, Falkenrode")


def test_a_line_of_a_list_names_what_takes_place():
    intro = "Weitere Feste stehen an, die der Verein hier in einer Liste nennt."
    text = f"{intro}\n\n- Lichterlauf Ilmtal, 8. Mai 2021\n\n- 9. Mai 2021: Markt"
    assert [entry.title for entry in find(text)] == ["Lichterlauf Ilmtal", "Markt"]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2024-05-03T18:00/2024-05-03T24:00", ("2024-05-03T18:00", "2024-05-04T00:00")),
        ("2024-05-03TEV", ("2024-05-03", None)),
        ("2024-05-03/2024-05-05", ("2024-05-03", "2024-05-05")),
        ("2024-05-03T18:00/2024-05-05", ("2024-05-03", "2024-05-05")),
        ("2024-05", None),
        ("T18:00", None),
    ],
)
def test_values_become_moments(value, wanted):
    assert events.moments(value) == wanted


@given(st.text(alphabet="am 8. Mai um 18 Uhr,bis–\nfindet statt Wo: 24", max_size=150))
def test_entries_are_in_order_and_end_after_they_begin(text):
    found = find(text)
    assert [entry.start for entry in found] == sorted(entry.start for entry in found)
    assert len({entry.begin for entry in found}) == len(found)
    assert all(entry.finish is None or entry.finish > entry.begin for entry in found)
