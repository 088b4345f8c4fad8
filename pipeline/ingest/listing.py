"""The raw files and their digests as a list, as ``sha256sum -c`` reads it in data/raw.

It changes with the bytes of any raw file, so that a stage can depend on it instead of looking at each file again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from pipeline.core.errors import Rejection
from pipeline.ingest import raw

FILE = Path("data/ingest/raw.sha256")


def write(listed: Iterable[raw.Listed], scale: raw.Scale, root: Path = raw.ROOT) -> None:
    """Write the list of all files that can be read."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with FILE.open("wb") as stream:
        stream.writelines(_lines(listed, scale, len(os.fspath(root)) + 1))


def _lines(listed: Iterable[raw.Listed], scale: raw.Scale, start: int) -> Iterator[bytes]:
    for number, entry in enumerate(listed):
        with suppress(Rejection):
            yield line(scale.sha256(entry, number), entry.where[start:].replace(os.sep, "/"))


def line(sha256: str, path: str) -> bytes:
    r"""A digest and a path -> a line of the list; a path that would break the line is written as sha256sum does.

    >>> line("ab", "a\nb.txt")
    b'\\ab  a\\nb.txt\n'
    """
    safe = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return os.fsencode(f"{'' if safe == path else chr(92)}{sha256}  {safe}\n")
