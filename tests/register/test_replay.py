"""Corrections replayed: split and identifiers, contradictions, order, and what no correction can do."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.records import Mention
from pipeline.register import authority, gazetteer, ledger
from pipeline.register.work import Found, Given, Register, build
from tests.builders import mention, release
from tests.register.settings import SETTINGS, STRICT

HEAD = "action,type,target,value\n"
RELEASES = [release("a1"), release("a2", issuer="Lautertherm AG"), release("a3", published="2023-01-09")]
MENTIONS = [
    mention("Tom Müllner", "PER", 0, release_id="a1", role="Landrat"),
    mention("Tom Müllner", "PER", 0, release_id="a2", role="Werksleiter"),
    mention("T. Müllner", "PER", 30, release_id="a2"),
    mention("Jana Weißbach", "PER", 30, release_id="a1", role="Rektorin"),
    mention("Janna Weißbach", "PER", 60, release_id="a3", role="Rektorin"),
    mention("Falkenrode", "LOC", 60, release_id="a1"),
    mention("Auenheim", "LOC", 0, release_id="a3"),
    mention("Sommer im Park", "INITIATIVE", 90, release_id="a3", kind="event"),
    mention("Kulturverein Aue", "ORG", 120, release_id="a3"),
]
PLACES = gazetteer.parse(
    "name,kind,geonames_id,ags,region,latitude,longitude,population\n"
    "Falkenrode,municipality,11,16000001,Thüringen,50.9,11.3,60000\n",
    "places.csv",
)


def corrected(*lines: str, mentions: list[Mention] = MENTIONS, table: str | None = None) -> Register:
    rows = ledger.parse((HEAD + "\n".join(lines)).encode(), "corrections.csv")
    given = Given(PLACES, authority.parse(table, "table.csv"), rows)
    return build(Found(mentions, RELEASES), given, SETTINGS)


def people(register: Register) -> dict[str, tuple[int, str | None]]:
    return {e.entity_id: (e.n_mentions, e.role) for e in register.entities if e.type == "person"}


def statuses(register: Register) -> list[str]:
    return [result.status for result in register.corrections]


@pytest.mark.parametrize("part", ["a2", "Lautertherm AG", "a2.txt", "T. Müllner | lautertherm ag"])
def test_split_takes_the_mentions_of_a_release_an_issuer_a_file_or_a_spelling_apart(part: str):
    register = corrected(f"split,person,Tom Müllner,{part} = Tom Müllner (Lautertherm)")
    assert statuses(register) == ["applied"]
    assert people(register)["person-tom-muellner"] == (1, "Landrat")
    assert people(register)["person-tom-muellner-lautertherm"] == (2, "Werksleiter")


def test_two_people_of_one_name_keep_it_and_are_told_apart_by_their_ids_which_later_lines_may_use():
    twins = people(corrected("split,person,Tom Müllner,a2"))
    ids = sorted(i for i in twins if "muellner" in i)
    assert [twins[i][0] for i in ids] in ([1, 2], [2, 1])
    again = corrected("split,person,Tom Müllner,a2", f"set_role,person,{ids[0]},Imker")
    assert statuses(again) == ["applied", "applied"]
    assert people(again)[ids[0]][1] == "Imker"


@pytest.mark.parametrize("part", ["nirgends", "Tom Müllner | T. Müllner"])
def test_split_of_nothing_or_of_everything_is_reported_and_changes_nothing(part: str):
    register = corrected(f"split,person,Tom Müllner,{part}")
    assert statuses(register) == ["unused"]
    assert register.entities == corrected().entities


def test_set_authority_gives_takes_and_overrules_identifiers():
    register = corrected(
        "set_authority,person,Jana Weißbach,gnd:118540238",
        "set_authority,person,Jana Weißbach,Q12",
        "set_authority,place,Auenheim,geonames:11",
        "set_authority,place,Falkenrode,",
        "set_authority,initiative,Sommer im Park,geonames:11",
    )
    found = {e.name: e for e in register.entities}
    assert found["Jana Weißbach"].authority == ["gnd:118540238", "wikidata:Q12"]
    assert (found["Auenheim"].geonames_id, found["Auenheim"].ags) == (11, "16000001")
    assert found["Falkenrode"].geonames_id is None
    assert statuses(register) == ["applied"] * 4 + ["faulty"]


TABLE = "type,name,gnd,wikidata\nperson,Jana Weissbach,118540238,\norganisation,Kulturverein Aue,,Q7\n"


def test_the_users_table_gives_identifiers_to_exact_and_unique_names_only_and_the_ledger_goes_first():
    assert {e.name: e.authority for e in corrected(table=TABLE).entities if e.authority} == {
        "Jana Weißbach": ["gnd:118540238"],
        "Kulturverein Aue": ["wikidata:Q7"],
    }
    twice = TABLE + "person,Jana Weißbach,118540239,\n"
    assert not [e for e in corrected(table=twice).entities if e.type == "person" and e.authority]
    decided = corrected("set_authority,person,Jana Weißbach,", table=TABLE)
    assert not [e for e in decided.entities if e.type == "person" and e.authority]


NUMBERED = "set_authority,person,Tom Müllner,"
INTO_JANA = "merge,person,Janna Weißbach,Jana Weißbach"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((INTO_JANA, "merge,person,Janna Weißbach,Tom Müllner"), ["contradicted", "applied"]),
        ((INTO_JANA, "merge,person,Jana Weißbach,Janna Weißbach"), ["contradicted", "applied"]),
        (("rename,place,Auenheim,Aue", "rename,place,place-auenheim,Au"), ["contradicted", "applied"]),
        (("rename,place,Auenheim,Aue", "rename,place,Auenheim,Aue"), ["applied", "unused"]),
        ((INTO_JANA, "rename,person,Janna Weißbach,Eva"), ["applied", "contradicted"]),
        ((NUMBERED + "Q1", NUMBERED + "Q2"), ["contradicted", "applied"]),
        ((NUMBERED + "Q1", NUMBERED + "gnd:118540238"), ["applied", "applied"]),
        (("reject,place,Auenheim,", "set_authority,place,Auenheim,Q1"), ["applied", "contradicted"]),
    ],
)  # fmt: skip
def test_of_two_lines_that_contradict_each_other_the_lower_one_counts_and_the_other_says_so(lines, expected):
    register = corrected(*lines)
    assert statuses(register) == expected
    assert all(r.message_de.startswith(f"Zeile {r.row}: ") for r in register.corrections)


CHAIN = [
    "rename,person,Jana Weißbach,Jana Weißbach-Lauten",
    "merge,person,Janna Weißbach,Jana Weißbach-Lauten",
    "set_role,person,Jana Weißbach-Lauten,Präsidentin",
    "split,person,Tom Müllner,a2 = Tom Müllner (Werk)",
    "set_role,person,Tom Müllner (Werk),Werksleiter",
    "relabel,organisation,Kulturverein Aue,initiative",
    "rename,initiative,Kulturverein Aue,KulturAue",
    "reject,place,Auenheim,",
    "set_authority,place,Falkenrode,Q3",
]


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_lines_that_do_not_contradict_each_other_does_not_matter(rng: random.Random):
    shuffled = rng.sample(CHAIN, len(CHAIN))
    expected, found = corrected(*CHAIN), corrected(*shuffled)
    assert set(statuses(expected)) == {"applied"}
    assert by_id(found) == by_id(expected)
    assert set(statuses(found)) == {"applied"}


def by_id(register: Register) -> dict[str, object]:
    """Entity -> all about it but the number of the line that decided, which moves with the line."""
    where: dict[str, list[tuple[str, int]]] = {}
    for m in sorted(register.mentions, key=lambda m: (m.release_id, m.start)):
        where.setdefault(m.entity_id, []).append((m.release_id, m.start))
    return {e.entity_id: (replace(e, privacy_by=None), where[e.entity_id]) for e in register.entities}


def test_replay_gives_the_same_every_time():
    assert corrected(*CHAIN) == corrected(*CHAIN)


TARGETS = st.sampled_from(
    ["Tom Müllner", "Jana Weißbach", "Janna Weißbach", "Falkenrode", "Sommer im Park", "Niemand"]
)
LINES = st.builds(
    "{},{},{},{}".format,
    st.sampled_from(["merge", "rename", "reject", "relabel", "set_role", "split", "private", "set_authority"]),
    st.sampled_from(["person", "place", "initiative"]),
    TARGETS,
    st.one_of(TARGETS, st.sampled_from(["", "place", "a2", "Q1", "Neu"])),
)


@given(st.lists(LINES, max_size=6))
@settings(max_examples=60, deadline=None)
def test_whatever_the_ledger_says_every_line_answers_and_nothing_stands_in_the_register_without_a_mention(lines):
    register = corrected(*lines)
    assert len(register.corrections) == len(lines)
    known = {(m.release_id, m.start, m.end, m.label) for m in MENTIONS}
    placed = [(m.release_id, m.start, m.end, m.label) for m in register.mentions]
    assert len(placed) == len(set(placed))
    assert set(placed) <= known
    assert {m.entity_id for m in register.mentions} == {e.entity_id for e in register.entities}


def test_a_correction_outlives_mentions_that_come_later():
    later = [*MENTIONS, mention("Janna Weißbach", "PER", 200, release_id="a2", role="Kanzlerin")]
    lines = INTO_JANA, "set_role,person,Jana Weißbach,Präsidentin"
    assert people(corrected(*lines, mentions=later))["person-jana-weissbach"] == (3, "Präsidentin")


@pytest.mark.parametrize(
    "line",
    [
        "rename,person,Uta Geheim,Uta G.",
        "merge,person,Uta Geheim,Tom Müllner",
        "set_role,person,Uta Geheim,Zeugin",
        "set_authority,person,Uta Geheim,Q1",
    ],
)
def test_no_other_line_brings_a_private_person_back_or_says_the_name(line: str):
    mentions = [*MENTIONS, mention("Uta Geheim", "PER", 300, release_id="a1")]
    rows = ledger.parse(f"{HEAD}{line}\nprivate,person,Uta Geheim,\n".encode(), "")
    register = build(Found(mentions, RELEASES), Given(PLACES, ledger=rows), STRICT)
    texts = repr((register.entities, register.mentions, register.corrections, register.candidates, register.facts))
    assert "Geheim" not in texts
    assert "Uta" not in texts
