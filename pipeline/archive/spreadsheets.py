"""Descriptions and registers -> CSV files that open in a spreadsheet: UTF-8 with BOM, semicolons, German heads.

A cell that a spreadsheet would run as a formula is disarmed with an apostrophe (OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from pipeline.archive.description import Description
from pipeline.archive.dublin_core import identifier
from pipeline.archive.settings import ArchiveParams
from pipeline.core import records as r

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_RELEASE_HEAD = (
    "Kennung", "Titel", "Herausgeber", "Nummer", "Datum", "Datum aus", "Ort", "Sperrfrist", "Themen",
    "Personen", "Orte", "Organisationen", "Initiativen", "Ersetzt", "Datei", "SHA-256",
)  # fmt: skip
_ENTITY_HEAD = (
    "Kennung", "Art", "Name", "Titel", "Funktion", "Gattung", "Weitere Formen", "Nennungen", "Mitteilungen",
    "Erste Nennung", "Letzte Nennung", "Region", "AGS", "GeoNames",
)  # fmt: skip


def releases_csv(descriptions: Iterable[Description], settings: ArchiveParams) -> bytes:
    """A row per release."""
    return _csv(_RELEASE_HEAD, (_release_row(d, settings) for d in descriptions))


def entities_csv(entities: Iterable[r.Entity], *, include_persons: bool) -> bytes:
    """A row per register entry, by type and name."""
    kept = (e for e in entities if include_persons or e.type != "person")
    return _csv(_ENTITY_HEAD, (_entity_row(e) for e in sorted(kept, key=lambda e: (e.type, e.name, e.entity_id))))


def _release_row(d: Description, settings: ArchiveParams) -> list[str | None]:
    release = d.release
    return [
        identifier(release.release_id, settings), release.title, release.issuer, release.number,
        release.published, release.published_basis, release.dateline_place, release.embargo, _join(d.themes),
        _join(d.names("person")), _join(d.names("place")), _join(d.names("organisation")),
        _join(d.names("initiative")), _join(identifier(i, settings) for i in d.replaces),
        release.source_path, release.source_sha256,
    ]  # fmt: skip


def _entity_row(e: r.Entity) -> list[str | None]:
    return [
        e.entity_id, e.type, e.name, e.title, e.role, e.kind, _join(e.variants), str(e.n_mentions),
        str(e.n_releases), e.first, e.last, e.region, e.ags, str(e.geonames_id) if e.geonames_id else None,
    ]  # fmt: skip


def _join(values: Iterable[str]) -> str:
    return " | ".join(values)


def _csv(head: Sequence[str], rows: Iterable[Sequence[str | None]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([disarm(cell or "") for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def disarm(cell: str) -> str:
    """A cell's text -> the same text that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
