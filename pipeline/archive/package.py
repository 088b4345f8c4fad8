"""The folder of a package while a run fills it: what is written there, with its sum; what is not is removed."""

from __future__ import annotations

import hashlib
import os
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pipeline.archive import release_files, sums
from pipeline.archive.formats import PER_RELEASE
from pipeline.archive.release_files import HOLDING
from pipeline.archive.selection import Selection
from pipeline.archive.settings import ArchiveParams
from pipeline.archive.shelf import Shelf

HELD = f"{HOLDING}/data"
REPORT = "validation.html"
_SUFFIXES = {form.folder: form.suffix for form in PER_RELEASE}
assert len(_SUFFIXES) == len(PER_RELEASE)


class Sum(NamedTuple):
    """What a manifest says of a file."""

    sum: bytes  # SHA-512
    size: int


@dataclass
class Package:
    """Files of releases are known by their records; of the few others the sums are kept here."""

    target: Path
    chosen: Selection
    settings: ArchiveParams
    shelf: Shelf
    others: dict[str, Sum] = field(default_factory=dict)  # by path below the target

    @cached_property
    def _by_year(self) -> dict[str, array[int]]:
        return self.chosen.by_year()

    def put(self, path: str, content: Iterable[bytes]) -> Path:
        """Write a file that is not one release's, piece by piece; where it lies."""
        _folder(self.target, path.rpartition("/")[0])
        place, digest, size = self.target / path, hashlib.sha512(), 0
        with release_files.new(place).open("xb") as out:
            for piece in content:
                size += out.write(piece)
                digest.update(piece)
        self.others[path] = Sum(digest.digest(), size)
        return place

    def bags(self) -> list[str]:
        """The folders that become bags."""
        return sorted({HOLDING, *self.chosen.years})

    def payload(self, bag: str) -> Iterator[tuple[str, Sum]]:
        """The files of a bag below ``data``, with their sums."""
        numbers = self._by_year.get(bag, ())
        for form in sorted(range(len(PER_RELEASE)), key=lambda form: PER_RELEASE[form].folder):
            begin, suffix = f"data/{PER_RELEASE[form].folder}/", PER_RELEASE[form].suffix
            for number in numbers:
                file = self.shelf.file(number, form)
                yield f"{begin}{self.chosen.ids[number]}{suffix}", Sum(file.sum, file.size)
        begin = f"{bag}/data/"
        for path in sorted(path for path in self.others if path.startswith(begin)):
            yield path.partition("/")[2], self.others[path]

    def folders(self) -> dict[str, int]:
        """Every folder with files in it, and how many they are."""
        years = Counter(self.chosen.years)
        found = {release_files.folder(form, y): n for y, n in years.items() for form in range(len(PER_RELEASE))}
        return found | dict(Counter(path.rpartition("/")[0] for path in self.others if "/" in path))

    def holds(self, path: str) -> bool:
        """Whether this run made the file of this path, or found it as it should be."""
        if path in self.others:
            return True
        year, _, rest = path.partition("/data/")
        folder, _, name = rest.partition("/")
        suffix = _SUFFIXES.get(folder)
        if suffix is None or not name.endswith(suffix):
            return False
        release_id = name.removesuffix(suffix)
        number = bisect_left(self.chosen.ids, release_id)
        return self.chosen.ids[number : number + 1] == [release_id] and self.chosen.years[number] == year


def prepare(target: Path, years: Iterable[str]) -> None:
    """Folders for the files of releases; what was a bag is none until the run ends well."""
    target.mkdir(parents=True, exist_ok=True)
    sums.remove(target)
    for place in target.iterdir():
        # never through a link, which may lead anywhere
        for old in place.iterdir() if _is_folder(place) else [place]:
            if not _is_folder(old):
                release_files.new(old)
    for folder in sorted({release_files.folder(form, year) for year in years for form in range(len(PER_RELEASE))}):
        _folder(target, folder)


def _folder(target: Path, path: str) -> None:
    """A real folder, and real folders above it, whatever lay there."""
    place = target
    for name in path.split("/"):
        place /= name
        if not _is_folder(place):
            place.unlink(missing_ok=True)
            place.mkdir()


def _is_folder(place: Path) -> bool:
    return place.is_dir() and not place.is_symlink()


def sweep(package: Package) -> None:
    """Remove whatever this run did not make, and folders that are empty then."""
    _sweep(package, package.folders(), "")


def _sweep(package: Package, counts: Mapping[str, int], path: str) -> None:
    folder = package.target / path
    # what this run made or found is there: in a folder of as many files there is nothing else
    if counts.get(path) == len(os.listdir(folder)):  # noqa: PTH208  names are enough
        return
    # far cheaper than paths, of which there are tens of thousands
    with os.scandir(folder) as entries:
        for entry in entries:
            here = f"{path}/{entry.name}" if path else entry.name
            if entry.is_dir(follow_symlinks=False):
                _sweep(package, counts, here)
            elif not package.holds(here):
                (folder / entry.name).unlink()
    if path and not any(folder.iterdir()):
        folder.rmdir()
