"""The rows of ``data/authority/places.csv`` -> which place a name certainly is, if it is certain."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Final

from pipeline.core.errors import InputError
from pipeline.register.clusters import PlaceLink
from pipeline.register.names import AMBIGUOUS_PLACES, fold

# settled without company only from this size on: a hamlet may share its name with a field or a family
MIN_POPULATION = 5_000
# parts of towns and places abroad need more: "Neubau" is a district of Vienna, and a building site
LARGE_PART = 100_000
# by far the largest of its name
RATIO, RATIO_SHORT, LARGE = 10, 4, 20_000
NATURAL = frozenset({"river", "mountain", "water", "kreis"})
WIDE = frozenset({"land", "country", "continent"})
_SUFFIX = re.compile(r" \(.*| (?:am|an der|an|im|in|bei|ob der|vor der|unter) .*| (?:a\. ?d\.|[abiv]\.).*|/.*")
_ID: Final = 3
_REGION: Final = 5  # where these stand in a row
_NEEDED = ("name", "kind", "geonames_id", "ags", "region", "latitude", "longitude", "population")


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One row of the gazetteer; there is one object of each."""

    name: str
    kind: str
    population: int
    link: PlaceLink


# name, kind, population, and what a link holds
Row = tuple[str, str, int, int | None, str | None, str | None, float | None, float | None]
Numbers = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Rows by folded name, by name without suffix (Frankfurt), and districts (Kreise)."""

    rows: list[Row] = field(default_factory=list)
    names: Numbers = field(default_factory=dict)
    short: Numbers = field(default_factory=dict)
    districts: Numbers = field(default_factory=dict)
    _made: dict[int, Place] = field(default_factory=dict)  # a place when it is asked for
    _ranked: dict[str, Sequence[Place]] = field(default_factory=dict)  # what was asked for once
    _certain: dict[str, Place | None] = field(default_factory=dict)  # the same

    def _places(self, table: Numbers, key: str) -> list[Place]:
        return [self._made.get(number) or self._make(number) for number in table.get(key, ())]

    def _make(self, number: int) -> Place:
        row = self.rows[number]
        self._made[number] = Place(*row[:_ID], _link(row))
        return self._made[number]

    @property
    def regions(self) -> set[str]:
        """The folded names of all Länder and countries that places lie in."""
        return {fold(region) for region in {row[_REGION] for row in self.rows} if region}

    def candidates(self, key: str) -> Sequence[Place]:
        """The places that a folded name may be, largest first."""
        if key not in self._ranked:
            self._ranked[key] = self._rank(key)
        return self._ranked[key]

    def _rank(self, key: str) -> Sequence[Place]:
        head, _, rest = key.partition(" ")
        if head in {"landkreis", "kreis"} and rest:
            return self._places(self.districts, key) or self._places(self.districts, rest)
        found = [*self._places(self.names, key), *self._places(self.short, key)]
        return sorted(found, key=lambda p: (-p.population, p.name, p.link.region or "", p.link.geonames_id or 0))

    def certain(self, key: str) -> Place | None:
        """The place that a name is whatever stands beside it."""
        if key not in self._certain:
            self._certain[key] = self._largest(key)
        return self._certain[key]

    def _largest(self, key: str) -> Place | None:
        found = self.candidates(key)
        if not found or key in AMBIGUOUS_PLACES:
            return None
        if wide := [place for place in found if place.kind in WIDE]:
            return wide[0]
        if len(found) == 1:
            least = MIN_POPULATION if found[0].kind == "municipality" else LARGE_PART
            return found[0] if found[0].population >= least or found[0].kind in NATURAL else None
        first, second = found[0], found[1]
        # Weimar before Weimar (Lahn): who bears the name without addition needs less to be meant
        ratio = RATIO if fold(second.name) == key else RATIO_SHORT
        settled = first.population >= LARGE and first.population >= ratio * second.population
        return first if settled and fold(first.name) == key else None

    def by_id(self, geonames_id: int) -> PlaceLink:
        """A GeoNames id that a person gave -> what the gazetteer knows of it."""
        row = next((row for row in self.rows if row[_ID] == geonames_id), None)
        return _link(row) if row else PlaceLink(geonames_id, None, None, None, None)

    def in_company(self, key: str, regions: Counter[str]) -> Place | None:
        """The only place of a name that lies in the Land that the release speaks of most; None where open."""
        if not regions:
            return None
        (region, count), *others = sorted(regions.items(), key=lambda pair: (-pair[1], pair[0]))
        if others and others[0][1] == count:
            return None
        found = [place for place in self.candidates(key) if place.link.region == region]
        return found[0] if len(found) == 1 else None


def parse(text: str | None, place: str) -> Gazetteer:
    """The text of places.csv, or None -> the gazetteer.

    Raises InputError when a column or a number is not as it should be.
    """
    if text is None:
        return Gazetteer()
    reader = csv.reader(io.StringIO(text))
    header = next(reader, [])
    if missing := [name for name in _NEEDED if name not in header]:
        raise InputError(f"{place}: line 1: column {missing[0]} is missing")
    columns = itemgetter(*map(header.index, _NEEDED))
    gazetteer, numbers = Gazetteer(), dict[Row, int]()
    for row in filter(None, reader):
        try:
            made = _row(columns(row))
            # a row that stands there twice is one place
            _add(gazetteer, made, numbers.setdefault(made, len(numbers)))
        except IndexError:
            raise InputError(f"{place}: line {reader.line_num}: has too few columns") from None
        except ValueError as error:
            raise InputError(f"{place}: line {reader.line_num}: {error}") from None
    return gazetteer


def pack(gazetteer: Gazetteer) -> bytes:
    """A gazetteer -> bytes, which are read faster than the table that it was made from."""
    return json.dumps([gazetteer.rows, gazetteer.names, gazetteer.short, gazetteer.districts]).encode()


def unpack(data: bytes) -> Gazetteer:
    """The same bytes -> the gazetteer."""
    return Gazetteer(*json.loads(data))


def _link(row: Row) -> PlaceLink:
    return PlaceLink(*row[_ID:])


def _row(cells: Sequence[str]) -> Row:
    name, kind, geonames, ags, region, latitude, longitude, population = cells
    return (
        name,
        kind,
        int(population or 0),
        int(geonames) if geonames else None,
        ags if len(ags) == 8 else None,
        region or None,
        float(latitude) if latitude else None,
        float(longitude) if longitude else None,
    )


def _add(gazetteer: Gazetteer, row: Row, number: int) -> None:
    key = fold(row[0])
    if number == len(gazetteer.rows):
        gazetteer.rows.append(row)
    if row[1] == "kreis":
        gazetteer.districts.setdefault(key, []).append(number)
        return
    gazetteer.names.setdefault(key, []).append(number)
    short = _SUFFIX.sub("", key) if " " in key or "/" in key else key
    if short != key and short:
        gazetteer.short.setdefault(short, []).append(number)


@lru_cache(maxsize=10_000)
def called(place: Place) -> frozenset[str]:
    """A place's name with and without its addition, folded: frankfurt am main, frankfurt."""
    return frozenset({fold(place.name), _SUFFIX.sub("", fold(place.name))})


def regions_of(places: Iterable[Place]) -> Counter[str]:
    """Places that a release certainly names -> the Länder and countries they lie in, counted."""
    regions: Counter[str] = Counter()
    for place in places:
        region = place.name if place.kind == "land" else place.link.region
        if region and place.kind not in {"country", "continent", "river"}:
            regions[region] += 1
    return regions
