"""A release -> what of it could be found again: its words in a row, names, addresses, numbers, ids, file names.

What other releases say too is no trace of this one: it is set apart and named, so that a person can decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core import records as r
from pipeline.core.text import fold

_WORDS = 6  # in a row: fewer are idiom, more would miss what was cut
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}")
_PHONE = re.compile(r"(?:\+49|\b0)[\d /()\u2013-]{5,20}\d")
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Needle:
    """Something to look for, folded (core.text.fold)."""

    kind: str  # text, name, mail, phone, id, path
    value: str


@dataclass(frozen=True, slots=True)
class Trace:
    """All that a set of releases can be found by."""

    ids: frozenset[str]
    shas: frozenset[str]
    needles: tuple[Needle, ...]  # that no other release shares
    shared: Mapping[str, int]  # release_id of another release -> how many needles it shares


@dataclass(frozen=True, slots=True)
class Known:
    """The tables that say what is in a release."""

    releases: Sequence[r.Release]
    mentions: Sequence[r.Mention]
    quotes: Sequence[r.Quote]


def trace(known: Known, ids: Iterable[str]) -> Trace:
    """Ids of releases -> what of them must be nowhere once they are erased."""
    gone = frozenset(ids)
    mine = [release for release in known.releases if release.release_id in gone]
    found = {needle for release in mine for needle in _of_text(release)}
    found |= {needle for needle in _of_names(known, gone) if len(needle.value) >= _SHORT}
    shared: dict[str, int] = {}
    kept = dict.fromkeys(sorted(found, key=lambda needle: (needle.kind, needle.value)))
    for other_id, text in _others(known, gone):
        both = [needle for needle in kept if needle.value in text]
        for needle in both:
            del kept[needle]
        if any(needle.kind == "text" for needle in both):
            shared[other_id] = sum(needle.kind == "text" for needle in both)
    return Trace(gone, frozenset(m.source_sha256 for m in mine), (*kept, *_marks(mine)), shared)


def _of_text(release: r.Release) -> Iterator[Needle]:
    words = fold(release.text).split()
    for start in range(0, max(1, len(words) - _WORDS + 1), _WORDS):
        yield Needle("text", " ".join(words[start : start + _WORDS]))
    for kind, pattern in (("mail", _MAIL), ("phone", _PHONE)):
        yield from (Needle(kind, fold(value)) for value in pattern.findall(release.text))


def _of_names(known: Known, gone: frozenset[str]) -> Iterator[Needle]:
    for mention in known.mentions:
        if mention.release_id in gone:
            yield from (Needle("name", fold(value)) for value in (mention.text, mention.name))
    for quote in known.quotes:
        if quote.release_id in gone and quote.speaker:
            yield Needle("name", fold(quote.speaker))


def _others(known: Known, gone: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Each other release and what it says, its names in their full form too."""
    names: dict[str, set[str]] = {}
    for mention in known.mentions:
        names.setdefault(mention.release_id, set()).add(mention.name)
    for release in known.releases:
        key = release.release_id
        if key not in gone:
            yield key, fold("\n".join((release.text, release.title, *sorted(names.get(key, ())))))


def _marks(mine: Iterable[r.Release]) -> Iterator[Needle]:
    for release in mine:
        yield Needle("id", release.release_id)
        if "#" not in release.source_path:  # the file of a part stays
            yield Needle("path", fold(release.source_path))
