"""Folders -> BagIt bags (RFC 8493) with SHA-512 sums, one a year and one of the holding; the same bytes again.

Manifests are written as the sums come by. The library of the Library of Congress would read every file again and
hold all names and sums; it checks what was written here (``check``, and the tests).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from pipeline.archive import release_files
from pipeline.archive.oai_records import day
from pipeline.archive.package import Package, Sum
from pipeline.archive.release_files import HOLDING

_VERSION = b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST, TAGS = "manifest-sha512.txt", "tagmanifest-sha512.txt"
Info = Mapping[str, str]  # the lines of bag-info.txt
Source = tuple[str, str]  # year, path of the raw file


def originals(raw: Path, sources: Iterable[Source]) -> Iterator[tuple[str, Path]]:
    """Releases -> the files they come from, each once, below the folder of their year.

    A file of several years ("mails.mbox#3" is in "mails.mbox") lies with the holding. One whose name no table can
    hold as it is (ingest writes odd bytes out) stays behind.
    """
    years: dict[str, str] = {}
    for year, path in sources:
        for name in (path, *(path[:at] for at, char in enumerate(path) if char == "#")):
            years[name] = year if years.get(name, year) == year else HOLDING
    for name in sorted(years):
        if name and (raw / name).is_file():
            yield f"{years[name]}/data/original/{name}", raw / name


def copy(package: Package, files: Iterable[tuple[str, Path]]) -> None:
    """Copy files to their places in the package; a name that would leave it is a bug of ours."""
    for name, source in files:
        path = (package.target / name).resolve()
        assert path.is_relative_to(package.target.resolve()), name
        with source.open("rb") as content:
            package.put(name, _pieces(content))


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(1 << 20):
        yield piece


def bag(package: Package) -> int:
    """Make every folder of the package a bag; the number of files bagged."""
    folders, count = package.bags(), 0
    for number, name in enumerate(folders, 1):
        lines = info(name, f"{number} of {len(folders)}", package)
        count += _close(package.target / name, package.payload(name), lines)
    return count


def _close(folder: Path, payload: Iterable[tuple[str, Sum]], lines: Info) -> int:
    """Write what makes a folder a bag, ``bagit.txt`` last; the number of files in it."""
    count = size = 0
    with release_files.new(folder / _MANIFEST).open("xb") as out:
        for path, file in payload:
            out.write(f"{file.sum.hex()}  {_escaped(path)}\n".encode())
            count, size = count + 1, size + file.size
    _tags(folder, {**lines, "Payload-Oxum": f"{size}.{count}"})
    return count


def _tags(folder: Path, lines: Info) -> None:
    words = "".join(f"{key}: {_one_line(value)}\n" for key, value in sorted(lines.items()))
    with (folder / _MANIFEST).open("rb") as manifest:
        sums = {_MANIFEST: hashlib.file_digest(manifest, "sha512").hexdigest()}
    content = {"bag-info.txt": words.encode(), "bagit.txt": _VERSION}
    sums |= {name: hashlib.sha512(said).hexdigest() for name, said in content.items()}
    listed = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
    for name, said in {TAGS: listed.encode(), **content}.items():
        with release_files.new(folder / name).open("xb") as out:
            out.write(said)


def _escaped(path: str) -> str:
    return path.replace("\r", "%0D").replace("\n", "%0A")


def _one_line(text: str) -> str:
    return text.replace("\r", "").replace("\n", "")


def info(name: str, turn: str, package: Package) -> Info:
    """What bag-info.txt says; its date is the newest release's, so that the same corpus is the same bag."""
    settings, last = package.settings, package.chosen.facts.last
    of_year = f" des Jahres {name}" if name != HOLDING else ""
    lines = {
        "Source-Organization": settings.publisher,
        "Organization-Address": settings.website,
        "Contact-Email": settings.oai_email,
        "External-Description": f"{settings.holding}{of_year} mit Metadaten",
        "External-Identifier": f"{settings.identifier_prefix}{settings.holding_id}/{name}",
        "Bag-Group-Identifier": f"{settings.identifier_prefix}{settings.holding_id}",
        "Bag-Count": turn,
        "Bagging-Date": day(last) if last else "1970-01-01",
        "Bag-Software-Agent": "Presselese",
        "ISIL": settings.isil,
        "Rights": settings.rights,
        "Metadata-License": settings.metadata_licence,
    }
    return {key: value for key, value in lines.items() if value}


def check(target: Path) -> Iterator[str]:
    """Every bag below ``target`` is verified; yields its name. Raises bagit.BagError for one that is damaged."""
    import bagit  # noqa: PLC0415  for who hands a package over, not for who makes it

    logging.getLogger("bagit").setLevel(logging.ERROR)
    for folder in sorted(path for path in target.iterdir() if path.is_dir()):
        bagit.Bag(str(folder)).validate()
        yield folder.name
