"""How alike two releases are: what the last run worked out is known, texts are read for the rest only."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from pipeline.ingest import minhash
from pipeline.ingest.minhash import Numbers

PAIR = np.dtype([("pair", "<u8"), ("alike", "<f8")])
_LOW = 0xFFFFFFFF


class Alike:
    """The share of word sequences that two releases have in common, by their rows; sixteen bytes a pair."""

    def __init__(self, text_of: Callable[[int], str], known: Numbers | None = None) -> None:
        known = np.empty(0, PAIR) if known is None else known
        # apart, so that neither is copied with every question
        self._pairs, self._known = known["pair"].copy(), known["alike"].copy()
        self._asked, self._answers = array("Q"), array("d")
        self._words = lru_cache(maxsize=1 << 12)(lambda at: minhash.shingles(text_of(at)))

    def of(self, one: int, other: int) -> float:
        """How alike two rows are."""
        pair = pair_of(one, other)
        at = int(np.searchsorted(self._pairs, np.uint64(pair)))
        if at < len(self._pairs) and int(self._pairs[at]) == pair:
            answer = float(self._known[at])
        else:
            answer = minhash.similarity(self._words(one), self._words(other))
        self._asked.append(pair)
        self._answers.append(answer)
        return answer

    def answers(self) -> Numbers:
        """Every pair that was asked for, once, in order."""
        pairs, first = np.unique(np.frombuffer(self._asked, np.uint64), return_index=True)
        found = np.empty(len(pairs), PAIR)
        found["pair"], found["alike"] = pairs, np.frombuffer(self._answers, np.float64)[first]
        return found


def pair_of(one: int, other: int) -> int:
    """Two rows -> one number, whichever comes first."""
    return min(one, other) << 32 | max(one, other)


def renumbered(pairs: Numbers, place: Numbers) -> Numbers:
    """Pairs of rows -> the same of other numbers for these rows, in order; pairs with a row of none (-1) go.

    >>> renumbered(np.array([(2, .5), (1 << 32 | 2, .25)], PAIR), np.array([-1, 7, 3])).tolist()
    [(12884901895, 0.25)]
    """
    rows = np.stack([pairs["pair"] >> np.uint64(32), pairs["pair"] & np.uint64(_LOW)]).astype(np.int64)
    there = place[rows] if len(place) else np.full(rows.shape, -1)
    holds = (there >= 0).all(axis=0)
    found = pairs[holds].copy()
    first, last = np.sort(there[:, holds], axis=0).astype(np.uint64)
    found["pair"] = (first << np.uint64(32)) | last
    return np.sort(found, order="pair")
