"""The exported files -> the finished package: what changed since the last delivery, provenance, index, bags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from pipeline.archive import bag, delta, delta_log, delta_state, oai_records, prov, rows, spreadsheets, sums
from pipeline.archive.delta_log import Entry
from pipeline.archive.delta_state import State
from pipeline.archive.package import HELD, REPORT, Package, sweep
from pipeline.archive.selection import Selection
from pipeline.archive.settings import ArchiveParams
from pipeline.core import tables as t

ERASED = Path("data/curation/erased.csv")
CHANGES, NEXT = "lieferung/aenderungen.csv", "lieferung/naechste.csv"  # below the folder of the holding
_HEAD = ("Kennung", "Was", "Warum", "Jahr")


def finish(package: Package, raw: Path) -> int:
    """Add to the package what tells of it, remove what it does not hold, bag it; the number of files bagged."""
    delivered, erased, chosen = delta_log.load(), _erased(), package.chosen
    states = partial(_states, package.target / HELD / delta_state.PATH)
    entries = delta.compare(states, delivered, delta.Reasons(erased, chosen.held, _rejected()))
    coming = package.put(f"{HELD}/{NEXT}", delta_log.lines(entries))
    package.put(f"{HELD}/{CHANGES}", changes(delta_log.read(coming), package.settings))
    known = delta.beside(states(), delivered.entries())
    is_news = any(True for _ in delta_log.read(coming))
    found = oai_records.records(known, delivered, erased, chosen.facts.last, is_news=is_news)
    package.put(f"{HELD}/{oai_records.RECORDS}", oai_records.to_csv(found))
    named = oai_records.set_names(states()).items()
    package.put(f"{HELD}/{oai_records.SETS}", map(delta_state.line, [("spec", "name"), *named]))
    if package.settings.include_originals:
        bag.copy(package, bag.originals(raw, _sources(chosen)))
    package.put(f"{HELD}/{prov.PATH}", [prov.to_json(prov.read(), package.folders(), package.settings)])
    sweep(package)
    count = bag.bag(package)
    sums.write(package.target, [f"{name}/{bag.TAGS}" for name in package.bags()] + [REPORT])
    return count


def _states(file: Path) -> Iterator[State]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from delta_state.read(lines)


def _sources(chosen: Selection) -> Iterator[tuple[str, str]]:
    """The years and raw files of the releases that travel."""
    number = 0
    for key, path in rows.light(t.RELEASES, "release_id", "source_path"):
        if chosen.ids[number : number + 1] == [key]:
            yield chosen.years[number], path
            number += 1


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
