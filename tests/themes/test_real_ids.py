"""Ids of discovered themes on real releases; the full measurement is ``benchmarks/themes_ids.py``."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.themes_ids import kept
from benchmarks.themes_load import read
from tests.themes.parts import SETTINGS, Corpus

PILE = Path(__file__).parents[2].parent / "shared" / "press" / "pile.jsonl.gz"
SETTING = SETTINGS.model_copy(update={"max_themes": 12})


def real() -> Corpus:
    """Real releases of many issuers: all but the police's, and some of theirs."""
    found = Corpus([], [], [])
    with gzip.open(PILE, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            entry = json.loads(line)
            if number % 60 and entry["issuer"] == "Polizei Berlin":
                continue
            release, sentences, terms = read(entry, f"{number:012x}")
            found.releases.append(release)
            found.sentences += sentences
            found.terms += terms
    return found


@pytest.mark.skipif(not PILE.exists(), reason="the real releases lie outside the project")
def test_nine_of_ten_themes_of_real_releases_keep_their_id_when_a_tenth_of_new_ones_comes_in():
    corpus = real().columns()
    assert len(corpus.learnt) > 1000
    sums = [kept(corpus, corpus.learnt[part::11], SETTING) for part in (0, 5)]
    before, same = (sum(row[i] for row in sums) for i in (0, 1))
    assert before >= 8
    assert same >= 0.9 * before
