"""Files of a delivery -> what is wrong with them: schemas where there are any, our own rules always."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipeline.archive import rules
from pipeline.archive.description import Description
from pipeline.archive.schemas import SCHEMAS, Check, Document, available, stream
from pipeline.archive.settings import ArchiveParams

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

    def add(self, other: Tally) -> None:
        """Take over what another tally holds."""
        self.checked += other.checked
        self.broken += other.broken
        self.masked += other.masked
        self.notes += other.notes
        self.first = {**other.first, **self.first}
        self.problems += other.problems[: max(0, KEPT - len(self.problems))]


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
        """One finished file: is it well-formed, is no element empty, does it keep its schemas?"""
        document = Document(content)
        if content[:1] == b"<":
            empty = rules.empty_elements(document.tree)
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
        twice = [key for key, number in Counter(identifiers).items() if number > 1]
        self.tally.note("eindeutig", (Problem(key, None, "eindeutig", "kommt mehrmals vor") for key in twice))
        found = rules.of_settings(self.settings)
        self.tally.note("angaben", (Problem("params.yaml", None, "angaben", why, mild) for why, mild in found))


def fingerprint(key: str, folder: Path) -> str:
    """The SHA-256 of a schema's first file, shortened: which edition was checked against."""
    return hashlib.sha256((folder / SCHEMAS[key].files[0]).read_bytes()).hexdigest()[:16]
