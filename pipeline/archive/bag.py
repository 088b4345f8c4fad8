"""Files -> a BagIt bag (RFC 8493) with SHA-512 sums; the same files give the same bytes."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import bagit

from pipeline.archive.selection import Selection
from pipeline.archive.settings import ArchiveParams

Info = Mapping[str, str]  # the lines of bag-info.txt


def finish(target: Path, raw: Path, chosen: Selection, settings: ArchiveParams) -> int:
    """Turn every folder below ``target`` (a year, the holding) into a bag; the number of files bagged."""
    copies = originals(raw, chosen.sources) if settings.include_originals else []
    for name, source in sorted(copies):
        shutil.copyfile(source, _target(target / "bestand", name))
    lines = info(chosen.facts.last, chosen.facts.releases, settings.publisher)
    return sum(_bag(folder, lines) for folder in sorted(target.iterdir()) if folder.is_dir())


def _bag(folder: Path, lines: Info) -> int:
    """Turn one folder into a bag; the number of its files."""
    logging.getLogger("bagit").setLevel(logging.WARNING)  # it reports every single file
    bag = bagit.make_bag(str(folder), dict(lines), checksums=["sha512"])
    return len(bag.payload_entries())


def originals(raw: Path, source_paths: Iterable[str]) -> list[tuple[str, Path]]:
    """The files that releases come from, each once; of "mails.mbox#3" that is "mails.mbox".

    A file whose name no table can hold as it is (ingest writes odd bytes out) stays behind.
    """
    named = {name for path in source_paths for name in (path, path.rpartition("#")[0]) if name}
    return [(f"original/{name}", raw / name) for name in sorted(named) if (raw / name).is_file()]


def info(newest: str, releases: int, organisation: str) -> Info:
    """What bag-info.txt says; its date is the newest release's, so that the same corpus is the same bag."""
    return {
        "Source-Organization": organisation,
        "External-Description": f"{releases} Pressemitteilungen mit Metadaten",
        "Bagging-Date": newest,
        "Bag-Software-Agent": "Presselese",
    }


def _target(folder: Path, name: str) -> Path:
    """Where a payload file lies before bagging; a name that would leave the folder is a bug of ours."""
    path = (folder / name).resolve()
    assert path.is_relative_to(folder.resolve()), name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
