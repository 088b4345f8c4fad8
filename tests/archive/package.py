"""A small package on disk, as the stage leaves it, from invented releases."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from pipeline.archive import delivery, parts, selection
from pipeline.archive.formats import JOINED, PER_RELEASE
from pipeline.core import tables as t
from tests.archive import made

IDS = tuple(letter * 12 for letter in "abcde")


def descriptions(ids=IDS, **changed):
    """The sample release under several ids; ``changed`` maps an id to other values of its release."""
    (sample,) = made.described()
    for key in ids:
        values = {"source_path": f"{key}.txt", "title": f"Nr. {key}", **changed.get(key, {})}
        release = dataclasses.replace(sample.release, release_id=key, **values)
        yield dataclasses.replace(sample, identifier=f"test:{key}", release=release)


def build(root: Path, ids=IDS, held=None, **changed):
    """Write ``data/archive`` below the root, which is the working folder, as the stage does."""
    target, settings = root / "data/archive", made.settings()
    found = list(descriptions(ids, **changed))
    for table in (t.REJECTED, t.RELEASES):
        table.write([d.release for d in found] if table is t.RELEASES else [], root)
    for form in PER_RELEASE:
        for d in found:
            save(target / d.year / form.path(d), form.render(d, settings))
    days = sorted(d.release.published for d in found)
    facts = parts.Facts(len(found), days[0] if days else "", days[-1] if days else "", "")
    for form in JOINED:
        made_parts = sorted((p for d in found if (p := form.part(d, settings))), key=lambda p: p.key)
        save(target / "bestand" / form.path, b"".join(form.join(iter(made_parts), facts, settings)))
    chosen = selection.Selection(list(ids), held or {}, [d.release.source_path for d in found], facts)
    return delivery.finish(target, root / "data/raw", chosen, settings)


def save(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def tree(root):
    """Every file below a folder and its bytes."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
