"""A small package on disk, as the stage leaves it, from invented releases."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from pipeline.archive import delivery, parts, release_files, selection
from pipeline.archive.formats import JOINED
from pipeline.archive.package import HELD, REPORT, Package, prepare
from pipeline.archive.shelf import Shelf
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
    days = sorted(d.release.published for d in found)
    facts = parts.Facts(len(found), days[0] if days else "", days[-1] if days else "", "")
    chosen = selection.Selection(list(ids), [d.year for d in found], held or {}, facts)
    prepare(target, chosen.years)
    with Shelf(chosen.ids) as shelf:
        for number, d in enumerate(found):
            shelf.put(number, release_files.write(d, settings, target))
        whole = Package(target, chosen, settings, shelf)
        for number, form in enumerate(JOINED):
            whole.put(f"{HELD}/{form.path}", form.join(shelf.parts(number), facts, settings))
        whole.put(REPORT, [b"<p>Alles in Ordnung</p>\n"])
        return delivery.finish(whole, root / "data/raw")


def tree(root):
    """Every file below a folder and its bytes."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
