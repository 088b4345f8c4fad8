"""The words by which terms are looked up."""

from __future__ import annotations

import re

import pytest

from pipeline.core.text import fold
from pipeline.report.search import spelled

TERMS = ["Straße", "GRÜNFLÄCHE", "ﬁnanzen", "Cafe\u0301", "\u0301Anfang", "a-b Rad´weg", "İstanbul", "Bauhof\nAmt",
         "", "E-Ladesäule 2030", "x y zz", "Θέμα", "ſtadt", "Haus_tür", "„Radplan“", "Öl"]  # fmt: skip


def _one(term):
    """A term by itself, as the index says it."""
    plain = (re.sub("ß", "ss", word).translate(str.maketrans("äöü", "aou")) for word in
             re.findall(r"[^\W\d_]{3,}", fold(term)))  # fmt: skip
    return [word for word in plain if word.isascii()]


@pytest.mark.parametrize("terms", [TERMS, [term for term in TERMS if "\n" not in term]], ids=["break", "no break"])
def test_terms_taken_together_are_spelled_as_each_by_itself(terms):
    assert spelled(terms) == [_one(term) for term in terms]
    assert spelled(["Straße", "Bauhof\nAmt"]) == [["strasse"], ["bauhof", "amt"]]
