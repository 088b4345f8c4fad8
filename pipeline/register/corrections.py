"""A register and the correction ledger -> the corrected register, and what became of each line.

Lines are carried out by kind, in the order of PHASES, and a line whose name is not there yet waits for the others:
so the order of lines matters only where two contradict each other (:mod:`.contradictions`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.core.records import CorrectionResult
from pipeline.register import authority
from pipeline.register.clusters import Member, Releases, best_name
from pipeline.register.contradictions import verdicts
from pipeline.register.draft import Draft, Entry
from pipeline.register.ledger import TYPES, Correction, Faulty
from pipeline.register.names import fold

HIDDEN = "(Privatperson)"
PHASES = ("split", "relabel", "merge", "rename", "set_role", "set_authority", "private", "reject")
_NAMING = frozenset({"split", "relabel", "merge", "rename"})  # what changes ids
Outcome = tuple[str, str]  # status, message without the line


def apply(draft: Draft, ledger: Sequence[Correction | Faulty], releases: Releases) -> list[CorrectionResult]:
    """Carry out the ledger, changing ``draft``; every line has a result, in the order of the file."""
    sound = [row for row in ledger if isinstance(row, Correction)]
    outcomes: dict[int, Outcome] = {
        row.line: ("faulty", row.message_de) for row in ledger if isinstance(row, Faulty)
    }
    found = verdicts(draft, sound)
    for row in sound:
        if row.action == "private":
            continue  # whoever else says what: privacy holds
        if (by := found.overruled.get(row.line)) is not None:
            text = f"Aufgehoben durch Zeile {by}, die für „{row.target}“ etwas anderes bestimmt."
            outcomes[row.line] = "contradicted", f"Zeile {row.line}: {text}"
        elif (by := found.repeated.get(row.line)) is not None:
            outcomes[row.line] = "unused", f"Zeile {row.line}: Sagt dasselbe wie Zeile {by}."
    _carry_out(draft, [row for row in sound if row.line not in outcomes], outcomes, releases)
    return [CorrectionResult(row.line, row.action, _shown(row), *outcomes[row.line]) for row in ledger]


def _shown(row: Correction | Faulty) -> str:
    # the report shows results: the name of a private person must not come back through them
    return HIDDEN if row.action == "private" else row.target


def _carry_out(draft: Draft, rows: Sequence[Correction], outcomes: dict[int, Outcome], releases: Releases) -> None:
    """Phase by phase, again while waiting lines find what they are about, each line once."""
    waiting = sorted(rows, key=lambda row: (PHASES.index(row.action), row.line))
    while waiting:
        left = []
        for phase in PHASES:
            for row in (row for row in waiting if row.action == phase):
                status, message = _apply_one(draft, row, releases)
                outcomes[row.line] = status, f"Zeile {row.line}: {message}"
                left += [row] if status == "unused" and not _present(draft, row) else []
            if phase in _NAMING and any(row.action == phase for row in waiting):
                draft.renumber()
        if len(left) == len(waiting):
            return
        waiting = left


def _present(draft: Draft, row: Correction) -> bool:
    names = (row.target, row.value) if row.action == "merge" else (row.target,)
    return all(draft.find(row.type, name) for name in names)


def _apply_one(draft: Draft, row: Correction, releases: Releases) -> Outcome:
    found = draft.find(row.type, row.target)
    if not found:
        return _missing(draft, row, row.target)
    if len(found) > 1:
        ids = ", ".join(sorted(entry.entity_id for entry in found)[:5])
        return "faulty", f"{_name(row)} ist nicht eindeutig; schreiben Sie statt des Namens eine Kennung: {ids}."
    if row.action == "split":
        return _split(draft, found[0], row, releases)
    return _ACTIONS[row.action](draft, found[0], row)


def _name(row: Correction) -> str:
    return HIDDEN if row.action == "private" else f"„{row.target}“"


def _missing(draft: Draft, row: Correction, name: str) -> Outcome:
    shown = HIDDEN if row.action == "private" else f"„{name}“"
    if line := draft.gone(row.type, name):
        return "contradicted", f"{shown} hat schon Zeile {line} aus dem Register genommen."
    return "unused", f"{shown} kommt in den Mitteilungen nicht vor; die Zeile bleibt wirkungslos."


@dataclass(frozen=True, slots=True)
class _Part:
    """Which mentions a line ``split`` means: forms of the name, releases, raw files or issuers."""

    words: frozenset[str]
    releases: Releases

    def __call__(self, member: Member) -> bool:
        mention, release = member.mention, self.releases[member.mention.release_id]
        said = (mention.text, mention.name, release.release_id, release.source_path, release.issuer or "")
        return not self.words.isdisjoint(map(fold, said))


def _split(draft: Draft, entry: Entry, row: Correction, releases: Releases) -> Outcome:
    which, _, name = (part.strip() for part in row.value.partition(" = "))
    part = _Part(frozenset(fold(word) for word in which.split("|")) - {""}, releases)
    name = (
        name or best_name(m.mention.name for m in entry.members if part(m))
        if any(map(part, entry.members))
        else ""
    )
    moved = draft.split(entry, part, name, row.line)
    if moved < 0:
        return "unused", f"„{which}“ trifft auf alle Nennungen von „{row.target}“ zu; zum Umbenennen dient rename."
    if not moved:
        return "unused", f"„{which}“ trifft auf keine Nennung von „{row.target}“ zu."
    return "applied", f"{moved} Nennungen von „{row.target}“ gehören jetzt zu einem eigenen Eintrag „{name}“."


def _merge(draft: Draft, entry: Entry, row: Correction) -> Outcome:
    into = draft.find(row.type, row.value)
    if not into:
        return _missing(draft, row, row.value)
    if len(into) > 1:
        return "faulty", f"„{row.value}“ ist nicht eindeutig; schreiben Sie statt des Namens seine Kennung."
    if into[0] is entry:
        return "unused", f"„{row.target}“ und „{row.value}“ sind schon ein Eintrag."
    draft.join(entry, into[0], row.line)
    return "applied", f"„{row.target}“ gehört jetzt zu „{into[0].name}“."


def _rename(draft: Draft, entry: Entry, row: Correction) -> Outcome:
    if line := draft.joined(row.type, row.target):
        return "contradicted", f"„{row.target}“ hat schon Zeile {line} einem anderen Eintrag zugeschlagen."
    others = [other for other in draft.find(row.type, row.value) if other is not entry and other.name == row.value]
    if others:
        return "contradicted", f"Es gibt schon einen Eintrag „{row.value}“; zum Zusammenführen dient merge."
    if entry.name == row.value:
        return "unused", f"Der Eintrag heißt schon „{row.value}“."
    draft.rename(entry, row.value)
    return "applied", f"„{row.target}“ heißt jetzt „{row.value}“."


def _reject(draft: Draft, entry: Entry, row: Correction) -> Outcome:
    if line := draft.joined(row.type, row.target):
        return "contradicted", f"„{row.target}“ hat schon Zeile {line} einem anderen Eintrag zugeschlagen."
    draft.remove(entry, row.line)
    return "applied", f"„{row.target}“ steht nicht mehr im Register."


def _private(draft: Draft, entry: Entry, row: Correction) -> Outcome:
    del draft
    entry.private_line = entry.private_line or row.line
    return "applied", "Die Person ist als Privatperson gekennzeichnet und steht in keinem Register."


def _relabel(draft: Draft, entry: Entry, row: Correction) -> Outcome:
    kind = TYPES[fold(row.value)]
    if kind == entry.type:
        return "unused", f"„{row.target}“ hat diese Art schon."
    draft.relabel(entry, kind, row.line)
    return "applied", f"„{row.target}“ zählt jetzt zur Art {kind}."


def _set_role(draft: Draft, entry: Entry, row: Correction) -> Outcome:
    del draft
    entry.role, entry.role_line = row.value or None, row.line
    return "applied", f"Das Amt von „{row.target}“ ist jetzt „{row.value or 'ohne Angabe'}“."


def _set_authority(draft: Draft, entry: Entry, row: Correction) -> Outcome:
    del draft
    scheme, value = authority.read_id(row.value) or ("", "")
    if not scheme:
        entry.authority |= dict.fromkeys(("gnd", "wikidata", "geonames"))
        return "applied", f"„{row.target}“ hat keine Kennung."
    entry.authority[scheme] = value
    return "applied", f"„{row.target}“ hat jetzt die Kennung {scheme}:{value}."


_ACTIONS: dict[str, Callable[[Draft, Entry, Correction], Outcome]] = {
    "merge": _merge,
    "rename": _rename,
    "reject": _reject,
    "private": _private,
    "relabel": _relabel,
    "set_role": _set_role,
    "set_authority": _set_authority,
}


def mask(
    results: Iterable[CorrectionResult], ledger: Sequence[Correction | Faulty], left_out: Iterable[Entry]
) -> list[CorrectionResult]:
    """Results without the names of persons that stay out of the register."""
    hidden = {form for e in left_out for form in (*e.forms, fold(e.entity_id))}
    named = {row.line: row for row in ledger if isinstance(row, Correction) and row.type == "person"}
    return [
        _masked(result) if row and not hidden.isdisjoint({fold(row.target), fold(row.value)}) else result
        for result in results
        for row in [named.get(result.row)]
    ]


def _masked(result: CorrectionResult) -> CorrectionResult:
    if result.action == "private":
        return result
    text = f"Zeile {result.row}: Die Zeile betrifft eine Person, die als Privatperson nicht im Register steht."
    return CorrectionResult(result.row, result.action, HIDDEN, result.status, text)
