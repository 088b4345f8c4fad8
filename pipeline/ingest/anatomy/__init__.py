"""What each part of a release is: zones, title, number, issuer, publication date, dateline, embargo."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.ingest.anatomy import heading, letterhead, lines
from pipeline.ingest.anatomy.embargo import embargo
from pipeline.ingest.anatomy.issuer import Issuer, issuer
from pipeline.ingest.anatomy.naming import Heading
from pipeline.ingest.anatomy.published import Published, dateline_place, published
from pipeline.ingest.anatomy.zones import Layout, Span, lay_out
from pipeline.ingest.sources.source import Source

_DIGITS = r"\d{1,4}(?: ?[/-] ?(?:19|20)?\d{2}(?!\d))?"
_NUMBER = re.compile(
    rf"(?:(?:Presse|Medien|Polizei)\w*|PM|PI|MM)?[ .:-]*(?:Nr\.?|Nummer|No\.)[: ]*(?P<a>{_DIGITS})\b"
    rf"|(?:(?:Presse|Medien)(?:mitteilung|information|meldung|info)|PM|PI|MM) (?P<b>{_DIGITS})(?![\d.])"
    r"|^(?P<c>\d{1,4} ?/ ?(?:19|20)?\d{2})$",
    re.IGNORECASE,
)
_IN_TITLE = re.compile(r"\((?:Nr\.|Nummer) (\d{1,4}(?:/\d{2,4})?)\)$")
_FIRST_SENTENCE = re.compile(
    # no abbreviation ends a sentence
    r"^.{20,160}?[a-zäöüß\"“»)]{2}(?<!Prof)(?<!\bbzw)(?<!\bgeb)(?<!\binkl)(?<!\bevtl)(?<!\b[Ss]tr)(?<!\bca)"
    r"[.!?](?= |$)"
)
_MAX_TITLE = 160
# how far down a title from the metadata may stand in the text and still be its headline
_TOP = 3_000


@dataclass(frozen=True, slots=True)
class Anatomy:
    """Everything that a release says of itself."""

    title: str
    subtitle: str | None
    number: str | None
    issuer: Issuer | None
    published: Published | None
    place: str | None
    embargo: str | None
    zones: tuple[Span, ...]


def dissect(text: str, source: Source, path: str) -> Anatomy:
    """A text in normal form, its source's metadata and its path -> its anatomy."""
    layout = lay_out(lines.split(text), source.title, source.hint)
    title = _title(layout, source)
    place = dateline_place(layout) or source.place
    return Anatomy(
        title=title,
        subtitle=_one_line(" ".join(layout.lines[number].text for number in layout.heading.subtitle)) or None,
        number=_number(layout, title) or source.number,
        issuer=issuer(text, layout, source, Heading(title, place), path),
        published=published(text, layout, source.date, source.file_date, path),
        place=place,
        embargo=embargo(layout.lines),
        zones=tuple(layout.spans()),
    )


def missing_heading(body: str, source: Source) -> list[str]:
    """A text in normal form and its source -> the metadata's title and subtitle, as far as the text lacks them."""
    top = lines.split(body[:_TOP])
    return [part for part in (source.title, source.subtitle) if part and not heading.holds(top, part)]


def _title(layout: Layout, source: Source) -> str:
    """The headline; without one the metadata's title, else the first sentence."""
    if layout.heading.title:
        whole = " ".join(layout.lines[number].text for number in layout.heading.title)
        return _one_line(whole[layout.heading.skip :])
    given = source.title or source.hint
    if given:
        return _one_line(given[letterhead.prefix(given) :])
    first = layout.first_body_line() or layout.lines[0].text
    found = _FIRST_SENTENCE.match(first)
    return found[0] if found else first[:_MAX_TITLE].strip()


def _one_line(text: str) -> str:
    """A headline as the tables hold it: single spaces, no decoration at its ends."""
    return " ".join(text.split()).strip("+*#= ") or text.strip()


def _number(layout: Layout, title: str) -> str | None:
    """The number of a release, as its letterhead or the end of its headline gives it."""
    for line in layout.letterhead():
        if found := _NUMBER.search(line):
            return re.sub(r"\s", "", found["a"] or found["b"] or found["c"])
    found = _IN_TITLE.search(title)
    return found[1] if found else None
