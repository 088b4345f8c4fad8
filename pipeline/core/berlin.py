"""Calendar files (RFC 5545): days and moments of events in the time of Berlin.

The rules of summer time are written here: those that a library takes from the system differ between systems.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

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


@cache
def timezone() -> Any:
    """The VTIMEZONE of Berlin since 1980."""
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


def moment(text: str) -> date:
    """A day, or a moment in the time of the place; releases are German, their clocks show Berlin time."""
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).replace(tzinfo=_ZONE)


def finish(text: str) -> date:
    """An end as calendars count it: days end before the day after."""
    when = moment(text)
    return when if isinstance(when, datetime) else when + timedelta(1)


def plain(text: str) -> str:
    r"""A text whose ``\N`` stays two characters: the library takes it for the end of a line, but not ``\n``."""
    return "".join(char for char in text if char >= " " or char in "\t\n").replace("\\N", "\\n")
