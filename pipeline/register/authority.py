"""Authority identifiers: what a person writes -> scheme and id; the table of a user -> ids of exact, unique names.

No identifier is ever guessed: it comes from a line of the ledger or from the one row of a pinned table that has
exactly the name of exactly one entry. What is merely similar goes to the list of candidates.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.core.errors import InputError
from pipeline.core.records import EntityType
from pipeline.core.text import fold

FORMS_DE = (
    "set_authority braucht in value eine Kennung: gnd:118540238, wikidata:Q1234 oder bei Orten geonames:2895044; "
    "leer heißt: keine Kennung."
)
_TYPES: tuple[EntityType, ...] = ("person", "place", "organisation", "initiative")
_SCHEMES = {
    "gnd": re.compile(r"(?:gnd:|https?://d-nb\.info/gnd/)\s?([0-9][0-9-]{4,12}[0-9Xx])"),
    "wikidata": re.compile(r"(?:wikidata:\s?|https?://www\.wikidata\.org/(?:wiki|entity)/)?(Q[1-9][0-9]{0,11})"),
    "geonames": re.compile(r"(?:geonames:|https?://(?:www|sws)\.geonames\.org/)\s?([1-9][0-9]{0,9})(?:/.*)?"),
}


def read_id(value: str) -> tuple[str, str] | None:
    """What a person wrote -> (scheme, id); None when it is no identifier.

    >>> read_id("https://d-nb.info/gnd/118540238"), read_id("12")
    (('gnd', '118540238'), None)
    """
    for scheme, pattern in _SCHEMES.items():
        if match := pattern.fullmatch(value.strip()):
            return scheme, match[1].upper()
    return None


def acceptable(value: str, kind: EntityType | None) -> bool:
    """Whether a value may stand in a line set_authority for that type: GeoNames knows places only."""
    found = read_id(value)
    return not value or (found is not None and (found[0] != "geonames" or kind == "place"))


@dataclass(frozen=True, slots=True)
class Known:
    """One row of the table that a user gives."""

    type: EntityType
    name: str
    gnd: str | None
    wikidata: str | None


@dataclass(frozen=True, slots=True)
class Authority:
    """The user's rows by type and folded name."""

    rows: dict[tuple[str, str], list[Known]] = field(default_factory=dict)

    def exact(self, kind: str, name: str) -> Known | None:
        """The one row of that name; None where there is none or a second."""
        found = self.rows.get((kind, fold(name)), [])
        return found[0] if len(found) == 1 else None

    def all(self) -> Iterable[Known]:
        """Every row, in the order of type and name."""
        return (row for key in sorted(self.rows) for row in self.rows[key])


def parse(text: str | None, place: str) -> Authority:
    """The text of a table ``type,name,gnd,wikidata`` -> its rows.

    Raises InputError with the line that is not as it should be.
    """
    rows: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
    reader = csv.DictReader(io.StringIO(text or "type,name,gnd,wikidata"), restval="")
    if missing := [name for name in ("type", "name", "gnd", "wikidata") if name not in (reader.fieldnames or ())]:
        raise InputError(f"{place}: line 1: column {missing[0]} is missing; the header is type,name,gnd,wikidata")
    for row in reader:
        known = _known(row, f"{place}: line {reader.line_num}")
        if known not in rows[known.type, fold(known.name)]:
            rows[known.type, fold(known.name)].append(known)
    return Authority(dict(rows))


def _known(row: dict[str, str], place: str) -> Known:
    ids = {}
    for scheme in ("gnd", "wikidata"):
        found = read_id(f"{scheme}:{row[scheme].strip()}") if row[scheme].strip() else (scheme, None)
        if found is None:
            raise InputError(f"{place}: {row[scheme]!r} is no {scheme} identifier")
        ids[scheme] = found[1]
    kind = next((kind for kind in _TYPES if kind == row["type"].strip()), None)
    if kind is None or not row["name"].strip():
        raise InputError(f"{place}: needs a name and a type, one of {', '.join(_TYPES)}")
    return Known(kind, row["name"].strip(), ids["gnd"], ids["wikidata"])


def unique_names(entries: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """(type, name) of all entries -> those that only one entry bears, folded."""
    seen: defaultdict[tuple[str, str], int] = defaultdict(int)
    for kind, name in entries:
        seen[kind, fold(name)] += 1
    return {key for key, count in seen.items() if count == 1}
