"""How much two texts have in common: sets of word sequences, and MinHash signatures that stand for them.

A signature has the same size for every text, so that those of a whole corpus lie in one array on disk.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from pipeline.core.text import fold

Shingles = np.ndarray[tuple[int], np.dtype[np.uint32]]
Signatures = np.ndarray[Any, np.dtype[Any]]
Numbers = np.ndarray[Any, np.dtype[Any]]

WORDS = 3
# 24 bands of 3: pairs from .6 similarity on meet with a probability above .99
BANDS, ROWS = 24, 3
SIZE = BANDS * ROWS
# in a bucket of thousands (a form letter) each is compared with its nearest in time only
NEAREST = 10
# a signature of 72 values is off by more than .2 in one pair of a thousand
_MARGIN = 0.2
_CHUNK = 1 << 15
_random = np.random.default_rng(2019)
_FACTORS = _random.integers(1, 1 << 63, SIZE, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_OFFSETS = _random.integers(0, 1 << 63, SIZE, dtype=np.uint64)
_PLACES = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D], dtype=np.uint32)
_WORD = re.compile(r"\w+")


def shingles(text: str) -> Shingles:
    """A text -> the hashes of its sequences of three words, sorted, each once."""
    words = _WORD.findall(fold(text))
    words += [""] * (WORDS - len(words))
    hashes = np.array(list(map(zlib.crc32, map(str.encode, words))), np.uint32)
    length = len(words) - WORDS + 1
    mixed = sum(hashes[at : at + length] * place for at, place in enumerate(_PLACES))
    return np.unique(mixed)


def signature(values: Shingles) -> Shingles:
    """MinHash: the least value of each of many hash functions."""
    spread = values.astype(np.uint64)[:, None] * _FACTORS[None, :] + _OFFSETS[None, :]
    least: Shingles = (spread.min(axis=0) >> np.uint64(32)).astype(np.uint32)
    return least


def similarity(a: Shingles, b: Shingles) -> float:
    """Jaccard similarity of two sets of shingles."""
    common = len(np.intersect1d(a, b, assume_unique=True))
    return common / (len(a) + len(b) - common)


def estimate(signatures: Signatures, one: Shingles) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The similarity of each of many signatures to one, to within a few hundredths."""
    same: np.ndarray[tuple[int], np.dtype[np.float64]] = (signatures == one).mean(axis=1)
    return same


def candidates(signatures: Signatures, order: Numbers, threshold: float) -> Iterator[tuple[int, int]]:
    """Signatures (on disk) and their order in time -> pairs of ranks (older, newer) that are probably alike.

    Each pair comes once, in order. Memory does not grow with the number of pairs that share a bucket: of each
    bucket only neighbours in time meet, and only those go on whose whole signatures agree well enough.
    """
    found = [_alike(signatures, order, *pairs, threshold) for pairs in _neighbours(signatures, order)]
    for pair in np.unique(np.concatenate(found)) if found else ():
        yield int(pair) >> 32, int(pair) & 0xFFFFFFFF


def _neighbours(signatures: Signatures, order: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Ranks (older, newer) that share a band, a band and a distance at a time."""
    for band in range(BANDS):
        key = signatures[:, band * ROWS : (band + 1) * ROWS].astype(np.uint64) @ _FACTORS[:ROWS]
        key = key[order]
        ranks = np.argsort(key, kind="stable")
        for distance in range(1, min(NEAREST, len(ranks) - 1) + 1):
            together = key[ranks[:-distance]] == key[ranks[distance:]]
            if not together.any():
                break
            yield ranks[:-distance][together], ranks[distance:][together]


def _alike(
    signatures: Signatures, order: Numbers, older: Numbers, newer: Numbers, threshold: float
) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """The pairs whose signatures agree, each as one number."""
    kept = [np.empty(0, np.uint64)]
    for start in range(0, len(older), _CHUNK):
        a, b = older[start : start + _CHUNK], newer[start : start + _CHUNK]
        close = (signatures[order[a]] == signatures[order[b]]).mean(axis=1) >= threshold - _MARGIN
        kept.append((a[close].astype(np.uint64) << np.uint64(32)) | b[close].astype(np.uint64))
    return np.concatenate(kept)
