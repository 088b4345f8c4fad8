"""The bytes of any file -> the texts in them, so that a search finds what lies packed, escaped or encoded.

The kind of a file is told by its first bytes, never by its name: objects in a DVC cache have none.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import quopri
import re
import sqlite3
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress

import pyarrow as pa
import pyarrow.parquet as pq
import pypdfium2
from striprtf.striprtf import rtf_to_text

_DEPTH = 4
_MOST = 400_000_000  # bytes that one packed file may unpack to
_TAG = re.compile(r"<[^<>]*>")
_JSON = re.compile(r"\\u([0-9a-fA-F]{4})")
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/]{0,76}={0,2}")
_HEAD = 4096  # bytes in which a file that is no text has a zero
# what may be text in binary data, in bytes and in two bytes a letter
_RUNS, _WIDE = re.compile(rb"[\t\n\r\x20-\x7e\x80-\xff]{12,}"), re.compile(rb"(?:[\t\n\r\x20-\xff]\0){6,}")
_ZLIB = re.compile(rb"x[\x01\x5e\x9c\xda]")
_FOLDS = re.compile(r"\r?\n[ \t]")


def texts(data: bytes, depth: int = 0) -> Iterator[str]:
    """Everything that can be read in some bytes; what cannot be opened is read as it stands."""
    yield from _decoded(data)
    if depth < _DEPTH:
        with suppress(
            zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, pa.ArrowException
        ):
            yield from _opened(data, depth + 1)


def _opened(data: bytes, depth: int) -> Iterator[str]:
    if data.startswith(b"PAR1"):
        yield from _parquet(data)
    elif data.startswith(b"PK"):
        yield from _zipped(data, depth)
    elif data.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            yield from texts(stream.read(_MOST), depth)
    elif data.startswith(b"%PDF"):
        yield from _pdf(data)
    elif data.startswith(b"SQLite format 3\0"):
        yield from _sqlite(data, depth)
    elif data.startswith(b"{\\rtf"):
        yield str(rtf_to_text(data.decode("latin-1"), errors="ignore"))  # type: ignore[no-untyped-call]
    else:
        yield from _streams(data, depth)
        yield from _mail(data, depth)


def _decoded(data: bytes) -> Iterator[str]:
    """The bytes as text in every encoding they may be in, and without what markup does to it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield data.decode("utf-16", "replace")
        return
    if b"\0" in data[:_HEAD]:
        yield b"\n".join(_WIDE.findall(data)).decode("utf-16-le", "ignore")
        data = b"\n".join(_RUNS.findall(data))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        yield data.decode("utf-8", "replace")
    yield text
    yield from _plain(text)


def _plain(text: str) -> Iterator[str]:
    """A text -> the same without tags, entities, escapes of JSON and CSV, folded lines of a calendar."""
    if "<" in text or "&" in text:
        yield html.unescape(_TAG.sub("", text))
        yield html.unescape(_TAG.sub(" ", text))
    if "\\" in text:
        bare = _JSON.sub(lambda found: chr(int(found[1], 16)), text)
        bare = bare.replace("\\n", " ").replace('\\"', '"').replace("\\,", ",").replace("\\;", ";")
        yield bare
        yield html.unescape(_TAG.sub("", bare))
    if "%20" in text or "%C3" in text:
        yield urllib.parse.unquote(text)
    if '""' in text:
        yield text.replace('""', '"')
    if "BEGIN:V" in text:
        unfolded = _FOLDS.sub("", text)
        yield unfolded.replace("\\n", " ").replace("\\,", ",").replace("\\;", ";")


def _parquet(data: bytes) -> Iterator[str]:
    with closing(pq.ParquetFile(pa.BufferReader(data))) as table:
        for batch in table.iter_batches():
            for column in batch.columns:
                yield "\n".join(_cells(column.to_pylist()))


def _cells(values: list[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, list):
            yield from _cells(value)
        elif isinstance(value, str):
            yield value


def _zipped(data: bytes, depth: int) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        left = _MOST
        for member in archive.infolist():
            yield member.filename
            if member.flag_bits & 1:
                continue
            with archive.open(member) as packed:
                inner = packed.read(left)
            left -= len(inner)
            yield from texts(inner, depth)


def _pdf(data: bytes) -> Iterator[str]:
    with suppress(pypdfium2.PdfiumError), closing(pypdfium2.PdfDocument(data)) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        yield "\n".join(pages)
        yield "\n".join(pages).replace("-\r\n", "").replace("\ufffe\r\n", "").replace("\x02", "")


def _sqlite(data: bytes, depth: int) -> Iterator[str]:
    """Every cell of every table; what was deleted but not overwritten is read with the bytes as they stand."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(data)
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            quoted = name.replace('"', '""')
            for row in base.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608  a name from the file itself, quoted
                for cell in row:
                    if isinstance(cell, bytes):
                        yield from texts(cell, depth)
                    elif isinstance(cell, str):
                        yield cell


def _streams(data: bytes, depth: int) -> Iterator[str]:
    """What zlib packed somewhere in the bytes; tried where such a stream may begin, in binary data only."""
    if b"\0" not in data[:_HEAD]:
        return
    whole = memoryview(data)
    for found in _ZLIB.finditer(data):
        with suppress(zlib.error):
            # most are no such stream and fail within a few bytes
            inner = zlib.decompressobj().decompress(whole[found.start() :], _MOST)
            if len(inner) > 20:
                yield from texts(inner, depth)


def _mail(data: bytes, depth: int) -> Iterator[str]:
    """What mail programs write: quoted-printable and base64."""
    if re.search(rb"=[0-9A-F]{2}|=\r?\n", data) and b"ransfer-" in data:
        yield from _decoded(quopri.decodestring(data))
    if b"base64" in data:
        for found in _BASE64.finditer(data):
            with suppress(binascii.Error):
                yield from texts(base64.b64decode(found[0]), depth)
