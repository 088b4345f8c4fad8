"""Folders -> BagIt bags (RFC 8493) with SHA-512 sums, one a year and one of the holding; the same bytes again."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import bagit

from pipeline.archive.oai_records import day
from pipeline.archive.selection import Selection
from pipeline.archive.settings import ArchiveParams

HOLDING = "bestand"
Info = Mapping[str, str]  # the lines of bag-info.txt
Source = tuple[str, str]  # year, path of the raw file


def originals(raw: Path, sources: Iterable[Source]) -> Iterator[tuple[str, Path]]:
    """Releases -> the files they come from, each once, below the folder of their year.

    A file of several years ("mails.mbox#3" is in "mails.mbox") lies with the holding. One whose name no table can
    hold as it is (ingest writes odd bytes out) stays behind.
    """
    years: dict[str, set[str]] = {}
    for year, path in sources:
        for name in (path, *(path[:at] for at, char in enumerate(path) if char == "#")):
            years.setdefault(name, set()).add(year)
    for name in sorted(years):
        if name and (raw / name).is_file():
            year = next(iter(years[name])) if len(years[name]) == 1 else HOLDING
            yield f"{year}/original/{name}", raw / name


def copy(target: Path, files: Iterable[tuple[str, Path]]) -> None:
    """Copy files to their places below the target; a name that would leave it is a bug of ours."""
    for name, source in files:
        path = (target / name).resolve()
        assert path.is_relative_to(target.resolve()), name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)


def bag(target: Path, chosen: Selection, settings: ArchiveParams) -> int:
    """Turn every folder below ``target`` into a bag; the number of files bagged."""
    logging.getLogger("bagit").setLevel(logging.WARNING)  # it reports every single file
    folders = sorted(path for path in target.iterdir() if path.is_dir())
    count = 0
    for number, folder in enumerate(folders, 1):
        lines = info(folder.name, f"{number} of {len(folders)}", chosen, settings)
        made = bagit.make_bag(str(folder), dict(lines), checksums=["sha512"])
        count += len(made.payload_entries())
    return count


def info(name: str, turn: str, chosen: Selection, settings: ArchiveParams) -> Info:
    """What bag-info.txt says; its date is the newest release's, so that the same corpus is the same bag."""
    of_year = f" des Jahres {name}" if name != HOLDING else ""
    lines = {
        "Source-Organization": settings.publisher,
        "Organization-Address": settings.website,
        "Contact-Email": settings.oai_email,
        "External-Description": f"{settings.holding}{of_year} mit Metadaten",
        "External-Identifier": f"{settings.identifier_prefix}{settings.holding_id}/{name}",
        "Bag-Group-Identifier": f"{settings.identifier_prefix}{settings.holding_id}",
        "Bag-Count": turn,
        "Bagging-Date": day(chosen.facts.last) if chosen.facts.last else "1970-01-01",
        "Bag-Software-Agent": "Presselese",
        "ISIL": settings.isil,
        "Rights": settings.rights,
        "Metadata-License": settings.metadata_licence,
    }
    return {key: value for key, value in lines.items() if value}


def check(target: Path) -> Iterator[str]:
    """Every bag below ``target`` is verified; yields its name. Raises bagit.BagError for one that is damaged."""
    logging.getLogger("bagit").setLevel(logging.ERROR)
    for folder in sorted(path for path in target.iterdir() if path.is_dir()):
        bagit.Bag(str(folder)).validate()
        yield folder.name
