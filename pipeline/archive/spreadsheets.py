"""Descriptions and registers -> CSV files that open in a spreadsheet: UTF-8 with BOM, semicolons, German heads.

A cell that a spreadsheet would run as a formula is disarmed with an apostrophe (OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator

from pipeline.archive.description import Description
from pipeline.archive.parts import Facts, Part
from pipeline.archive.settings import ArchiveParams
from pipeline.core import records as r
from pipeline.core import words
from pipeline.core.text import disarm

MARK = BOM_UTF8  # without it a spreadsheet takes umlauts for Windows-1252

_RELEASE_HEAD = (
    "Kennung", "Titel", "Herausgeber", "Nummer", "Datum", "Woher das Datum", "Ort", "Sperrfrist", "Themen",
    "Personen", "Orte", "Organisationen", "Initiativen", "Ersetzt", "Datei", "SHA-256", "Gegendarstellungen",
)  # fmt: skip
_ENTITY_HEAD = (
    "Kennung", "Art", "Name", "Titel", "Funktion", "Gattung", "Weitere Formen", "Nennungen", "Mitteilungen",
    "Erste Nennung", "Letzte Nennung", "Region", "AGS", "GeoNames",
)  # fmt: skip


def release_part(d: Description, _settings: ArchiveParams) -> Part:
    """The row of one release; rows are in the order of release_ids."""
    return Part((d.release.release_id,), line(_release_row(d)))


def join_releases(parts: Iterator[Part], _facts: Facts, _settings: ArchiveParams) -> Iterator[bytes]:
    """Rows -> pressemitteilungen.csv."""
    yield from (MARK, line(_RELEASE_HEAD))
    yield from (part.content for part in parts)


def entities_csv(entities: Iterable[r.Entity], settings: ArchiveParams) -> Iterator[bytes]:
    """Register entries by type and name -> register.csv, line by line."""
    yield from (MARK, line(_ENTITY_HEAD))
    for entity in entities:
        private = entity.privacy == "private" and not settings.include_private
        if (settings.include_persons or entity.type != "person") and not private:
            yield line(_entity_row(entity))


def _release_row(d: Description) -> list[str | None]:
    release = d.release
    basis = words.PUBLISHED.get(release.published_basis, release.published_basis)
    return [
        d.identifier, release.title, release.issuer, release.number,
        release.published, basis, release.dateline_place, release.embargo,
        _join(s.label for s in d.subjects),
        _join(d.names("person")), _join(d.names("place")), _join(d.names("organisation")),
        _join(d.names("initiative")), _join(d.replaces),
        release.source_path, release.source_sha256, _join(s.summary for s in d.statements),
    ]  # fmt: skip


def _entity_row(e: r.Entity) -> list[str | None]:
    kind = words.KINDS.get(e.kind or "", e.kind)
    return [
        e.entity_id, words.TYPES[e.type][0], e.name, e.title, e.role, kind, _join(e.variants),
        str(e.n_mentions), str(e.n_releases), e.first, e.last, e.region, e.ags,
        str(e.geonames_id) if e.geonames_id else None,
    ]  # fmt: skip


def _join(values: Iterable[str]) -> str:
    return " | ".join(values)


def line(cells: Iterable[str | None]) -> bytes:
    """Cells -> a line of CSV, formulas disarmed."""
    # no formula begins with a letter or a digit, and most cells are empty or do
    safe = ["" if not cell else cell if cell[0].isalnum() else disarm(cell) for cell in cells]
    text = ";".join(safe)
    # as in delta_state.line
    if text.count(";") == len(safe) - 1 and '"' not in text and text.isprintable():
        return f"{text}\r\n".encode()
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(safe)
    return out.getvalue().encode()
