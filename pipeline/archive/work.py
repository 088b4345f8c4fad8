"""A batch of releases -> its files on disk. Runs in worker processes; one batch is in memory at a time.

This module and ``__main__`` are the stage's edge: everything else works on values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.archive import parts, rows
from pipeline.archive.describe import Describer
from pipeline.archive.description import Description, Statement
from pipeline.archive.formats import JOINED, PER_RELEASE
from pipeline.archive.settings import ArchiveParams

PARTS = ".parts"  # below the target, removed when the joined files are made
HOLDING = "bestand"  # folder of files about the whole holding, beside a folder a year
BATCH = 256


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a batch."""

    releases: int
    files: int
    parts: tuple[Path, ...]  # one a joined format, in the order of JOINED


def worker(
    settings: ArchiveParams, target: Path, statements: dict[str, list[Statement]], held: frozenset[str]
) -> Callable[[list[str]], Done]:
    """Made once in each process: loads what is looked up and describes batch after batch."""
    return partial(_export, Describer(settings, rows.load_corpus(), statements, held), target)


def _export(describer: Describer, target: Path, ids: list[str]) -> Done:
    descriptions = describer.describe(rows.load_batch(ids))
    files = sum(_save(description, describer.settings, target) for description in descriptions)
    return Done(len(descriptions), files, _save_parts(descriptions, describer.settings, target / PARTS / ids[0]))


def _save(description: Description, settings: ArchiveParams, target: Path) -> int:
    """Write the files of one release below the folder of its year."""
    for form in PER_RELEASE:
        path = target / description.year / form.path(description)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(form.render(description, settings))
    return len(PER_RELEASE)


def _save_parts(descriptions: Sequence[Description], settings: ArchiveParams, folder: Path) -> tuple[Path, ...]:
    paths = []
    for number, form in enumerate(JOINED):
        path = folder / str(number)
        parts.write(path, (p for d in descriptions if (p := form.part(d, settings))))
        paths.append(path)
    return tuple(paths)


def join(done: Sequence[Done], facts: parts.Facts, settings: ArchiveParams, target: Path) -> int:
    """Merge the parts of every joined format into its file; the number of files written."""
    for number, form in enumerate(JOINED):
        path = target / HOLDING / form.path
        path.parent.mkdir(parents=True, exist_ok=True)
        merged = parts.merged([batch.parts[number] for batch in done])
        with path.open("wb") as out:
            out.writelines(form.join(merged, facts, settings))
    return len(JOINED)
