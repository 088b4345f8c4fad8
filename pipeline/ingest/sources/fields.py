"""A row of a table or an object of JSON -> Source, by the names of its fields (``ingest.fields`` in params)."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pipeline.core.errors import Rejection
from pipeline.core.text import fold
from pipeline.ingest import encoding, layout
from pipeline.ingest.rejections import reject
from pipeline.ingest.settings import FieldNames
from pipeline.ingest.sources import markdown, page_blocks
from pipeline.ingest.sources.item import Item
from pipeline.ingest.sources.source import Source

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_MARKUP = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|span|strong|em|b|i|a|table|tr|td|article)\b[^<>]{0,300}>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,5});")
# text that lost its line ends keeps runs of blanks where they were
_RUNS = re.compile("(?<=\\S)[ \xa0]{3,}(?=\\S)")
_BLANKS = re.compile("(?<=\\S)[ \xa0]{2,}(?=\\S)")
# where interfaces of content systems keep the value of a field
_VALUE = ("rendered", "value", "text", "name", "title", "#text", "content")
_SHOWN = 12


@cache
def key(name: str) -> str:
    """The name of a field -> what spellings of it share: ``Veröffentlicht am`` and ``veroeffentlicht_am``."""
    return re.sub(r"[\W_]+", "", name.casefold().translate(_UMLAUTS))


def digest(row: Mapping[str, Any]) -> str:
    """A row -> the SHA-256 of its content; the order of fields and the file around it play no part."""
    canonical = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def item(kind: str, row: Mapping[str, Any], names: FieldNames, number: int) -> Item:
    """A row, the format it came in, and its number in the file -> its release, or why it cannot become one."""
    content: Source | Rejection
    try:
        content = source(kind, row, names)
    except Rejection as why:
        content = why
    return Item(content, str(number), digest(row))


def source(kind: str, row: Mapping[str, Any], names: FieldNames) -> Source:
    """A row -> its text in paragraphs and its metadata; raises Rejection no_text_field."""
    known = {key(str(name)): (str(name), value) for name, value in row.items()}
    given = [known[key(name)] for name in names.text if key(name) in known]
    if not given:
        raise reject("no_text_field", wanted=", ".join(names.text), found=shown(list(map(str, row))))
    name, value = next(((name, value) for name, value in given if word(value)), given[0])
    paragraphs, repairs = _paragraphs(name, text(value))
    lead = _line(known, names.lead)
    if lead and fold(lead) not in fold("\n".join(paragraphs[:3])) and key(name) not in map(key, names.lead):
        paragraphs = (lead, *paragraphs)
    return Source(
        kind,
        paragraphs,
        title=_line(known, names.title),
        subtitle=_line(known, names.subtitle),
        date=_line(known, names.date),
        publisher=_line(known, names.issuer),
        number=_line(known, names.number),
        place=_line(known, names.place),
        url=_line(known, names.url),
        repairs=repairs,
    )


def has_text(header: list[str], names: FieldNames) -> bool:
    """Whether one of a table's columns is known to hold the text."""
    return not {key(name) for name in header}.isdisjoint(map(key, names.text))


def shown(found: list[str]) -> str:
    """Names of fields as a reason lists them: the first dozen, none longer than a name is."""
    rest = ["…"] if len(found) > _SHOWN else []
    return ", ".join([*(name[:40] or "(leer)" for name in found[:_SHOWN]), *rest]) or "keine"


def text(value: Any) -> str:
    """The value of a field, however nested -> its text."""
    if isinstance(value, Mapping):
        return next((text(value[name]) for name in _VALUE if value.get(name)), "")
    if isinstance(value, list | tuple):
        return "\n\n".join(filter(None, map(text, value)))
    return "" if value is None or isinstance(value, bool) else str(value)


def word(value: Any) -> str:
    """The value of a field -> one line; of several values the first."""
    if isinstance(value, list | tuple):
        value = next(filter(None, value), None)
    return " ".join(text(value).split())


def _line(known: Mapping[str, tuple[str, Any]], wanted: list[str]) -> str | None:
    """The first of the wanted fields that has a value, without markup, as one line."""
    values = (known[key(name)][1] for name in wanted if key(name) in known)
    found = next((line for line in map(word, values) if line), None)
    if found is None:
        return None
    if _MARKUP.search(found):
        found = " ".join(" ".join(page_blocks.paragraphs(found)).split())
    return encoding.repair(_plain(found))[0] or None


def _plain(line: str) -> str:
    return html.unescape(line) if _ENTITY.search(line) else line


def _paragraphs(name: str, raw: str) -> tuple[tuple[str, ...], int]:
    """The text of a field -> its paragraphs: HTML, Markdown where its name says so, or plain text."""
    fixed, repairs = encoding.repair(raw)
    if key(name) in ("markdown", "md", "mdx"):
        return tuple(markdown.blocks(fixed)), repairs
    if len(_MARKUP.findall(fixed, 0, 20_000)) > 1:
        return tuple(page_blocks.paragraphs(fixed)), repairs
    blocks, hyphens = layout.paragraphs(_plain(_lines(fixed)))
    return tuple(blocks), repairs + hyphens


def _lines(raw: str) -> str:
    return _BLANKS.sub(" ", raw if "\n" in raw else _RUNS.sub("\n\n", raw))


def inner(value: Mapping[str, Any]) -> list[Any] | None:
    """An object around one list of objects (an export, a feed in JSON) -> that list; None for any other object."""
    lists = [part for part in value.values() if _is_rows(part)]
    return lists[0] if len(lists) == 1 and not isinstance(value.get("text"), str) else None


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, dict) for part in value)
