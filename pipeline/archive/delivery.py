"""The exported files -> the finished package: what changed since the last delivery, provenance, index, bags."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.archive import bag, delta, delta_log, delta_state, oai_records, prov, rows, spreadsheets
from pipeline.archive.delta_log import Entry
from pipeline.archive.selection import Selection
from pipeline.archive.settings import ArchiveParams
from pipeline.core import tables as t

ERASED = Path("data/curation/erased.csv")
CHANGES, NEXT = "lieferung/aenderungen.csv", "lieferung/naechste.csv"
_HEAD = ("Kennung", "Was", "Warum", "Jahr")


def finish(target: Path, raw: Path, chosen: Selection, settings: ArchiveParams) -> int:
    """Add to the folders below ``target`` what tells of them, and bag them; the number of files bagged."""
    holding = target / bag.HOLDING
    delivered, erased = delta_log.load(), _erased()
    states = list(delta_state.read(_lines(holding / delta_state.PATH)))
    reasons = delta.Reasons(erased, chosen.held, _rejected())
    entries = list(delta.compare(states, delivered, reasons))
    _save(holding / NEXT, delta_log.lines(entries))
    _save(holding / CHANGES, changes(entries, settings))
    found = oai_records.records(states, entries, delivered, erased, chosen.facts.last)
    _save(holding / oai_records.RECORDS, oai_records.to_csv(found))
    named = oai_records.set_names(states).items()
    _save(holding / oai_records.SETS, map(delta_state.line, [("spec", "name"), *named]))
    if settings.include_originals:
        known = set(chosen.ids)
        light = rows.light(t.RELEASES, "release_id", "published", "source_path")
        bag.copy(target, bag.originals(raw, [(date[:4], path) for key, date, path in light if key in known]))
    _save(holding / prov.PATH, [prov.to_json(prov.read(), prov.folders(target), settings)])
    return bag.bag(target, chosen, settings)


def changes(entries: Iterable[Entry], settings: ArchiveParams) -> Iterable[bytes]:
    """The entries of the next delivery -> a spreadsheet in German."""
    yield from (spreadsheets.MARK, spreadsheets.line(_HEAD))
    for entry in entries:
        yield spreadsheets.line(
            (settings.identifier_prefix + entry.release_id, entry.status, entry.reason, entry.year)
        )


def _erased() -> dict[str, delta.Erased]:
    return delta.erased(_lines(ERASED)) if ERASED.exists() else {}


def _rejected() -> dict[str, str]:
    return {(row.source_sha256 or "")[:12]: row.reason_de for row in t.REJECTED.read()}


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8-sig").split("\n") if file.exists() else []


def _save(path: Path, content: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        out.writelines(content)
