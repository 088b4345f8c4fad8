"""JSON Lines and JSON -> one Item an object; streamed: a file of any size needs the memory of one object."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from pipeline.core.errors import Rejection
from pipeline.ingest.rejections import reject
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.sources import bounded, fields
from pipeline.ingest.sources.item import Item

_CHUNK = 1 << 16
_DECODER = json.JSONDecoder()
_GAP = re.compile(r"[\s,]*")


def read_lines(path: str, stream: BinaryIO, settings: IngestParams) -> Iterator[Item]:
    """JSON Lines (.jsonl, .ndjson) -> an Item a line; a broken line costs only itself."""
    text = bounded.as_text(bounded.opened(path, stream, settings.max_unpacked_mb), newline="\n")
    limit = settings.max_file_mb * bounded.MB
    for number, line in enumerate(bounded.lines(text, limit), 1):
        if line is None:
            yield _bad(number, f"länger als {settings.max_file_mb} MB", "")
        elif line.strip():
            yield _line(number, line, settings)


def _line(number: int, line: str, settings: IngestParams) -> Item:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _bad(number, _what(error), line)
    return _item(number, value, settings, "jsonl")


def read(path: str, stream: BinaryIO, settings: IngestParams) -> Iterator[Item]:
    """JSON (an object, an array of objects, an object around such an array) -> an Item an object.

    An object alone is a file of one release: its Item has no member.
    """
    opened = bounded.opened(path, stream, settings.max_unpacked_mb)
    is_array = opened.peek(_CHUNK).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    rows = _values(bounded.as_text(opened), settings.max_file_mb * bounded.MB)
    first = next(rows, None)
    second = next(rows, None) if isinstance(first, dict) and not is_array else None
    if isinstance(first, dict) and not is_array and second is None:
        inner = fields.inner(first)
        if inner is None:
            yield Item(fields.source("json", first, settings.fields))
            return
        rows, first = iter(inner), None
    for number, value in enumerate(_chain(first, second, rows), 1):
        yield _item(number, value, settings, "json")


def _chain(first: Any, second: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield from (value for value in (first, second) if value is not None)
    yield from rest


def _item(number: int, value: Any, settings: IngestParams, kind: str) -> Item:
    if not isinstance(value, dict):
        return _bad(number, "kein JSON-Objekt", str(value))
    return fields.item(kind, value, settings.fields, number)


def _bad(number: int, what: str, line: str) -> Item:
    return Item(reject("bad_row", what=what), str(number), fields.digest({"row": number, "line": line}))


def _what(error: Exception) -> str:
    return f"JSON: {error.msg}, Spalte {error.colno}" if isinstance(error, json.JSONDecodeError) else "JSON"


def _values(text: io.TextIOWrapper, longest: int) -> Iterator[Any]:
    """The elements of an array, or objects one after the other, decoded as soon as they are complete."""
    buffer, wanted, place, opening = "", _CHUNK, 0, True
    while chunk := text.read(wanted):
        buffer, place = buffer[place:] + chunk, 0
        if opening and (start := buffer.lstrip()):
            buffer, opening = start[1:] if start[0] == "[" else start, False
        for value, end in _complete(buffer, last=False):
            place = end
            yield value
        if len(buffer) - place > longest:
            raise reject("bad_row", what=f"JSON: ein Eintrag ist länger als {longest // bounded.MB} MB")
        # an object that is not yet complete is tried again only when twice as much of it is there
        wanted = max(_CHUNK, len(buffer) - place)
    for value, _ in _complete(buffer[place:], last=True):
        yield value


def _complete(buffer: str, *, last: bool) -> Iterator[tuple[Any, int]]:
    """The values that stand complete at the start of a buffer, each with the place behind it."""
    place = 0
    while True:
        start = _GAP.match(buffer, place).end()  # type: ignore[union-attr]  # matches the empty string too
        if start >= len(buffer) or buffer[start] == "]":
            return
        try:
            value, place = _DECODER.raw_decode(buffer, start)
        except json.JSONDecodeError as error:
            if last:
                raise _broken(buffer, error) from None
            return
        except RecursionError:
            raise reject("corrupt", format="JSON", what="zu tief verschachtelt") from None
        # a number at the end of the buffer may go on
        if last or place < len(buffer):
            yield value, place


def _broken(buffer: str, error: json.JSONDecodeError) -> Rejection:
    if error.pos >= len(buffer.rstrip()) or "Unterminated" in error.msg:
        return reject("truncated")
    return reject("corrupt", format="JSON", what=f"{error.msg}, Zeile {error.lineno}")
