"""data/authority -> sets of names that speak for or against a reading."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pipeline.core.errors import InputError

FOLDER = Path("data/authority")
_LARGE = 5_000  # a municipality of this size is a place by its name alone, where no everyday word is meant
_WIDE = frozenset({"land", "country", "continent", "region", "river", "water", "mountain", "district"})
_WORD = re.compile(r"\w+")
_SUFFIX = re.compile(r" \(.*\)$|/.*$| (?:am|an der|im|in der|ob der|vor der) .*$| i\. ?\w+\.?$")


@dataclass(frozen=True, slots=True)
class Authority:
    """Names of places and first names of people."""

    places: frozenset[str] = field(repr=False)  # every place
    known_places: frozenset[str] = field(repr=False)  # large or wide enough to be meant without further evidence
    first_names: frozenset[str] = field(repr=False)
    feminine: frozenset[str] = field(default=frozenset(), repr=False)  # first names of women only
    masculine: frozenset[str] = field(default=frozenset(), repr=False)

    def gender(self, name: str) -> str | None:
        """Whether the first name of a full name is a woman's (f) or a man's (m); None where it does not tell."""
        first = re.split("[ -]", name, maxsplit=1)[0]
        return "f" if first in self.feminine else "m" if first in self.masculine else None


def load(root: Path = Path()) -> Authority:
    """The tables of data/authority; raises InputError naming the file that is missing or faulty."""
    places = list(_rows(root / FOLDER / "places.csv", "name", "kind", "population"))
    known = [row for row in places if row["kind"] in _WIDE or int(row["population"] or 0) >= _LARGE]
    first = {row["name"]: row["gender"] for row in _rows(root / FOLDER / "first_names.csv", "name", "gender")}
    return Authority(
        places=frozenset(name for row in places for name in _forms(row["name"])),
        known_places=frozenset(name for row in known for name in _forms(row["name"])),
        first_names=frozenset(first),
        feminine=frozenset(name for name, gender in first.items() if gender == "f"),
        masculine=frozenset(name for name, gender in first.items() if gender == "m"),
    )


@lru_cache(1)
def beginnings(names: frozenset[str]) -> frozenset[str]:
    """The words that names begin with: "Anna" of "Anna-Lena"."""
    return frozenset(first[0] for name in names if (first := _WORD.match(name)))


def _forms(name: str) -> set[str]:
    """A name and its short form: Frankfurt for "Frankfurt am Main", Halle for "Halle (Saale)"."""
    return {name, _SUFFIX.sub("", name)}


def _rows(path: Path, *columns: str) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if missing := set(columns) - set(reader.fieldnames or ()):
                raise InputError(
                    f"{path}: column {', '.join(sorted(missing))} is missing; restore the file from git"
                )
            yield from reader
    except FileNotFoundError:
        raise InputError(f"{path}: not found; restore it from git") from None
