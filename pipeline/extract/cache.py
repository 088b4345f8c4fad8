"""What was found in releases that did not change, from one run to the next: keys of the store.

A key is made from all that the rows of a release follow from: the release without its path, its zones, the code
and patterns of the stage, the gazetteers, the model's files, the libraries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from pipeline.core import store
from pipeline.extract.authority import FOLDER
from pipeline.extract.blocks import Item
from pipeline.extract.settings import ExtractParams


def stamp(settings: ExtractParams) -> bytes:
    """All that rows follow from but the releases themselves."""
    digest = hashlib.blake2b(store.code("pipeline.core", "pipeline.extract"), digest_size=16)
    for word in (settings.model, settings.model_version, *store.libraries(), *_model(settings.model)):
        digest.update(f"{word}\0".encode())
    for path in sorted(FOLDER.glob("*.csv")):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.digest()


def _model(model: str) -> Iterator[str]:
    """What tells a model from another of the same name and version: sums of its files."""
    folder = Path(model)
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                with path.open("rb") as file:
                    content = hashlib.file_digest(file, "blake2b").hexdigest()
                yield f"{path.relative_to(folder).as_posix()} {content}"
        return
    try:
        yield distribution(model).read_text("RECORD") or ""
    except (PackageNotFoundError, ValueError):
        # loading it will say what is missing
        return


def key(stamp: bytes, item: Item) -> bytes:
    """The key of a release and its zones."""
    release, zones = item
    return store.key(stamp, repr(release), repr([(zone.start, zone.end, zone.zone) for zone in zones]))
