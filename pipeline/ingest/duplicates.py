"""Which releases say the same, and which correct another."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from pipeline.core.records import Duplicate, Release, Zone
from pipeline.core.text import fold
from pipeline.ingest import cues

_WORDS = 3
_LEAST_WORDS = 20
# 24 bands of 3: pairs from .6 similarity on meet with a probability above .99
_BANDS, _ROWS = 24, 3
_PRIME = np.uint64((1 << 61) - 1)
# in a bucket of thousands (a form letter) each is compared with its nearest in time only
_MAX_BUCKET = 40
_SAME_STORY = 0.3


Shingles = np.ndarray[tuple[int], np.dtype[np.uint32]]


@dataclass(frozen=True, slots=True)
class _Item:
    release: Release
    shingles: Shingles

    @property
    def order(self) -> tuple[str, str]:
        return (self.release.published, self.release.source_path)


def find(releases: Sequence[Release], zones: Iterable[Zone], threshold: float) -> list[Duplicate]:
    """Releases and their zones -> pairs: the first is the latest and to be read, it repeats or replaces the other.

    Headline and body are compared; letterhead and contact are alike in everything that an office sends out.
    """
    aside: dict[str, list[Zone]] = defaultdict(list)
    for zone in zones:
        if zone.zone != "headline":
            aside[zone.release_id].append(zone)
    items = [_Item(release, shingles(message(release, aside[release.release_id]))) for release in releases]
    items.sort(key=lambda item: item.order)
    found: dict[tuple[str, str], Duplicate] = {}
    for duplicate in (*_identical(items), *_corrections(items), *_near(items, threshold)):
        pair = tuple(sorted((duplicate.release_id, duplicate.other_id)))
        found.setdefault((pair[0], pair[1]), duplicate)
    return list(found.values())


def message(release: Release, aside: Iterable[Zone]) -> str:
    """The text of a release without the zones set aside; the whole text where little would be left."""
    parts, end = [], 0
    for zone in sorted(aside, key=lambda zone: zone.start):
        parts.append(release.text[end : zone.start])
        end = zone.end
    rest = "".join([*parts, release.text[end:]])
    return rest if len(rest.split()) >= _LEAST_WORDS else release.text


def shingles(text: str) -> Shingles:
    """A text -> the hashes of its sequences of three words, sorted, each once."""
    words = re.findall(r"\w+", fold(text))
    grams = (" ".join(words[n : n + _WORDS]) for n in range(max(1, len(words) - _WORDS + 1)))
    return np.unique(np.fromiter((zlib.crc32(gram.encode()) for gram in grams), dtype=np.uint32))


def similarity(a: Shingles, b: Shingles) -> float:
    """Jaccard similarity of two sets of shingles."""
    common = len(np.intersect1d(a, b, assume_unique=True))
    return common / (len(a) + len(b) - common)


def _identical(items: list[_Item]) -> Iterator[Duplicate]:
    groups: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        groups[fold(item.release.text)].append(item)
    for *others, latest in groups.values():
        for other in others:
            yield Duplicate(latest.release.release_id, other.release.release_id, "identical", 1.0, "gleicher Text")


def _near(items: list[_Item], threshold: float) -> Iterator[Duplicate]:
    for older, newer in _candidates(items):
        alike = similarity(older.shingles, newer.shingles)
        if alike >= threshold:
            because = f"{round(100 * alike)} % gemeinsame Wortfolgen"
            yield Duplicate(newer.release.release_id, older.release.release_id, "near", round(alike, 4), because)


def _candidates(items: list[_Item]) -> Iterator[tuple[_Item, _Item]]:
    """Pairs that share a band of their MinHash signatures, the older first, each once."""
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        signature = _signature(item.shingles)
        for band in range(_BANDS):
            buckets[band, signature[band * _ROWS : (band + 1) * _ROWS].tobytes()].append(number)
    seen: set[tuple[int, int]] = set()
    for bucket in buckets.values():
        for at, number in enumerate(bucket):
            seen.update((number, other) for other in bucket[at + 1 : at + 1 + _MAX_BUCKET])
    for older, newer in sorted(seen):
        yield items[older], items[newer]


_random = np.random.default_rng(2019)
_FACTORS = _random.integers(1, 1 << 31, _BANDS * _ROWS, dtype=np.uint64)
_OFFSETS = _random.integers(0, 1 << 31, _BANDS * _ROWS, dtype=np.uint64)


def _signature(values: Shingles) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """MinHash: the least value of each of many hash functions."""
    spread = (values.astype(np.uint64)[:, None] * _FACTORS[None, :] + _OFFSETS[None, :]) % _PRIME
    least: np.ndarray[tuple[int], np.dtype[np.uint64]] = spread.min(axis=0)
    return least


def _corrections(items: list[_Item]) -> Iterator[Duplicate]:
    """A release that calls itself corrected -> the one before it of the same issuer that tells the same."""
    by_issuer: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        by_issuer[fold(item.release.issuer or "")].append(item)
    for group in by_issuer.values():
        corrected = [item for item in group if _says_corrected(item.release)]
        for newer in corrected:
            yield from _replaced(newer, group, "nennt sich korrigierte Fassung")
        for older, newer in _same_number(group):
            if newer not in corrected:
                yield from _replaced(newer, [older], "gleiche Nummer desselben Herausgebers")


def _same_number(group: list[_Item]) -> Iterator[tuple[_Item, _Item]]:
    numbered: dict[str, list[_Item]] = defaultdict(list)
    for item in group:
        if item.release.number:
            numbered[item.release.number].append(item)
    for same in numbered.values():
        yield from combinations(same[:_MAX_BUCKET], 2)


def _says_corrected(release: Release) -> bool:
    head = [release.title, release.subtitle or "", *release.text[:600].split("\n")[:12]]
    return any(cues.match("correction", line) for line in head)


def _replaced(newer: _Item, group: list[_Item], because: str) -> Iterator[Duplicate]:
    """The most similar release that is not later, provided that it tells the same story."""
    others = [item for item in group if item is not newer and item.release.published <= newer.release.published]
    alike = [(similarity(item.shingles, newer.shingles), item) for item in others]
    alike = [(score, item) for score, item in alike if score >= _SAME_STORY]
    if alike:
        score, older = max(alike, key=lambda pair: (pair[0], pair[1].order))
        yield Duplicate(newer.release.release_id, older.release.release_id, "correction", round(score, 4), because)
