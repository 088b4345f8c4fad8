"""Streams that keep their limits: how much they unpack to, how long a line is."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.ingest import encoding
from pipeline.ingest.rejections import reject

MB = 1_000_000
_SAMPLE = 1 << 18
_DAMAGE = (gzip.BadGzipFile, zlib.error)


@dataclass(slots=True)
class Allowance:
    """What may still be unpacked from one raw file, whatever is packed into what."""

    left: int
    limit_mb: int

    def spend(self, size: int) -> None:
        """Raises Rejection bomb when more was unpacked than allowed."""
        self.left -= size
        if self.left < 0:
            raise reject("bomb", what=f"mehr als {self.limit_mb} MB")


def allowance(limit_mb: int) -> Allowance:
    """A limit in megabytes -> a fresh allowance."""
    return Allowance(limit_mb * MB, limit_mb)


class _Unpacked(io.RawIOBase):
    """The content of a gzip stream; raises Rejection bomb, truncated or corrupt."""

    def __init__(self, packed: BinaryIO, limit_mb: int) -> None:
        self._stream = gzip.GzipFile(fileobj=packed)
        self._allowance = allowance(limit_mb)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any writable buffer will do
        try:
            data = self._stream.read(len(buffer))
        except EOFError:
            raise reject("truncated") from None
        except _DAMAGE as error:
            raise reject("corrupt", format="GZIP", what=type(error).__name__) from None
        self._allowance.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


def opened(path: str, stream: BinaryIO, limit_mb: int) -> io.BufferedReader:
    """A file's name and its stream -> a buffered stream of its content, unpacked when its name ends in .gz."""
    if path.lower().endswith(".gz"):
        return io.BufferedReader(_Unpacked(stream, limit_mb), _SAMPLE)
    return io.BufferedReader(stream, _SAMPLE)  # type: ignore[arg-type]  # a binary stream is raw enough


def as_text(stream: io.BufferedReader, newline: str | None = None) -> io.TextIOWrapper:
    """A stream of bytes -> one of text, its encoding guessed from the start of it."""
    name = encoding.sniff(stream.peek(_SAMPLE))
    return io.TextIOWrapper(stream, encoding=name, errors=encoding.MIXED, newline=newline)


def lines(stream: io.TextIOWrapper, longest: int) -> Iterator[str | None]:
    """The lines of a text stream; None for one that is longer than allowed, which is passed over."""
    while line := stream.readline(longest):
        if len(line) < longest or line.endswith("\n"):
            yield line
            continue
        while line and not line.endswith("\n"):
            line = stream.readline(longest)
        yield None
