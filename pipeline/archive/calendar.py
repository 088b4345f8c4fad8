"""The announced events of all releases -> one iCalendar file (RFC 5545).

Mapping in docs/archive.md. The time stamp of an event is its release's publication date, its identifier comes from
release and place in the text: nothing depends on the clock. Summer time is written out since 1980, because what a
library takes from the system differs between systems.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from pipeline.archive.description import Description
from pipeline.archive.oai_records import day
from pipeline.archive.parts import Facts, Part
from pipeline.archive.settings import ArchiveParams
from pipeline.core import records as r

_ZONE = ZoneInfo("Europe/Berlin")
# (name, begin, offset before, offset from then on, yearly rule): EU since 1996, both German states since 1980
_SHIFTS: tuple[tuple[str, str, int, int, dict[str, Any]], ...] = (
    ("CEST", "1980-04-06T02:00", 1, 2, {}),
    ("CEST", "1981-03-29T02:00", 1, 2, {"freq": "yearly", "bymonth": 3, "byday": "-1SU"}),
    ("CET", "1980-09-28T03:00", 2, 1,
     {"freq": "yearly", "bymonth": 9, "byday": "-1SU", "until": datetime(1995, 9, 24, 1, tzinfo=UTC)}),
    ("CET", "1996-10-27T03:00", 2, 1, {"freq": "yearly", "bymonth": 10, "byday": "-1SU"}),
)  # fmt: skip


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
    found.add("x-wr-calname", _plain(f"{settings.holding}: Termine"))
    found.add_component(_berlin())
    return bytes(found.to_ical())


@cache
def _berlin() -> Any:
    zone = icalendar.Timezone()
    zone.add("tzid", _ZONE.key)
    for name, begin, before, after, rule in _SHIFTS:
        shift = icalendar.TimezoneDaylight() if name == "CEST" else icalendar.TimezoneStandard()
        shift.add("dtstart", datetime.fromisoformat(begin))
        shift.add("tzoffsetfrom", timedelta(hours=before))
        shift.add("tzoffsetto", timedelta(hours=after))
        shift.add("tzname", name)
        if rule:
            shift.add("rrule", rule)
        zone.add_component(shift)
    return zone


def _event(row: r.Event, d: Description) -> Any:
    found = icalendar.Event()
    found.add("uid", f"{d.identifier}-{row.start}-{row.begin}")
    found.add("dtstamp", datetime.combine(date.fromisoformat(day(d.release.published)), datetime.min.time(), UTC))
    found.add("dtstart", _moment(row.begin))
    if row.finish is not None:
        finish = _moment(row.finish)
        # days end before the day after
        found.add("dtend", finish if isinstance(finish, datetime) else finish + timedelta(1))
    found.add("summary", _plain(row.title))
    if row.place:
        found.add("location", _plain(row.place))
    found.add("description", _plain(f"Aus: {d.release.title} ({d.release.issuer or 'ohne Herausgeber'})"))
    found.add("related-to", d.identifier)
    found.add("transp", "TRANSPARENT")  # somebody else's date keeps nobody busy
    return found


def _plain(text: str) -> str:
    r"""A text whose ``\N`` stays two characters: the library takes it for the end of a line, but not ``\n``."""
    return "".join(char for char in text if char >= " " or char in "\t\n").replace("\\N", "\\n")


def _moment(text: str) -> date:
    """A day, or a moment in the time of the place; releases are German, their clocks show Berlin time."""
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).replace(tzinfo=_ZONE)
