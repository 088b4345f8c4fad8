"""Description -> what is remembered of it between deliveries: digests by aspect, no content.

A digest says that something changed, and which aspect did; what stood there cannot be read from it.
"""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from pipeline.archive.description import Description, Mark, Named, Said, Statement, Subject
from pipeline.archive.parts import Facts, Part
from pipeline.archive.settings import ArchiveParams
from pipeline.core import records as r
from pipeline.core.text import slug

PATH = "lieferung/stand.csv"  # below the folder of the holding
# aspect -> how a person calls it
ASPECTS = {
    "text": "Text",
    "facts": "Titel, Datum, Herausgeber oder Sperrfrist",
    "names": "Namen",
    "subjects": "Themen",
    "marks": "Auszeichnungen im Text",
    "relations": "Bezüge zu anderen Mitteilungen",
    "statements": "Gegendarstellungen",
}
HEAD = ("release_id", "year", "digests", "place", "issuer", "themes", "labels")
_FACTS = ("title", "subtitle", "issuer", "number", "published", "dateline_place", "embargo", "language", "format")


class State(NamedTuple):
    """One release as it stands in a package."""

    release_id: str
    year: str
    digests: str  # one an aspect, in the order of ASPECTS, apart by a space
    place: str  # digest of the raw file's path: the same place with another content is a new version
    issuer: str
    themes: tuple[str, ...]  # ids
    labels: tuple[str, ...]

    def changed(self, digests: str) -> list[str]:
        """What differs from earlier digests, in German."""
        pairs = zip(ASPECTS.values(), self.digests.split(), digests.split(), strict=True)
        return [name for name, now, then in pairs if now != then]


def part(d: Description, _settings: ArchiveParams) -> Part:
    """One release -> its line of stand.csv."""
    row = (
        d.release.release_id, d.year, " ".join(_digest(value) for value in _aspects(d)),
        _digest(d.release.source_path), d.release.issuer or "", "|".join(s.theme_id for s in d.subjects),
        "|".join(s.label.replace("|", "/") for s in d.subjects),
    )  # fmt: skip
    return Part((d.release.release_id,), line(row))


def join(parts: Iterator[Part], _facts: Facts, _settings: ArchiveParams) -> Iterator[bytes]:
    """Lines -> stand.csv, by release_id."""
    yield line(HEAD)
    yield from (one.content for one in parts)


def line(cells: Sequence[str]) -> bytes:
    """Cells, of which there are several -> a line of CSV."""
    text = ",".join(cells)
    # most lines need no quotes, and what the library would do about that takes six times as long
    if text.count(",") == len(cells) - 1 and '"' not in text and text.isprintable():
        return f"{text}\n".encode()
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue().encode()


def read(lines: Iterable[str]) -> Iterator[State]:
    """stand.csv -> its states."""
    rows = csv.reader(lines)
    next(rows, None)
    for key, year, digests, place, issuer, *lists in rows:
        themes, labels = (tuple(filter(None, cell.split("|"))) for cell in lists)
        yield State(key, year, digests, place, issuer, themes, labels)


@lru_cache(1000)
def issuer_set(issuer: str) -> str:
    """The name of an issuer -> its OAI set."""
    return f"herausgeber:{slug(issuer)}" if issuer else ""


def _aspects(d: Description) -> tuple[Any, ...]:
    """The values whose digests stand for the aspects, in their order."""
    return (
        d.release.text,
        [getattr(d.release, name) for name in _FACTS],
        _values(d.named),
        _values(d.subjects),
        [row for rows in (d.zones, d.marks, d.dates, d.quotes, d.events) for row in _values(rows)],
        (d.replaces, d.replaced_by, d.repeats),
        _values(d.statements),
    )


def _values(rows: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Records of one class -> the values of their fields."""
    return list(map(_GETTERS[type(rows[0])], rows)) if rows else []


# dataclasses.astuple also copies what is in the fields, which takes ten times as long
_GETTERS = {
    kind: attrgetter(*(field.name for field in dataclasses.fields(kind)))
    for kind in (Named, Subject, Mark, Said, Statement, r.Zone, r.DateMention, r.Event)
}


def _digest(value: Any) -> str:
    canonical = json.dumps(value, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
