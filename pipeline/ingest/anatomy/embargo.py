"""Until when a release was not to be published."""

from __future__ import annotations

import re

from pipeline.ingest import cues
from pipeline.ingest.anatomy import dates
from pipeline.ingest.anatomy.lines import Line

_TIME = re.compile(r"(?<![\d.])(\d{1,2})(?:[:.](\d{2}))? ?Uhr")
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
            time = _TIME.search(text, day.end)
            return f"{day.value}T{int(time[1]):02d}:{time[2] or '00'}" if time and int(time[1]) < 24 else day.value
    return None
