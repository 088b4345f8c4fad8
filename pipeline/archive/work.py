"""Batches of releases -> files on disk, each checked as it is made. Batches run in worker processes.

This module and ``__main__`` are the stage's edge: everything else works on values. A process holds one batch.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.archive import parts, rows, spreadsheets
from pipeline.archive.checks import Checker, Tally
from pipeline.archive.describe import Describer
from pipeline.archive.description import Description, Statement
from pipeline.archive.formats import JOINED, PER_RELEASE
from pipeline.archive.selection import Selection
from pipeline.archive.settings import ArchiveParams
from pipeline.core.execute import map_batches

PARTS = ".parts"  # below the target, removed when the joined files are made
HOLDING = "bestand"  # folder of files about the whole holding, beside a folder a year
BATCH = 256
Statements = Mapping[str, Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a batch."""

    tally: Tally
    parts: tuple[Path, ...]  # one a joined format, in the order of JOINED


def export(chosen: Selection, statements: Statements, settings: ArchiveParams, target: Path) -> Tally:
    """Write the files of all chosen releases below ``target``; what was checked and what was found."""
    make = partial(worker, settings, target, dict(statements), frozenset(chosen.held))
    checker, batches = Checker(settings), []
    for done in map_batches(make, chosen.ids, BATCH, "archive"):
        checker.tally.add(done.tally)
        batches.append(done.parts)
    _join(batches, chosen.facts, checker, target)
    _register(chosen, settings, target / HOLDING / "csv" / "register.csv")
    checker.delivery(f"{settings.identifier_prefix}{i}" for i in chosen.ids)
    shutil.rmtree(target / PARTS, ignore_errors=True)
    return checker.tally


def worker(
    settings: ArchiveParams, target: Path, statements: dict[str, Sequence[Statement]], held: frozenset[str]
) -> Callable[[list[str]], Done]:
    """Made once in each process: loads what is looked up and describes batch after batch."""
    return partial(_batch, Describer(settings, rows.load_corpus(), statements, held), target)


def _batch(describer: Describer, target: Path, ids: list[str]) -> Done:
    descriptions = describer.describe(rows.load_batch(ids))
    checker = Checker(describer.settings)
    for folder in {target / d.year / form.folder for d in descriptions for form in PER_RELEASE}:
        folder.mkdir(parents=True, exist_ok=True)
    for description in descriptions:
        checker.description(description)
        _save(description, checker, target)
    return Done(checker.tally, _save_parts(descriptions, checker, target / PARTS / ids[0]))


def _save(description: Description, checker: Checker, target: Path) -> None:
    """Write the files of one release below the folder of its year."""
    for form in PER_RELEASE:
        name = f"{description.year}/{form.path(description)}"
        content = form.render(description, checker.settings)
        checker.file(name, content, form.schemas)
        (target / name).write_bytes(content)


def _save_parts(descriptions: Sequence[Description], checker: Checker, folder: Path) -> tuple[Path, ...]:
    paths = []
    for number, form in enumerate(JOINED):
        made = [(d, part) for d in descriptions if (part := form.part(d, checker.settings))]
        for d, part in made:
            checker.file(f"{HOLDING}/{form.path} ({d.identifier})", part.content, form.entry)
        paths.append(folder / str(number))
        parts.write(paths[-1], (part for _, part in made))
    return tuple(paths)


def _join(batches: Sequence[tuple[Path, ...]], facts: parts.Facts, checker: Checker, target: Path) -> None:
    """Merge the parts of every joined format into its file, and check that."""
    for number, form in enumerate(JOINED):
        name = f"{HOLDING}/{form.path}"
        path, files = target / name, [batch[number] for batch in batches]
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            out.writelines(form.join(parts.merged(files), facts, checker.settings))
        if form.frame:
            keys = (parts.Part(part.key, b"") for part in parts.merged(files))
            checker.file(name, b"".join(form.join(keys, facts, checker.settings)), form.frame)
        checker.whole(path, name, form.whole)


def _register(chosen: Selection, settings: ArchiveParams, path: Path) -> None:
    with path.open("wb") as out:
        out.writelines(spreadsheets.entities_csv(rows.register(chosen.held), settings))
