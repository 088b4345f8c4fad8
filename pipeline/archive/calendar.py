"""The announced events of all releases -> one iCalendar file (RFC 5545).

Mapping in docs/archive.md. The time stamp of an event is its release's publication date, its identifier comes from
release and place in the text: nothing depends on the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import icalendar

from pipeline.archive.description import Description
from pipeline.archive.oai_records import day
from pipeline.archive.parts import Facts, Part
from pipeline.archive.settings import ArchiveParams
from pipeline.core import berlin
from pipeline.core import records as r

_WIDTH = 74


def part(d: Description, _settings: ArchiveParams) -> Part | None:
    """The events of one release, by their place in the text."""
    found = [line for row in d.events for line in _event(row, d)]
    return Part((d.release.release_id,), "".join(map(_folded, found)).encode()) if found else None


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


def _event(row: r.Event, d: Description) -> Iterator[str]:
    """The lines of an event; the library takes ten times as long to make the same."""
    stamp = date.fromisoformat(day(d.release.published)).isoformat().replace("-", "")
    about = f"Aus: {d.release.title} ({d.release.issuer or 'ohne Herausgeber'})"
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{_text(row.title)}"
    yield f"DTSTART{_moment(berlin.moment(row.begin))}"
    if row.finish is not None:
        yield f"DTEND{_moment(berlin.finish(row.finish))}"
    yield f"DTSTAMP:{stamp}T000000Z"
    yield f"UID:{_escaped(uid(row, d))}"
    yield f"DESCRIPTION:{_text(about)}"
    if row.place:
        yield f"LOCATION:{_text(row.place)}"
    yield f"RELATED-TO:{_escaped(d.identifier)}"
    yield "TRANSP:TRANSPARENT"  # somebody else's date keeps nobody busy
    yield "END:VEVENT"


def _moment(when: date) -> str:
    digits = when.isoformat()[:19].replace("-", "").replace(":", "")
    return f";TZID=Europe/Berlin:{digits}" if isinstance(when, datetime) else f";VALUE=DATE:{digits}"


def _text(value: str) -> str:
    return _escaped(berlin.plain(value))


def _escaped(value: str) -> str:
    """A text as RFC 5545 writes it (section 3.3.11); a control character would end its line."""
    plain = "".join(sign for sign in value if sign >= " " or sign in "\t\n")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line with its end, folded before the 75th byte (section 3.1), never inside a letter or an escape."""
    data, start, pieces = line.encode("utf-8", "replace"), 0, []
    while len(data) - start > _WIDTH:
        end = start + _WIDTH
        while data[end] & 0xC0 == 0x80:  # a byte inside a letter
            end -= 1
        if data[end - 1 : end] in (b"\\", b"^"):
            end -= 1
        pieces.append(data[start:end])
        start = end
    return b"\r\n ".join([*pieces, data[start:]]).decode() + "\r\n"
