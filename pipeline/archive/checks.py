"""Files of a delivery -> what is wrong with them: schemas where there are any, our own rules always."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from pipeline.archive import rules
from pipeline.archive.description import Description
from pipeline.archive.schemas import SCHEMAS, Check, Document, available, stream
from pipeline.archive.settings import ArchiveParams

_NOTHING = b"[], []]"  # the end of a packed tally without notes and problems
KEPT = 500  # problems that are kept for the page; the counts are complete


@dataclass(frozen=True, slots=True)
class Problem:
    """A file, a place in it, the rule it breaks, and why."""

    file: str
    line: int | None
    rule: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        return f"{self.file}{line}: {self.rule}: {self.message}"


@dataclass
class Tally:
    """What was checked and what was found, for a batch or for the delivery."""

    checked: Counter[str] = field(default_factory=Counter)  # by schema or rule
    broken: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)  # the first that stop the delivery
    notes: Counter[tuple[str, str]] = field(default_factory=Counter)  # (rule, message) -> how many files
    first: dict[tuple[str, str], str] = field(default_factory=dict)  # the first file of a note
    masked: Counter[str] = field(default_factory=Counter)

    def note(self, rule: str, problems: Iterable[Problem]) -> None:
        """One file or description was checked against a schema or rule."""
        self.checked[rule] += 1
        found = list(problems)
        errors = [problem for problem in found if not problem.warning]
        self.broken[rule] += bool(errors)
        self.problems += errors[: max(0, KEPT - len(self.problems))]
        for problem in found:
            if problem.warning:
                self.notes[problem.rule, problem.message] += 1
                self.first.setdefault((problem.rule, problem.message), problem.file)

    def add(self, other: Tally, times: int = 1) -> None:
        """Take over what another tally holds, once or several times."""
        for name in ("checked", "broken", "masked"):
            mine: Counter[str] = getattr(self, name)
            for key, number in getattr(other, name).items():
                mine[key] += number * times
        self.notes.update(other.notes)
        self.first = {**other.first, **self.first}
        self.problems += other.problems[: max(0, KEPT - len(self.problems))]


def pack(tally: Tally) -> bytes:
    """A tally -> bytes, the same for releases of which there is as little to say."""
    notes = [[*key, number, tally.first[key]] for key, number in tally.notes.items()]
    problems = [[p.file, p.line, p.rule, p.message] for p in tally.problems]
    return json.dumps([tally.checked, +tally.broken, tally.masked, notes, problems], sort_keys=True).encode()


def unpack(data: bytes) -> Tally:
    """What was packed."""
    checked, broken, masked, notes, problems = json.loads(data)
    return Tally(
        Counter(checked), Counter(broken), [Problem(*problem) for problem in problems],
        Counter({(rule, message): number for rule, message, number, _ in notes}),
        {(rule, message): first for rule, message, _, first in notes}, Counter(masked),
    )  # fmt: skip


def total(tallies: Iterable[bytes], into: Tally) -> None:
    """Add packed tallies, in their order; those of which there is nothing to say are only counted."""
    same: Counter[bytes] = Counter()
    for data in tallies:
        if data.endswith(_NOTHING):
            same[data] += 1
        else:
            into.add(unpack(data))
    for data, number in same.items():
        into.add(unpack(data), number)


@cache
def _check(key: str, folder: Path | None) -> Check | None:
    """The check of a schema, compiled once in a process; None where the schema is not at hand."""
    schema = SCHEMAS[key]
    if folder is None or available(schema, folder) is not None:
        return None
    return schema.make(folder, schema.files)


@dataclass
class Checker:
    """Checks what a batch makes; compiled schemas are kept in the process."""

    settings: ArchiveParams
    tally: Tally = field(default_factory=Tally)

    @property
    def folder(self) -> Path | None:
        """Where the official schemas lie."""
        return Path(self.settings.schemas) if self.settings.schemas else None

    def description(self, d: Description) -> None:
        """Our rules about one description."""
        self.tally.masked += Counter(d.masked)
        for rule in rules.DESCRIPTION:
            found = rule.finds(d, self.settings)
            self.tally.note(rule.id, (Problem(d.identifier, None, rule.id, text, rule.warning) for text in found))

    def file(self, path: str, content: bytes, schemas: Sequence[str]) -> None:
        """One finished file: is no element empty, does it keep its schemas?

        Well-formed it is, since it was written from a tree; checks against schemas parse it.
        """
        document = Document(content)
        if content[:1] == b"<":
            empty = rules.empty_elements(document.tree) if rules.may_be_empty(content) else ()
            self.tally.note(
                "leer", (Problem(path, at, "leer", f"Das Element {tag} ist leer.") for at, tag in empty)
            )
        for key in schemas:
            if check := _check(key, self.folder):
                faults = check(document)
                self.tally.note(key, (Problem(path, f.line, f.rule, f.message, f.warning) for f in faults))

    def whole(self, path: Path, name: str, schemas: Sequence[str]) -> None:
        """One file of any size."""
        for key in schemas:
            if self.folder and available(SCHEMAS[key], self.folder) is None:
                faults = stream(path, self.folder, SCHEMAS[key].files)
                self.tally.note(key, (Problem(name, f.line, f.rule, f.message) for f in faults))

    def delivery(self, identifiers: Iterable[str]) -> None:
        """What can be said of the whole only: identifiers stand once, params.yaml names the institution."""
        # they ascend
        twice = [key for key, following in pairwise(identifiers) if key == following]
        self.tally.note("eindeutig", (Problem(key, None, "eindeutig", "kommt mehrmals vor") for key in twice))
        found = rules.of_settings(self.settings)
        self.tally.note("angaben", (Problem("params.yaml", None, "angaben", why, mild) for why, mild in found))


def fingerprint(key: str, folder: Path) -> str:
    """The SHA-256 of a schema's first file, shortened: which edition was checked against."""
    return hashlib.sha256((folder / SCHEMAS[key].files[0]).read_bytes()).hexdigest()[:16]
