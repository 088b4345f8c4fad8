"""A register and the correction ledger -> the corrected register, and what became of each line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.core.records import CorrectionResult
from pipeline.register.draft import Draft, Entry
from pipeline.register.ledger import TYPES, Correction, Faulty
from pipeline.register.names import fold

HIDDEN = "(Privatperson)"
Outcome = tuple[str, str]  # status, message without the line


@dataclass(slots=True)
class _Results:
    """Results so far; a later line may overrule an earlier one."""

    rows: dict[int, CorrectionResult]

    def add(self, row: Correction | Faulty, status: str, message: str) -> None:
        # the report shows these rows: the name of a private person must not come back through them
        target = HIDDEN if row.action == "private" else row.target
        self.rows[row.line] = CorrectionResult(row.line, row.action, target, status, message)

    def overrule(self, line: int, by: int) -> None:
        old = self.rows[line]
        message = f"Zeile {line}: Aufgehoben durch Zeile {by}, die für „{old.target}“ etwas anderes bestimmt."
        self.rows[line] = CorrectionResult(line, old.action, old.target, "contradicted", message)


def apply(draft: Draft, ledger: Sequence[Correction | Faulty]) -> list[CorrectionResult]:
    """Carry out the ledger in its order, changing ``draft``; of two contradicting lines the later wins."""
    results = _Results({})
    for row in ledger:
        if isinstance(row, Faulty):
            results.add(row, "faulty", row.message_de)
            continue
        status, message = _apply_one(draft, row, results)
        results.add(row, status, f"Zeile {row.line}: {message}")
    return [results.rows[line] for line in sorted(results.rows)]


def _apply_one(draft: Draft, row: Correction, results: _Results) -> Outcome:
    found = draft.find(row.type, row.target)
    if not found:
        return _missing(draft, row, row.target)
    if len(found) > 1:
        ids = ", ".join(sorted(entry.entity_id for entry in found)[:5])
        return "faulty", f"„{row.target}“ ist nicht eindeutig; schreiben Sie statt des Namens eine Kennung: {ids}."
    return _ACTIONS[row.action](draft, found[0], row, results)


def _missing(draft: Draft, row: Correction, name: str) -> Outcome:
    shown = HIDDEN if row.action == "private" else f"„{name}“"
    if line := draft.gone(row.type, name):
        return "contradicted", f"{shown} hat schon Zeile {line} aus dem Register genommen."
    return "unused", f"{shown} kommt in den Mitteilungen nicht vor; die Zeile bleibt wirkungslos."


def _merge(draft: Draft, entry: Entry, row: Correction, results: _Results) -> Outcome:
    del results
    into = draft.find(row.type, row.value)
    if not into:
        return _missing(draft, row, row.value)
    if len(into) > 1:
        return "faulty", f"„{row.value}“ ist nicht eindeutig; schreiben Sie statt des Namens seine Kennung."
    if into[0] is entry:
        return "unused", f"„{row.target}“ und „{row.value}“ sind schon ein Eintrag."
    draft.join(entry, into[0], row.line)
    return "applied", f"„{row.target}“ gehört jetzt zu „{into[0].name}“."


def _rename(draft: Draft, entry: Entry, row: Correction, results: _Results) -> Outcome:
    others = [other for other in draft.find(row.type, row.value) if other is not entry and other.name == row.value]
    if others:
        return "contradicted", f"Es gibt schon einen Eintrag „{row.value}“; zum Zusammenführen dient merge."
    _decide(entry, row, results)
    draft.rename(entry, row.value)
    return "applied", f"„{row.target}“ heißt jetzt „{row.value}“."


def _reject(draft: Draft, entry: Entry, row: Correction, results: _Results) -> Outcome:
    del results
    draft.remove(entry, row.line)
    return "applied", f"„{row.target}“ steht nicht mehr im Register."


def _private(draft: Draft, entry: Entry, row: Correction, results: _Results) -> Outcome:
    del results
    draft.remove(entry, row.line)
    return "applied", "Die Person ist als Privatperson gekennzeichnet und steht in keinem Register."


def _relabel(draft: Draft, entry: Entry, row: Correction, results: _Results) -> Outcome:
    kind = TYPES[fold(row.value)]
    if kind == entry.type:
        return "unused", f"„{row.target}“ hat diese Art schon."
    _decide(entry, row, results)
    draft.relabel(entry, kind, row.line)
    return "applied", f"„{row.target}“ zählt jetzt zur Art {kind}."


def _set_role(draft: Draft, entry: Entry, row: Correction, results: _Results) -> Outcome:
    del draft
    _decide(entry, row, results)
    entry.role = row.value or None
    return "applied", f"Das Amt von „{row.target}“ ist jetzt „{row.value or 'ohne Angabe'}“."


def _decide(entry: Entry, row: Correction, results: _Results) -> None:
    """Note which line decided what, and overrule the line that had decided it otherwise."""
    if (before := entry.touched.get(row.action)) is not None:
        results.overrule(before, row.line)
    entry.touched[row.action] = row.line


_ACTIONS: dict[str, Callable[[Draft, Entry, Correction, _Results], Outcome]] = {
    "merge": _merge,
    "rename": _rename,
    "reject": _reject,
    "private": _private,
    "relabel": _relabel,
    "set_role": _set_role,
}
