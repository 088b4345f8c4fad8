"""Releases out of data/raw: a file goes as a whole, or it is rewritten without them; planned first, then done.

What is planned was read back with the readers of ingest: exactly the wanted releases are missing, nothing else.
"""

from __future__ import annotations

import csv
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.core.errors import InputError, Rejection
from pipeline.core.records import Rejected, Release
from pipeline.erase import rewriting
from pipeline.ingest import raw, take
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.sources.source import Source

_FAULTS = (Rejection, csv.Error, ValueError, OSError, zipfile.BadZipFile, etree.XMLSyntaxError)


@dataclass(frozen=True, slots=True)
class Removal:
    """What happens to one raw file; without a replacement it is deleted."""

    file: Path
    replacement: Path | None

    def do(self) -> None:
        """Delete or replace the file."""
        if self.replacement is None:
            self.file.unlink()
        else:
            self.replacement.replace(self.file)

    def undo(self) -> None:
        """Forget the plan; the raw file is as it was."""
        if self.replacement is not None:
            self.replacement.unlink(missing_ok=True)


def plan(
    releases: Iterable[Release], rejected: Iterable[Rejected], shas: frozenset[str], settings: IngestParams
) -> list[Removal]:
    """Releases, their copies among the rejected -> what happens to each raw file.

    Raises InputError, with every raw file as it was, when a file holds other releases and cannot be rewritten.
    """
    held = [(row.source_path, row.source_sha256) for row in releases]
    held += [(row.source_path, row.source_sha256 or "") for row in rejected]
    named = {_file(path) for path, sha in held if sha in shas} | set(_copies(shas))
    done: list[Removal] = []
    try:
        done.extend(_planned(name, shas, settings) for name in sorted(named))
    except InputError:
        for removal in done:
            removal.undo()
        raise
    return done


def _copies(shas: frozenset[str]) -> Iterator[str]:
    """Raw files of the same bytes, also those that no run has seen yet."""
    for listed in raw.files():
        if listed.fault is None and raw.weigh(listed).sha256 in shas:
            yield listed.path


def _file(source_path: str) -> str:
    """From mails.mbox#3/a.docx to mails.mbox; a file whose own name holds # is itself."""
    while not (raw.ROOT / source_path).is_file() and "#" in source_path:
        source_path = source_path.rpartition("#")[0]
    return source_path


def _planned(name: str, shas: frozenset[str], settings: IngestParams) -> Removal:
    file = raw.ROOT / name
    parts = list(_parts(name, settings))
    going = frozenset(member for member, sha, _ in parts if sha in shas)
    if not going:
        raise InputError(f"{file}: was changed since the last run; run `make report`, then `make erase` again")
    staying = [sha for _, sha, is_release in parts if sha not in shas and is_release]
    rewrite = rewriting.rewriter(name)
    if not staying and (rewrite is None or len(parts) == len(going)):
        return Removal(file, None)
    if rewrite is None:
        raise InputError(_refusal(file, going, staying))
    target = file.with_name(f".erase-{file.name}")
    if not _rewritten(rewrite, file, target, going) or not _is_right(target, parts, shas, settings):
        target.unlink(missing_ok=True)
        raise InputError(_refusal(file, going, staying))
    return Removal(file, target)


def _rewritten(rewrite: rewriting.Rewriter, file: Path, target: Path, going: frozenset[str]) -> bool:
    try:
        rewrite(file, target, going)
    except _FAULTS:
        return False
    return True


def _is_right(
    target: Path, parts: list[tuple[str, str, bool]], shas: frozenset[str], settings: IngestParams
) -> bool:
    """Whether a rewritten file holds exactly the releases that stay."""
    wanted = Counter(sha for _, sha, is_release in parts if sha not in shas and is_release)
    try:
        found = list(_parts(target.relative_to(raw.ROOT).as_posix(), settings))
    except Rejection:
        return not wanted
    return Counter(sha for _, sha, is_release in found if is_release) == wanted


def _parts(name: str, settings: IngestParams) -> Iterator[tuple[str, str, bool]]:
    """The parts of a raw file: member, digest (as ingest counts them), whether it can be read as a release."""
    file = raw.read(name, settings)
    for item in take.items(file, settings):
        yield item.member or "", take.digest_of(file, item), isinstance(item.content, Source)


def _refusal(file: Path, going: frozenset[str], staying: list[str]) -> str:
    others = ", ".join(sorted(sha[:12] for sha in staying)[:5]) + (" …" if len(staying) > 5 else "")
    what = ", ".join(sorted(going)[:5]) or "the release"
    return (
        f"{file}: also holds {len(staying)} other releases ({others}) and cannot be rewritten without part {what};"
        " nothing was changed. Take the part out of the file with the program that wrote it, or name the other "
        "releases too (ID='one two'), then run `make erase` again"
    )
