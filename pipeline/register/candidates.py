"""Entries without an identifier -> ``data/register/candidates.csv``, the list that people take to OpenRefine.

A row an entry and candidate, the best first; an entry that no table knows has one row without candidate. A person
chooses, and the choice comes back as a line ``set_authority`` of the ledger. People who hold no office stay out:
nobody needs to look up a private person in an authority file.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.records import Entity
from pipeline.core.text import disarm
from pipeline.register import names
from pipeline.register.authority import Authority, Known
from pipeline.register.clusters import Releases
from pipeline.register.draft import Entry
from pipeline.register.gazetteer import Gazetteer
from pipeline.register.names import fold

HEAD = ("id", "name", "type", "context", "releases", "candidate", "candidate_name", "score")
# a list to choose from, not to read through
MOST = 5
_SAME_NAME, _SAME_KEY, _SURNAME, _OTHER_FORM, _OF_REGION, _LARGEST = 80, 60, 30, 40, 30, 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of an authority that an entry may be, and how much speaks for it (0 to 100)."""

    id: str
    name: str
    score: int


_NOBODY = Candidate("", "", 0)


def table(
    entries: Sequence[tuple[Entry, Entity]], authority: Authority, gazetteer: Gazetteer, releases: Releases
) -> str:
    """Entries with their rows -> the CSV text: semicolons would hinder OpenRefine, so commas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    blocks = _blocks(authority.all())
    for entry, row in sorted(entries, key=lambda pair: pair[1].entity_id):
        if not _is_open(row):
            continue
        found = _places(row, entry, gazetteer) if row.type == "place" else _known(row, blocks)
        ordered = sorted(found, key=lambda c: (-c.score, c.name, c.id))[:MOST]
        context = disarm(_context(entry, row, releases))
        fixed = (row.entity_id, disarm(row.name), row.type, context, row.n_releases)
        for candidate in ordered or (_NOBODY,):
            score = candidate.score if candidate.id else ""
            writer.writerow((*fixed, candidate.id, disarm(candidate.name), score))
    return out.getvalue()


def _is_open(row: Entity) -> bool:
    if row.type == "place":
        return row.geonames_id is None and not row.authority
    return not row.authority and row.privacy in {None, "office_holder"}


def _context(entry: Entry, row: Entity, releases: Releases) -> str:
    """What tells an entry from its namesakes: office, kind or region, then who writes about it."""
    issuers = Counter([releases[m.mention.release_id].issuer or "" for m in entry.members])
    most = sorted((name for name in issuers if name), key=lambda name: (-issuers[name], name))[:2]
    return "; ".join(part for part in (row.role or row.kind or row.region, *most) if part)


def _places(row: Entity, entry: Entry, gazetteer: Gazetteer) -> Iterator[Candidate]:
    del entry
    key = names.place(row.name)
    found = [p for p in gazetteer.candidates(key) if p.link.geonames_id is not None]
    largest = max((p.population for p in found), default=0)
    for place in found:
        score = _SAME_KEY if fold(place.name) == key else _OTHER_FORM
        score += _OF_REGION if row.region == place.link.region else 0
        score += _LARGEST if place.population == largest else 0
        yield Candidate(f"geonames:{place.link.geonames_id}", f"{place.name}, {place.link.region or ''}", score)


Blocks = dict[tuple[str, str], list[Known]]


def _blocks(rows: Iterable[Known]) -> Blocks:
    """Rows of the user's table by type and each of their keys, so that nothing is compared with all."""
    blocks: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
    for known in rows:
        for key in _keys(known.type, known.name):
            blocks[known.type, key].append(known)
    return dict(blocks)


def _keys(kind: str, name: str) -> dict[str, int]:
    """The keys under which an entry meets rows of the table -> what it is worth that they meet there."""
    if kind == "person":
        person = names.person(name)
        initial = f"{person.first[0][0]} {names.surname(person.last)}" if person.first else ""
        return {f"={fold(name)}": _SAME_NAME, person.key: _SAME_KEY, **({initial: _SURNAME} if initial else {})}
    if kind == "organisation":
        key = names.organisation(name)[0]
    else:
        key = names.initiative(name) if kind == "initiative" else names.place(name)
    return {f"={fold(name)}": _SAME_NAME, key: _SAME_KEY}


def _known(row: Entity, blocks: Blocks) -> Iterator[Candidate]:
    if not blocks:
        return
    best: dict[Known, int] = {}
    for key, score in _keys(row.type, row.name).items():
        for known in blocks.get((row.type, key), ()):
            best[known] = max(best.get(known, 0), score)
    for known, score in best.items():
        for scheme, value in (("gnd", known.gnd), ("wikidata", known.wikidata)):
            if value:
                yield Candidate(f"{scheme}:{value}", known.name, score)
