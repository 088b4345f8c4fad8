"""The register against gold: B³ and place links."""

from __future__ import annotations

import pytest

from pipeline.core.errors import InputError
from pipeline.core.records import Entity, EntityMention
from pipeline.evaluate.entities import Judged, judge, measure, parse
from tests.builders import release

HEAD = "type,entity,geonames_id,form,source\n"


def judged(*pairs: str) -> list[Judged]:
    """Pairs such as a1 x1 -> mentions of gold entity a in entry x, of release 1."""
    return [Judged(p[1], f"person {p[0]}", p[3], None, None) for p in pairs]


def test_b_cubed_counts_for_every_mention_what_belongs_with_it():
    # gold {a, a, a, b}; one entry holds two a and the b, another the third a
    row = measure(judged("a1 x1", "a1 x1", "a2 y1", "b2 x1"), 100)["ENTITIES"]
    assert row["precision"] == pytest.approx((2 / 3 + 2 / 3 + 1 + 1 / 3) / 4, abs=1e-4)
    assert row["recall"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4, abs=1e-4)
    assert row["low"] <= row["f1"] <= row["high"]
    assert (row["gold"], row["found"]) == (2, 2)


def test_all_in_one_entry_has_full_recall_and_each_alone_full_precision():
    one = measure(judged("a1 x1", "b1 x1"), 0)["ENTITIES"]
    alone = measure(judged("a1 x1", "a1 y1"), 0)["ENTITIES"]
    assert (one["recall"], one["precision"]) == (1.0, 0.5)
    assert (alone["recall"], alone["precision"]) == (0.5, 1.0)


def test_a_wrong_link_counts_against_precision_and_a_missing_one_against_recall():
    places = [
        Judged("1", "place a", "x", 1, 1),
        Judged("1", "place b", "y", 2, 3),
        Judged("1", "place c", "z", 4, None),
        Judged("1", "place d", "v", None, 5),
        Judged("1", "place e", "w", None, None),
    ]
    row = measure(places, 0)["PLACE_LINKS"]
    assert (row["gold"], row["found"]) == (3, 3)
    assert row["precision"] == row["recall"] == pytest.approx(1 / 3, abs=1e-4)


def test_nothing_is_measured_without_gold():
    assert measure([], 10) == {}


def entity(name: str) -> Entity:
    return Entity(name, "person", name, None, None, None, [], 1, 1, "2021", "2021", None, None, None, None, None)


def test_a_row_for_one_file_goes_before_the_row_for_all_and_unknown_forms_are_not_measured():
    gold = parse(HEAD + "person,Anna Aue,,Anna,\nperson,Anna Tal,,Anna,b.txt\n", "entities.csv")
    releases = [release("a", "Anna kam. Otto ging."), release("b", "Anna kam.")]
    mentions = [
        EntityMention("a", 0, 4, "PER", "x", ""),
        EntityMention("a", 10, 14, "PER", "x", ""),
        EntityMention("b", 0, 4, "PER", "x", ""),
    ]
    assert [j.gold for j in judge(gold, releases, [entity("x")], mentions)] == [
        "person Anna Aue",
        "person Anna Tal",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("type,entity\n", 1),
        (HEAD + "person,A,,Anna,\nperson,B,,Anna,\n", 3),
        (HEAD + "place,A,x,Aue,\n", 2),
        (HEAD + "place,,,Aue,\n", 2),
    ],
)
def test_faulty_gold_is_named_by_line(text: str, line: int):
    with pytest.raises(InputError, match=f"^entities.csv: line {line}: "):
        parse(text, "entities.csv")
