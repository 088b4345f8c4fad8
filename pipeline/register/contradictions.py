"""Lines of the ledger against each other, before any is carried out: which are overruled, which say the same.

Every line decides something about an entry: its fate (merge, relabel, reject), its name, office or identifier.
Of two lines that decide one thing differently the lower one counts. What ``reject`` takes out nothing adorns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.core.text import fold
from pipeline.register import authority
from pipeline.register.draft import Draft
from pipeline.register.ledger import TYPES, Correction

Key = tuple[str, str]
_SCHEMES = ("gnd", "wikidata", "geonames")
ADORNING = frozenset({"rename", "set_role", "set_authority", "split"})


@dataclass(slots=True)
class Verdicts:
    """Line -> the line that overrules it, or that says the same before it."""

    overruled: dict[int, int] = field(default_factory=dict)
    repeated: dict[int, int] = field(default_factory=dict)


def verdicts(draft: Draft, rows: Sequence[Correction]) -> Verdicts:
    """Sound rows in the order of the file -> which of them do not count, and why."""
    found = Verdicts()
    decided: dict[tuple[Key, str], tuple[int, str]] = {}
    for row in rows:
        for key, slot, content in _decisions(draft, row):
            before = decided.get((key, slot))
            if before and before[1] == content:
                found.repeated[row.line] = before[0]
                continue
            if before:
                found.overruled[before[0]] = row.line
            decided[key, slot] = row.line, content
    _round_trips(draft, rows, found)
    _rejected(draft, rows, found)
    return found


def _decisions(draft: Draft, row: Correction) -> Iterator[tuple[Key, str, str]]:
    key = _key(draft, row.type, row.target)
    if row.action == "merge":
        yield key, "fate", "merge " + _key(draft, row.type, row.value)[1]
    elif row.action == "relabel":
        yield key, "fate", "relabel " + TYPES[fold(row.value)]
    elif row.action == "reject":
        yield key, "fate", "reject"
    elif row.action == "set_authority":
        scheme, value = authority.read_id(row.value) or ("", "")
        yield from ((key, s, value) for s in _SCHEMES if scheme in {s, ""})
    elif row.action in {"rename", "set_role"}:
        yield key, row.action, row.value


def _key(draft: Draft, kind: str, name: str) -> Key:
    """What a line means: the id of the one entry that bears the name, so that name and id are one thing."""
    entries = draft.find(kind, name)
    return kind, entries[0].entity_id if len(entries) == 1 else fold(name)


def _round_trips(draft: Draft, rows: Sequence[Correction], found: Verdicts) -> None:
    """A goes into B, B goes into A: the lower line counts."""
    into: dict[tuple[Key, Key], int] = {}
    for row in rows:
        if row.action == "merge" and row.line not in found.overruled:
            one, other = _key(draft, row.type, row.target), _key(draft, row.type, row.value)
            if (other, one) in into:
                found.overruled[into[other, one]] = row.line
            into[one, other] = row.line


def _rejected(draft: Draft, rows: Sequence[Correction], found: Verdicts) -> None:
    out = {
        _key(draft, row.type, row.target): row.line
        for row in rows
        if row.action == "reject" and row.line not in found.overruled
    }
    for row in rows:
        line = out.get(_key(draft, row.type, row.target))
        if line is not None and row.action in ADORNING:
            found.overruled[row.line] = line
