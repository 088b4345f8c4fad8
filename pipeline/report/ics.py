"""The announced events -> one iCalendar file (RFC 5545) that every calendar program takes in.

Nothing in it depends on the clock or the machine: the time stamp of an event is its release's publication date,
its identifier comes from release and place in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import icalendar

from pipeline.core import berlin
from pipeline.report.corpus import Corpus
from pipeline.report.dated import Dated, entries
from pipeline.report.quoting import Quoting, source

_LONGEST = 74  # bytes of a line


def calendar(corpus: Corpus, quoting: Quoting, title: str) -> Iterator[str]:
    """The file in pieces: the head, one event after the other, the end."""
    head = _head(title)
    end = head.rindex("END:VCALENDAR")
    yield head[:end]
    for entry in entries(corpus):
        yield _event(entry, quoting)
    yield head[end:]


def _head(title: str) -> str:
    found = icalendar.Calendar()
    found.add("prodid", "-//Presselese//Termine//DE")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", f"{title}: Termine")
    found.add_component(berlin.timezone())
    return str(found.to_ical().decode("utf-8"))


def _event(entry: Dated, quoting: Quoting) -> str:
    """One event, spelled here: the library takes a millisecond, and there may be tens of thousands."""
    row, head = entry
    lines = [
        "BEGIN:VEVENT",
        f"SUMMARY:{_escaped(row.title)}",
        f"DTSTART{_moment(berlin.moment(row.begin))}",
        f"DTEND{_moment(berlin.finish(row.finish))}" if row.finish is not None else "",
        f"DTSTAMP:{_stamp(head.published)}",
        f"UID:{row.release_id}-{row.start}@presselese",
        f"DESCRIPTION:{_escaped(_description(entry, quoting))}",
        f"LOCATION:{_escaped(row.place)}" if row.place else "",
        "TRANSP:TRANSPARENT",  # somebody else's date keeps nobody busy
        "END:VEVENT",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines if line)


def _escaped(text: str) -> str:
    r"""A text as a value: with ``\\``, ``\;``, ``\,`` and ``\n`` for what has a meaning in the file."""
    plain = berlin.plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\n", "\\n")


def _moment(when: date) -> str:
    """A day, or a moment in the time of Berlin, with the parameter that says which of the two it is."""
    if isinstance(when, datetime):
        return f";TZID={when.tzinfo}:{_basic(when.isoformat()[:19])}"
    return f";VALUE=DATE:{_basic(when.isoformat())}"


def _basic(iso: str) -> str:
    return iso.replace("-", "").replace(":", "")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, with the space before them; neither letter nor escape is cut."""
    rest, pieces = line.encode(), []
    while len(rest) > _LONGEST:
        end = _LONGEST
        while rest[end] & 0xC0 == 0x80:
            end -= 1
        if end > 1 and rest[end - 1] in b"\\^":
            end -= 1
        pieces.append(rest[:end])
        rest = rest[end:]
    return b"\r\n ".join([*pieces, rest]).decode()


def _description(entry: Dated, quoting: Quoting) -> str:
    row, head = entry
    sentence = "".join(bit.text for bit in quoting.quote(head, row.start).bits)
    return f"{sentence}\n\nAus: {head.title} ({source(head)})\nIm Bericht: {quoting.link(head, row.start)}"


def _stamp(published: str) -> str:
    """A publication date of any precision -> its first moment."""
    year, month, day = (*map(int, published[:10].split("-")), 1, 1)[:3]
    return f"{year:04}{month:02}{day:02}T000000Z"
