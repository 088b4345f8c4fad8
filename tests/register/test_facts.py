"""What the register knows about initiatives, and the list of candidates."""

from __future__ import annotations

import csv
import io

import pytest

from pipeline.core.records import InitiativeFact, Quote, Sentence
from pipeline.register import authority, gazetteer
from pipeline.register.facts import months
from pipeline.register.work import Found, Given, build
from tests.builders import mention, release
from tests.register.settings import STRICT

A, B = "aaaaaaaaaaaa", "bbbbbbbbbbbb"
RELEASES = [release(A, "x" * 300, published="2021-05-03"), release(B, "x" * 300, published="2022-11-03")]
SENTENCES = [Sentence(i, start, start + 99, "body") for i in (A, B) for start in (0, 100, 200)]
MENTIONS = [
    mention("Sommer in Aue", "INITIATIVE", 0, kind="event"),
    mention("Aue", "LOC", 10),
    mention("Falkenrode", "LOC", 40),
    mention("Kulturverein Lauter", "ORG", 60),
    mention("Eva Lauten", "PER", 90, role="Landrätin"),
    mention("Uta Geheim", "PER", 120),
    mention("Sommer in Aue", "INITIATIVE", 130),
    mention("Tom Muster", "PER", 210, role="Rektor"),
    mention("Neues Netz", "INITIATIVE", 0, release_id=B),
]
QUOTES = [Quote(A, 125, 160, "", "Tom Muster", None, "direct", "rule:x")]


def facts(silent: int = 18) -> set[tuple[str, str, str, int]]:
    params = STRICT.model_copy(update={"silent_months": silent})
    register = build(Found(MENTIONS, RELEASES, SENTENCES, QUOTES), Given(), params)
    return {(f.entity_id, f.fact, f.value, f.count) for f in register.facts}


def test_an_initiative_knows_its_years_partners_voices_and_silence():
    summer = "initiative-sommer-in-aue"
    assert facts() == {
        (summer, "year", "2021", 1),
        (summer, "partner", "place-falkenrode", 1),
        (summer, "partner", "organisation-kulturverein-lauter", 1),
        (summer, "voice", "person-eva-lauten", 1),
        (summer, "voice", "person-tom-muster", 1),
        (summer, "silence", "2021-05-03", 18),
        ("initiative-neues-netz", "year", "2022", 1),
    }


def test_silence_begins_with_the_month_that_params_name():
    assert not any(fact == "silence" for _, fact, _, _ in facts(silent=19))


@pytest.mark.parametrize(
    ("earlier", "later", "count"),
    [
        ("2021-05-03", "2022-11-02", 17),
        ("2021-05-03", "2022-11-03", 18),
        ("2021", "2022-01-01", 0),
        ("2022", "2021", 0),
    ],
)
def test_months_are_whole_and_what_a_date_leaves_open_counts_for_the_shorter_time(earlier, later, count):
    assert months(earlier, later) == count


def test_facts_are_rows_of_their_table():
    assert InitiativeFact("i", "year", "2021", 1).count == 1


PLACES = gazetteer.parse(
    "name,kind,geonames_id,ags,region,latitude,longitude,population\n"
    "Aue,locality,11,,Sachsen,50.5,12.7,9000\nAue (Lohe),municipality,12,07000001,Hessen,50.0,8.0,3000\n",
    "places.csv",
)
TABLE = (
    "type,name,gnd,wikidata\nperson,Lauten Eva,1,\nperson,E. Lauten,118540238,Q3\n"
    "organisation,Kulturverein Lauters,,Q7\n"
)


def candidates(table: str = TABLE) -> list[dict[str, str]]:
    given = Given(PLACES, authority.parse(table.replace("Lauten Eva,1", "Eva Lautner,118540237"), "t.csv"))
    register = build(Found(MENTIONS, RELEASES, SENTENCES, QUOTES), given, STRICT)
    return list(csv.DictReader(io.StringIO(register.candidates)))


def test_what_is_open_goes_to_the_list_with_candidates_and_scores_and_nothing_is_decided():
    rows = {(row["id"], row["candidate"]): int(row["score"] or 0) for row in candidates()}
    assert rows["person-eva-lauten", "gnd:118540238"] == 30
    assert rows["organisation-kulturverein-lauter", "wikidata:Q7"] == 60
    assert rows["place-aue", "geonames:11"] > rows["place-aue", "geonames:12"]
    assert rows["initiative-neues-netz", ""] == 0
    assert not any("gnd:118540237" in key for key in rows)


def test_private_and_merely_quoted_people_are_looked_up_by_nobody():
    text = repr(candidates())
    assert "Geheim" not in text


def test_the_list_says_what_tells_an_entry_from_its_namesakes():
    row = next(row for row in candidates() if row["id"] == "person-eva-lauten")
    assert (row["name"], row["type"], row["context"], row["releases"]) == (
        "Eva Lauten", "person", "Landrätin; Stadt Falkenrode", "1",
    )  # fmt: skip
