"""The list of formats: how a description becomes a file.

A format makes one file a release (``PerRelease``) or one file of all releases (``Joined``). A new format is a
module with one function and a line in one of the two tables below; its mapping stands in docs/archive.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.archive import (
    calendar,
    delta_state,
    dublin_core,
    ead,
    json_ld,
    mets,
    ninjs,
    premis,
    spreadsheets,
    tei,
)
from pipeline.archive.description import Description
from pipeline.archive.parts import Facts, Part
from pipeline.archive.settings import ArchiveParams


@dataclass(frozen=True, slots=True)
class PerRelease:
    """A format of one file a release: ``<folder>/<release_id><suffix>``."""

    name: str
    folder: str
    suffix: str
    media_type: str
    render: Callable[[Description, ArchiveParams], bytes]
    schemas: tuple[str, ...] = ()  # keys of schemas.SCHEMAS

    def path(self, description: Description) -> str:
        """Where the file lies below the year's folder."""
        return f"{self.folder}/{description.release.release_id}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Joined:
    """A format of one file of all releases; parts are made apart, sorted by key, and joined as they stream by."""

    name: str
    path: str  # below the folder of the holding
    media_type: str
    part: Callable[[Description, ArchiveParams], Part | None]
    join: Callable[[Iterator[Part], Facts, ArchiveParams], Iterator[bytes]]
    entry: tuple[str, ...] = ()  # keys of schemas.SCHEMAS: of a part, of the file without parts, of the whole
    frame: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


PER_RELEASE: tuple[PerRelease, ...] = (
    PerRelease("Dublin Core", "dc", ".xml", "application/xml", dublin_core.to_xml, ("oai_dc",)),
    PerRelease("METS/MODS", "mets", ".xml", "application/mets+xml", mets.to_xml, ("mets", "mets_ddb")),
    PerRelease("TEI P5", "tei", ".xml", "application/tei+xml", tei.to_xml, ("tei",)),
    PerRelease("ninjs 3", "ninjs", ".json", "application/json", ninjs.to_json, ("ninjs",)),
    PerRelease("PREMIS", "premis", ".xml", "application/xml", premis.to_xml, ("premis",)),
    PerRelease("JSON-LD", "jsonld", ".jsonld", "application/ld+json", json_ld.to_json, ("schema_org",)),
)
JOINED: tuple[Joined, ...] = (
    Joined(
        "EAD(DDB)", "ead/findbuch.xml", "application/xml", ead.part, ead.join,
        entry=("ead_entry",), frame=("ead_frame",), whole=("ead_whole",),
    ),
    Joined("iCalendar", "ics/termine.ics", "text/calendar", calendar.part, calendar.join),
    Joined("Stand", delta_state.PATH, "text/csv", delta_state.part, delta_state.join),
    Joined("CSV", "csv/pressemitteilungen.csv", "text/csv", spreadsheets.release_part, spreadsheets.join_releases),
)  # fmt: skip
