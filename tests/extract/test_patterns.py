"""Every rule does what its examples say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.extract.components import units
from pipeline.extract.components.page import Page
from pipeline.extract.patterns import NAMES, Rule, chances, cues, load
from pipeline.extract.patterns.cue_words import TOKEN, Cues, expanded

GOLD = sorted((Path(__file__).parents[2] / "data/gold").glob("*.txt"))
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


def test_rules_are_compiled_when_a_text_asks_for_them():
    code = (
        "from pipeline.extract import patterns, rows\n"
        "from pipeline.extract.components.dates import find, lexicon\n"
        "made = lexicon.compiled.cache_info().currsize\n"
        "assert made < len(lexicon.ALL_RULES) / 5, made\n"
        "find('Am 3. Mai 2022', '2022-05-16')\n"
        "assert made < lexicon.compiled.cache_info().currsize < len(lexicon.ALL_RULES)\n"
        "rule = patterns.load('persons').rules[0]\n"
        "assert patterns.compiled.cache_info().currsize == 0\n"
        "assert list(rule.find('Am 3. Mai 2022')) == [] and patterns.compiled.cache_info().currsize == 1\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=True)


def test_long_lines_do_not_blow_up():
    """A rule that backtracks without end would hang on a table of names or a line of capitals."""
    text = "Musterstadt-Beispielheim-" * 40 + " " + "Haus Hof Garten und Feld " * 80 + "ABC-" * 300
    assert sum(1 for _, rule in RULES for _ in rule.find(text)) >= 0


@pytest.mark.parametrize(("file", "rule"), RULES, ids=IDS)
def test_what_a_rule_needs_stands_in_each_of_its_examples(file: str, rule: Rule):
    needs = dict(chances(file))[rule]
    for example in rule.example:
        text = re.sub(r"[\[\]]", "", example)
        assert needs & ~cues().seen(TOKEN.findall(text)) == 0


@pytest.mark.parametrize("path", GOLD, ids=[path.stem for path in GOLD])
def test_a_rule_matches_nowhere_where_its_needs_are_not_seen(path: Path):
    """Most rules are not even tried in most units; that must lose nothing."""
    text = path.read_text(encoding="utf-8")
    page = Page(text, units.split(text, ()))
    for name in NAMES:
        tried = set(page.chances(name))
        assert len(tried) < len(page.units) * len(load(name).rules)
        for rule in load(name).rules:
            for unit in page.units:
                if (rule, unit) not in tried:
                    assert not rule.pattern.search(page.flat, unit.start, unit.end), rule.id


@pytest.mark.parametrize(
    ("need", "word", "other"),
    [
        ("Amt", "Amt", "Amts"),
        ("„", "„", "“"),
        ("~amt", "GRÜNAMT", "Amtes"),
        ("Deutsch~", "Deutschen", "Deutschtum"),
        ("0", "12a", "zwölf"),
        ("A00", "A12", "A1"),
        ("aA", "MusterWerk", "Musterwerk"),
    ],
)
def test_a_word_of_what_rules_need(need: str, word: str, other: str):
    found = Cues.of([(need,), ("nichts",)])
    assert found.seen([other]) == 0
    assert found.seen([other, word]) == found.bits[need,]
    assert found.seen([word]) == found.bits[need,]


def test_lists_stand_for_the_last_words_of_what_they_hold():
    words = {"forms": ("GmbH & Co. KG", "e. V."), "heads": ("amt",)}
    assert expanded(["{forms}", "~{heads}s", "AG"], words) == ("KG", "V", "~amts", "AG")


def test_words_that_are_kept_have_a_bound(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pipeline.extract.patterns.cue_words._MOST", 2)
    found = Cues.of([("Amt",)])
    assert [found.seen([word]) for word in ("Amt", "Rat", "Haus", "Amt")] == [1, 0, 0, 1]
    assert len(found._kept) <= 2
