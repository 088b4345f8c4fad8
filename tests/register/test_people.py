"""Mentions of persons -> persons."""

from __future__ import annotations

import pytest

from pipeline.core.records import Mention
from pipeline.register import people
from pipeline.register.names import person
from tests.builders import mention, release

RELEASES = {
    name: release(name, issuer=issuer)
    for name, issuer in {"r1": "Stadt Falkenrode", "r2": "Stadt Falkenrode", "r3": "Lautertal AG"}.items()
}


def named(name: str, where: str = "r1", start: int = 0, **values: object) -> Mention:
    return mention(name, "PER", start, release_id=where, **values)


def persons(*mentions: Mention) -> dict[str, list[str]]:
    """Names of the persons found -> the reasons of their mentions."""
    return {c.name: [m.because for m in c.members] for c in people.group(mentions, RELEASES)}


def test_a_bare_surname_joins_the_only_person_of_that_name_in_its_release():
    found = persons(named("Jana Weißbach"), named("Weißbach", start=50), named("Weißbachs", start=90))
    assert found == {"Jana Weißbach": ["same_name", "surname+same_release", "surname+same_release"]}


def test_a_bare_surname_joins_nobody_when_two_of_that_name_stand_in_its_release():
    found = persons(named("Jana Weißbach"), named("Olaf Weißbach", start=30), named("Weißbach", start=60))
    assert sorted(found) == ["Jana Weißbach", "Olaf Weißbach", "Weißbach"]


def test_two_people_are_never_merged_on_a_surname_alone():
    found = people.group(
        [named("Weißbach", "r1"), named("Weißbach", "r2"), named("Jana Weißbach", "r3")], RELEASES
    )
    assert len(found) == 3


def test_surname_issuer_and_office_together_suffice_across_releases():
    found = persons(
        named("Jana Weißbach", "r1", role="Oberbürgermeisterin"),
        named("Weißbach", "r2", role="Oberbürgermeisterin"),
    )
    assert found == {"Jana Weißbach": ["same_name", "surname+in_office+same_issuer"]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jörg Müller-Lauten", "Joerg Müller Lauten"),
        ("Dr. Jana Weißbach", "Jana Weissbach"),
        ("Prof. Dr. Ulf von der Aue", "Ulf von der Aue"),
        ("Karl-Heinz Brömme", "Karl Heinz Brömme"),
    ],
)
def test_spellings_and_titles_do_not_make_another_person(one: str, other: str):
    assert len(persons(named(one, "r1"), named(other, "r3"))) == 1


@pytest.mark.parametrize(
    ("less", "more", "rule"),
    [
        ("A. Muster", "Anna Muster", "initial"),
        ("Anna Musters", "Anna Muster", "genitive"),
        ("Hans Muster", "Hans Peter Muster", "middle_name"),
        ("Anna Muster", "Anna Muster-Lauten", "double_name"),
        ("Anna Muster", "Arno Muster", None),
        ("Anna Muster", "Anna Lauten", None),
    ],
)
def test_near_names_are_compared_by_rule(less: str, more: str, rule: str | None):
    assert people.compare(person(less), person(more)) == rule


def test_a_near_name_needs_circumstances_that_speak_for_it():
    together = persons(named("A. Muster", "r1"), named("Anna Muster", "r1", 30))
    apart = persons(named("A. Muster", "r1"), named("Anna Muster", "r3"))
    assert together == {"Anna Muster": ["same_name", "initial+same_release"]}
    assert sorted(apart) == ["A. Muster", "Anna Muster"]


def test_a_name_that_ends_in_s_keeps_it_when_most_mentions_have_it():
    found = persons(named("Ulf Lauters"), named("Ulf Lauters", start=30), named("Ulf Lauter", start=60))
    assert list(found) == ["Ulf Lauters"]


def test_an_initial_that_may_be_two_people_joins_neither():
    found = persons(named("A. Muster"), named("Anna Muster", start=30), named("Arno Muster", start=60))
    assert sorted(found) == ["A. Muster", "Anna Muster", "Arno Muster"]
