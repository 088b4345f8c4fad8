"""The announced events of all releases -> one iCalendar file (RFC 5545).

Mapping in docs/archive.md. The time stamp of an event is its release's publication date, its identifier comes from
release and place in the text: nothing depends on the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import icalendar

from pipeline.archive.description import Description
from pipeline.archive.oai_records import day
from pipeline.archive.parts import Facts, Part
from pipeline.archive.settings import ArchiveParams
from pipeline.core import berlin
from pipeline.core import records as r


def part(d: Description, _settings: ArchiveParams) -> Part | None:
    """The events of one release, by their place in the text."""
    found = [_event(row, d) for row in d.events]
    return Part((d.release.release_id,), b"".join(event.to_ical() for event in found)) if found else None


def join(parts: Iterator[Part], _facts: Facts, settings: ArchiveParams) -> Iterator[bytes]:
    """Events -> the calendar."""
    head = _head(settings)
    end = head.rindex(b"END:VCALENDAR")
    yield head[:end]
    yield from (one.content for one in parts)
    yield head[end:]


def _head(settings: ArchiveParams) -> bytes:
    found = icalendar.Calendar()
    found.add("prodid", "-//Presselese//Archiv//DE")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("x-wr-calname", berlin.plain(f"{settings.holding}: Termine"))
    found.add_component(berlin.timezone())
    return bytes(found.to_ical())


def uid(row: r.Event, d: Description) -> str:
    """What an event is called wherever the package names it: release, place in the text, begin."""
    return f"{d.identifier}-{row.start}-{row.begin}"


def _event(row: r.Event, d: Description) -> Any:
    found = icalendar.Event()
    found.add("uid", uid(row, d))
    found.add("dtstamp", datetime.combine(date.fromisoformat(day(d.release.published)), datetime.min.time(), UTC))
    found.add("dtstart", berlin.moment(row.begin))
    if row.finish is not None:
        found.add("dtend", berlin.finish(row.finish))
    found.add("summary", berlin.plain(row.title))
    if row.place:
        found.add("location", berlin.plain(row.place))
    found.add("description", berlin.plain(f"Aus: {d.release.title} ({d.release.issuer or 'ohne Herausgeber'})"))
    found.add("related-to", d.identifier)
    found.add("transp", "TRANSPARENT")  # somebody else's date keeps nobody busy
    return found
