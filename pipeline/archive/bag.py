"""Files -> a BagIt bag (RFC 8493) with SHA-512 sums; the same files give the same bytes."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import bagit

Info = Mapping[str, str]  # the lines of bag-info.txt


def write(folder: Path, payload: Mapping[str, bytes], originals: Iterable[tuple[str, Path]], info: Info) -> int:
    """Replace ``folder`` by a bag of ``payload`` (path -> content) and copies of ``originals``; files bagged."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in sorted(payload.items()):
        _target(folder, name).write_bytes(content)
    copies = sorted(originals)
    for name, source in copies:
        shutil.copyfile(source, _target(folder, name))
    logging.getLogger("bagit").setLevel(logging.WARNING)  # it reports every single file
    bagit.make_bag(str(folder), dict(info), checksums=["sha512"])
    return len(payload) + len(copies)


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
