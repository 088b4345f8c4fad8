"""The announced events -> one iCalendar file (RFC 5545) that every calendar program takes in.

Nothing in it depends on the clock or the machine: the time stamp of an event is its release's publication date,
its identifier comes from release and place in the text. The rules of summer time are written here, because
those that a library takes from the system differ between systems.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from pipeline.core.records import Event
from pipeline.report.corpus import Corpus
from pipeline.report.dated import Dated, entries
from pipeline.report.quoting import Quoting, source

_ZONE = ZoneInfo("Europe/Berlin")
_LAST_SEPTEMBER = datetime(1995, 9, 24, 1, tzinfo=UTC)
# (name, begin, offset before, offset from then on, yearly rule): since 1996 as in all of the EU, before it as in
# both German states since 1980
_SHIFTS: tuple[tuple[str, str, int, int, dict[str, Any]], ...] = (
    ("CEST", "1980-04-06T02:00", 1, 2, {}),
    ("CEST", "1981-03-29T02:00", 1, 2, {"freq": "yearly", "bymonth": 3, "byday": "-1SU"}),
    ("CET", "1980-09-28T03:00", 2, 1, {"freq": "yearly", "bymonth": 9, "byday": "-1SU", "until": _LAST_SEPTEMBER}),
    ("CET", "1996-10-27T03:00", 2, 1, {"freq": "yearly", "bymonth": 10, "byday": "-1SU"}),
)


def calendar(corpus: Corpus, quoting: Quoting, title: str) -> Iterator[str]:
    """The file in pieces: the head, one event after the other, the end."""
    head = _head(title)
    end = head.rindex("END:VCALENDAR")
    yield head[:end]
    for entry in entries(corpus):
        yield _text(_event(entry, quoting))
    yield head[end:]


def _text(component: Any) -> str:
    return str(component.to_ical().decode("utf-8"))


def _head(title: str) -> str:
    found = icalendar.Calendar()
    found.add("prodid", "-//Presselese//Termine//DE")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", f"{title}: Termine")
    found.add_component(_berlin())
    return _text(found)


@cache
def _berlin() -> Any:
    zone = icalendar.Timezone()
    zone.add("tzid", _ZONE.key)
    for name, begin, before, after, rule in _SHIFTS:
        part = icalendar.TimezoneDaylight() if name == "CEST" else icalendar.TimezoneStandard()
        part.add("dtstart", datetime.fromisoformat(begin))
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("tzname", name)
        if rule:
            part.add("rrule", rule)
        zone.add_component(part)
    return zone


def _event(entry: Dated, quoting: Quoting) -> Any:
    row, head = entry
    found = icalendar.Event()
    found.add("uid", f"{row.release_id}-{row.start}@presselese")
    found.add("dtstamp", _stamp(head.published))
    found.add("dtstart", _moment(row.begin))
    if (finish := _finish(row)) is not None:
        found.add("dtend", finish)
    found.add("summary", _plain(row.title))
    if row.place:
        found.add("location", _plain(row.place))
    found.add("description", _plain(_description(entry, quoting)))
    found.add("transp", "TRANSPARENT")  # somebody else's date keeps nobody busy
    return found


def _plain(text: str) -> str:
    r"""A text whose ``\N`` stays two characters: the library takes it for the end of a line, but not ``\n``."""
    return text.replace("\\N", "\\n")


def _description(entry: Dated, quoting: Quoting) -> str:
    row, head = entry
    sentence = "".join(bit.text for bit in quoting.quote(head, row.start).bits)
    return f"{sentence}\n\nAus: {head.title} ({source(head)})\nIm Bericht: {quoting.link(head, row.start)}"


def _stamp(published: str) -> datetime:
    """A publication date of any precision -> its first moment."""
    year, month, day = (*map(int, published[:10].split("-")), 1, 1)[:3]
    return datetime(year, month, day, tzinfo=UTC)


def _moment(text: str) -> date:
    """A day, or a moment in the time of the place; releases are German, their clocks show Berlin time."""
    if len(text) == 10:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).replace(tzinfo=_ZONE)


def _finish(row: Event) -> date | None:
    """The end as calendars count it: days end before the day after; an event without an end has none."""
    if row.finish is None:
        return None
    finish = _moment(row.finish)
    return finish if isinstance(finish, datetime) else finish + timedelta(1)
