"""Mailboxes (mbox, plain or packed) -> the releases of each message; streamed, one message in memory at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.ingest.rejections import reject
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.sources import bounded, parts
from pipeline.ingest.sources.item import Item
from pipeline.ingest.sources.parts import Inside

# the standard library's mailbox wants a path and reads the whole file to find its messages
_FROM = re.compile(rb"From \S.{0,300}\d{4}")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read(path: str, stream: BinaryIO, settings: IngestParams, inside: Inside) -> Iterator[Item]:
    """A mailbox -> the releases of its messages; their members begin with the number of the message."""
    opened = bounded.opened(path, stream, settings.max_unpacked_mb)
    if not opened.peek(5).startswith(b"From "):
        raise reject("corrupt", format="MBOX", what="ohne Zeile „From“ am Anfang")
    limit = settings.max_file_mb * bounded.MB
    for number, message in enumerate(_messages(opened, limit), 1):
        if message is None:
            why = reject("too_large", size_mb=f"über {settings.max_file_mb}", limit_mb=settings.max_file_mb)
            yield Item(why, str(number), parts.digest(f"{number}".encode()))
            continue
        for item in parts.read(f"{number}.eml", message, inside):
            yield _renumbered(item, number)


def _renumbered(item: Item, number: int) -> Item:
    """A message has a number and no name of its own."""
    name = (item.member or "").removeprefix(f"{number}.eml")
    return Item(item.content, f"{number}{name}", item.sha256)


def _messages(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The messages of a mailbox, their ``>From`` undone; None for one that is longer than allowed."""
    lines: list[bytes] = []
    size, blank, started = 0, True, False
    while line := stream.readline(limit):
        if blank and line.startswith(b"From ") and _FROM.match(line):
            if started:
                yield _whole(lines, size, limit)
            lines, size, started = [], 0, True
        else:
            size += len(line)
            if size <= limit:
                lines.append(line)
            else:
                lines.clear()
        blank = not line.strip()
    if started:
        yield _whole(lines, size, limit)


def _whole(lines: list[bytes], size: int, limit: int) -> bytes | None:
    return _ESCAPED.sub(rb"\1", b"".join(lines)) if size <= limit else None
