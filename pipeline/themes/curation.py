"""``data/curation/themes.csv``: what people call themes. Their word wins over every rule and earlier run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.core.errors import InputError
from pipeline.core.records import CorrectionResult
from pipeline.core.text import fold

COLUMNS = ("theme", "label", "id", "reason", "who", "when")
_GERMAN = {"thema": "theme", "name": "label", "bezeichnung": "label", "kennung": "id"}
_ID = re.compile(r"[a-z][a-z0-9_-]{1,59}")


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the file."""

    line: int
    target: str
    label: str
    theme_id: str


@dataclass(frozen=True, slots=True)
class Named:
    """A theme with its id and name, and what else it is known as."""

    theme_id: str
    scheme: str
    label: str
    label_by: str
    aliases: tuple[str, ...] = ()

    def is_called(self, text: str) -> bool:
        """Whether a person who writes ``text`` means this theme."""
        return fold(text) in {fold(name) for name in (self.theme_id, self.label, *self.aliases)}


def parse(data: bytes, place: str) -> list[Decision]:
    """The bytes of the file -> its rows that are not empty; German heads, semicolons and old encodings are known.

    Raises InputError naming the column that is missing.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return list(_rows(text, place))


def _rows(text: str, place: str) -> Iterator[Decision]:
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    names = [_GERMAN.get(fold(cell), fold(cell)) for cell in next(reader, [])]
    if missing := [name for name in COLUMNS[:3] if name not in names]:
        raise InputError(f"{place}: column {missing[0]} is missing; the header must be {','.join(COLUMNS)}")
    try:
        for cells in reader:
            row = dict(zip(names, (" ".join(cell.split()) for cell in cells), strict=False))
            if any(row.values()):
                yield Decision(reader.line_num, row.get("theme", ""), row.get("label", ""), row.get("id", ""))
    except csv.Error as error:
        raise InputError(f"{place}: line {reader.line_num}: is not CSV: {error}; save the table anew") from None


def decide(decisions: Sequence[Decision], themes: Sequence[Named]) -> tuple[list[Named], list[CorrectionResult]]:
    """Decisions and themes -> the themes as people want them, in their order, and what became of each row.

    Of two rows about one theme the lower one counts.
    """
    now = list(themes)
    results: dict[int, CorrectionResult] = {}
    settled: dict[int, int] = {}  # theme -> the row that decided it
    for row in reversed(decisions):
        found = [i for i, theme in enumerate(themes) if theme.is_called(row.target)]
        status, message = _judge(row, found, now, settled)
        if status == "applied":
            settled[found[0]] = row.line
            now[found[0]] = _renamed(now[found[0]], row)
        results[row.line] = CorrectionResult(row.line, "theme", row.target, status, message)
    return now, [results[row.line] for row in decisions]


def _judge(row: Decision, found: Sequence[int], now: Sequence[Named], settled: dict[int, int]) -> tuple[str, str]:
    """The status of a row and what to say about it."""
    where = f"Zeile {row.line}: "
    if not row.target or not (row.label or row.theme_id):
        return "faulty", where + "Es fehlt das Thema, oder sein neuer Name und seine neue Kennung."
    if not found:
        return "unused", where + f"Ein Thema „{row.target}“ gibt es in diesem Lauf nicht."
    if len(found) > 1:
        ids = ", ".join(now[i].theme_id for i in found)
        return "faulty", where + f"„{row.target}“ heißen mehrere Themen; schreiben Sie eine der Kennungen: {ids}."
    if found[0] in settled:
        return "contradicted", where + f"Zeile {settled[found[0]]} bestimmt dasselbe Thema."
    if row.theme_id:
        return _judge_id(row, found[0], now, where)
    return "applied", where + "ausgeführt."


def _judge_id(row: Decision, at: int, now: Sequence[Named], where: str) -> tuple[str, str]:
    if now[at].scheme == "guided":
        return "faulty", where + "Die Kennung eines vorgegebenen Themas steht in pipeline/themes/scheme.toml."
    if not _ID.fullmatch(row.theme_id):
        return (
            "faulty",
            where + "Eine Kennung hat kleine Buchstaben, Ziffern, - und _ und beginnt mit einem Buchstaben.",
        )
    if any(theme.theme_id == row.theme_id for i, theme in enumerate(now) if i != at):
        return "contradicted", where + f"Die Kennung „{row.theme_id}“ hat schon ein anderes Thema."
    return "applied", where + "ausgeführt."


def _renamed(theme: Named, row: Decision) -> Named:
    label_by = f"correction:{row.line}" if row.label else theme.label_by
    return replace(
        theme, theme_id=row.theme_id or theme.theme_id, label=row.label or theme.label, label_by=label_by
    )
