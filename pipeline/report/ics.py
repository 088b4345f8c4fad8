"""The announced events -> one iCalendar file (RFC 5545) that every calendar program takes in.

Nothing in it depends on the clock or the machine: the time stamp of an event is its release's publication date,
its identifier comes from release and place in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import icalendar

from pipeline.core import berlin
from pipeline.report.corpus import Corpus
from pipeline.report.dated import Dated, entries
from pipeline.report.quoting import Quoting, source


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
    found.add_component(berlin.timezone())
    return _text(found)


def _event(entry: Dated, quoting: Quoting) -> Any:
    row, head = entry
    found = icalendar.Event()
    found.add("uid", f"{row.release_id}-{row.start}@presselese")
    found.add("dtstamp", _stamp(head.published))
    found.add("dtstart", berlin.moment(row.begin))
    if row.finish is not None:
        found.add("dtend", berlin.finish(row.finish))
    found.add("summary", berlin.plain(row.title))
    if row.place:
        found.add("location", berlin.plain(row.place))
    found.add("description", berlin.plain(_description(entry, quoting)))
    found.add("transp", "TRANSPARENT")  # somebody else's date keeps nobody busy
    return found


def _description(entry: Dated, quoting: Quoting) -> str:
    row, head = entry
    sentence = "".join(bit.text for bit in quoting.quote(head, row.start).bits)
    return f"{sentence}\n\nAus: {head.title} ({source(head)})\nIm Bericht: {quoting.link(head, row.start)}"


def _stamp(published: str) -> datetime:
    """A publication date of any precision -> its first moment."""
    year, month, day = (*map(int, published[:10].split("-")), 1, 1)[:3]
    return datetime(year, month, day, tzinfo=UTC)
