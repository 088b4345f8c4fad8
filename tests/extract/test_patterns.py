"""Every rule does what its examples say."""

from __future__ import annotations

import re

import pytest

from pipeline.extract.patterns import Rule, load

FILES = ("persons", "places", "organisations", "initiatives", "initiative_shapes")
RULES = [(name, rule) for name in FILES for rule in load(name).rules]
IDS = [rule.id for _, rule in RULES]


def test_rule_ids_are_unique():
    assert len(IDS) == len(set(IDS)) > 30


@pytest.mark.parametrize(("file", "rule"), RULES, ids=IDS)
def test_a_rule_finds_the_bracketed_spans_of_its_examples(file: str, rule: Rule):
    for example in rule.example:
        wanted = re.findall(r"\[(.+?)\]", example)
        text = re.sub(r"[\[\]]", "", example)
        assert [text[s.start : s.end] for s in rule.find(text)] == wanted, file


@pytest.mark.parametrize(("file", "rule"), [(f, r) for f, r in RULES if r.never and r.label != "INITIATIVE"])
def test_a_rule_finds_nothing_where_its_table_says_never(file: str, rule: Rule):
    for text in rule.never:
        assert list(rule.find(text)) == [], file


def test_long_lines_do_not_blow_up():
    """A rule that backtracks without end would hang on a table of names or a line of capitals."""
    text = "Musterstadt-Beispielheim-" * 40 + " " + "Haus Hof Garten und Feld " * 80 + "ABC-" * 300
    assert sum(1 for _, rule in RULES for _ in rule.find(text)) >= 0
