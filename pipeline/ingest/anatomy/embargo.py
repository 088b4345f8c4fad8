"""Until when a release was not to be published."""

from __future__ import annotations

import re

from pipeline.ingest import cues
from pipeline.ingest.anatomy import dates
from pipeline.ingest.anatomy.lines import Line

_TIME = re.compile(r"(?<![\d.])(\d{1,2})(?:[:.](\d{2}))? ?Uhr|(?<![\d.:])(\d{1,2}):(\d{2})(?![\d:])")
_TOP = 25


def embargo(found: list[Line]) -> str | None:
    """The lines of a release -> the end of its embargo, ``2022-05-12T11:00`` or without time; None without one."""
    for line, following in zip(found[:_TOP], [*found[1 : _TOP + 1], None], strict=False):
        cue = cues.match("embargo", line.text)
        if cue is None or len(line.text) > 200:
            continue
        text = line.text + (" " + following.text[:80] if following else "")
        day = next((date for date in dates.find(text) if date.is_day), None)
        if day:
            return _with_time(day.value, _TIME.search(text, day.end) or _TIME.search(line.text))
    return None


def _with_time(day: str, time: re.Match[str] | None) -> str:
    if time is None:
        return day
    hour, minute = int(time[1] or time[3]), time[2] or time[4] or "00"
    return f"{day}T{hour:02d}:{minute}" if hour < 24 and int(minute) < 60 else day
