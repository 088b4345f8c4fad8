"""What dates do: each rule does what its row says, the order holds, real releases are read as people read them."""

from __future__ import annotations

import csv
import hashlib
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.records import DATE_ROLES, Zone
from pipeline.core.text import normalise
from pipeline.extract.components import date_roles, dates, stretch, units

MONDAY = "2021-05-03"
ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
GOLD = ROOT / "tests" / "gold" / "date_roles.csv"
# share of dates with the right role: "seen" was looked at when the rules were written, "held" was labelled before
# any rule had read it and only its counts of confusions were looked at since
FLOORS = {"seen": 0.93, "held": 0.87}
EXAMPLES = [(rule, example) for rule in date_roles.rules() for example in rule.examples]


def read(text: str, published: str = MONDAY, zone: str = "body") -> list[tuple[str, str, str]]:
    """A text -> (date as written, role, rule)."""
    found = dates.find(text, published)
    pieces = units.split(text, [Zone("a" * 12, 0, len(text), zone)])
    roles = date_roles.of_text(text, found, published, pieces)
    return [(text[d.start : d.end], r.role, r.rule) for d, r in zip(found, roles, strict=True)]


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=[f"{rule.id}-{n}" for n, (rule, _) in enumerate(EXAMPLES)]
)
def test_a_rule_decides_its_examples(rule, example):
    """The date in square brackets gets the row's role, and by this row and no earlier one."""
    wanted = re.search(r"\[(.+?)\]", example["text"])
    assert wanted
    text = example["text"].replace("[", "").replace("]", "")
    place = wanted.start(), wanted.start() + len(wanted[1])
    zone = example.get("zone", "body")
    found = dates.find(text, MONDAY)
    pieces = units.split(text, [Zone("a" * 12, 0, len(text), zone)] if "zone" in example else [])
    roles = date_roles.of_text(text, found, MONDAY, pieces)
    met = [r for d, r in zip(found, roles, strict=True) if d.start < place[1] and place[0] < d.end]
    assert (met[0].role, met[0].rule) == (rule.role, rule.id)


def test_ranks_are_an_order_and_the_last_row_fits_always():
    rules = date_roles.rules()
    assert len({rule.id for rule in rules}) == len(rules)
    assert [rule.rank for rule in rules] == sorted(rule.rank for rule in rules)
    last = rules[-1]
    assert (last.one_of, last.finds, last.never, last.tense, last.min_days) == ({}, {}, {}, None, 0)


def test_every_role_has_a_rule():
    assert {rule.role for rule in date_roles.rules()} == set(DATE_ROLES)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Das Gesetz vom 3. Mai 1999 bleibt, das Fest am 9. Mai 2021 auch.", ["law", "event"]),
        ("Bis zum 7. Mai können Anträge eingereicht werden.", ["deadline"]),
        ("Die Ausstellung läuft bis zum 7. Mai.", ["period"]),
        ("Seit 1990 feiert der Verein; 2022 wird das Haus eröffnet.", ["review", "event"]),
        ("Im vergangenen Jahr kamen 300 Gäste. In diesem Jahr werden 400 erwartet.", ["review", "event"]),
        ("Der Rat hat heute den Haushalt 2022 beschlossen.", ["publication", "period"]),
        ("Die Tagesordnung vom 3. Mai 2020 liegt aus.", ["review"]),
    ],
)
def test_words_around_a_date_decide(text, roles):
    assert [role for _, role, _ in read(text)] == roles


def test_what_follows_a_conjunction_says_nothing_of_the_date():
    """The past of the main clause leaves a date in the subordinate clause alone."""
    clause = date_roles.clause("Der Rat wurde gefragt, ob am ", " das Fest beginnt")
    assert clause == " am ◆ das Fest beginnt"
    assert date_roles.clause("Am Freitag, dem ", ", lädt er ein") == "Am Freitag, dem ◆, lädt er ein"


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-03", "2024-02-03", "2024-02-03"),
        ("2024-02-03T18:00", "2024-02-03", "2024-02-03"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-WI", "2024-12-01", "2025-02-28"),
        ("2024-W01", "2024-01-01", "2024-01-07"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2024-05/2024-06-03", "2024-05-01", "2024-06-03"),
    ],
)
def test_a_value_covers_its_days(value, first, last):
    found = stretch.of(value)
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "value", [None, "P3D", "XXXX-WXX-1", "PAST_REF", "T18:00", "2024-13", "2024-06/2024-05", "0000"]
)
def test_what_is_no_point_covers_no_days(value):
    assert stretch.of(value) is None
    assert stretch.relation(value, MONDAY) == "open"


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-800, 800))
def test_relation_follows_the_calendar(published, days):
    """Ahead is after the publication, recent at most a fortnight before it, old before that."""
    relation = stretch.relation((published + timedelta(days)).isoformat(), published.isoformat())
    wanted = "ahead" if days > 0 else "same" if days == 0 else "recent" if days >= -14 else "old"
    assert relation == wanted


@settings(max_examples=80, deadline=None)
@given(
    st.text(alphabet="am bis 3.45 Mai 2021 heute seit,;–\n vom Gesetz Uhr", max_size=120),
    st.dates(date(1990, 1, 1)),
)
def test_every_date_has_exactly_one_role(text, published):
    found = dates.find(text, published.isoformat())
    roles = date_roles.of_text(text, found, published.isoformat())
    assert len(roles) == len(found)
    assert {role.role for role in roles} <= set(DATE_ROLES)


def test_long_sentences_take_linear_time():
    """Twice the text, about twice the time: a look is at a window of fixed width."""

    def cost(times: int) -> float:
        text = "Die Frist für Anträge, die der Rat am 3. Mai hat beschlossen worden sein, endet und " * times
        found, start = dates.find(text, MONDAY), time.process_time()
        date_roles.of_text(text, found, MONDAY)
        return time.process_time() - start

    small = min(cost(60) for _ in range(3))
    assert cost(600) < 30 * small + 0.1


def _gold() -> Iterator[tuple[str, dict[str, str]]]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["half"], row


@pytest.mark.parametrize("half", FLOORS)
@pytest.mark.skipif(not SHARED.exists(), reason="no shared material beside this checkout")
def test_roles_of_real_dates_are_those_that_people_gave(half):
    """Accuracy over dates drawn by chance from real releases; the files are named by path and checksum only."""
    right = total = missing = 0
    for which, row in _gold():
        if which != half:
            continue
        data = (SHARED / row["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"], row["path"]
        role = _role_at(row, data)
        missing += role is None
        total += role is not None
        right += role == row["role"]
    assert missing <= 0.05 * (total + missing)
    assert right / total >= FLOORS[half]


def _role_at(row: dict[str, str], data: bytes) -> str | None:
    """The role of the date at a place of a release; None where none is found there."""
    text = normalise(data.decode("utf-8"))
    found = dates.find(text, row["published"])
    roles = date_roles.of_text(text, found, row["published"])
    start, end = int(row["start"]), int(row["end"])
    met = [r.role for d, r in zip(found, roles, strict=True) if d.start < end and start < d.end]
    return met[0] if met else None
