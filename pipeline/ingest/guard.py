"""Refuses files that would do harm or cannot be read, before any parser sees them."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
import zlib
from functools import cache
from importlib import resources

from pipeline.ingest.rejections import reject

_MB = 1_000_000
_CHUNK = 1 << 16
_XML = (".xml", ".rels")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)


@cache
def _magic() -> list[tuple[bytes, str, str | None]]:
    table = tomllib.loads(resources.files(__package__).joinpath("patterns/magic.toml").read_text("utf-8"))
    return [(bytes.fromhex(row["hex"]), row["name"], row.get("format")) for row in table["magic"]]


def kind_of(data: bytes) -> tuple[str, str | None] | None:
    """The first bytes of a file -> what it is by name, and which reader fits; None for text of any kind."""
    return next(((name, form) for head, name, form in _magic() if data.startswith(head)), None)


def check_size(size: int, limit_mb: int) -> None:
    """Raises Rejection too_large."""
    if size > limit_mb * _MB:
        raise reject("too_large", size_mb=round(size / _MB, 1), limit_mb=limit_mb)


def check_kind(data: bytes, expected: str) -> None:
    """Raises Rejection binary or corrupt when the first bytes contradict the ending of the file's name.

    ``expected`` is the container that the ending promises: text, zip, pdf or rtf; any where it promises none.
    """
    kind = kind_of(data)
    if expected == "any":
        return
    if expected == "text":
        if kind is not None:
            raise reject("binary", what=kind[0])
        return
    if kind is not None and kind[1] == expected:
        return
    if kind is not None and kind[0].startswith("OLE"):
        raise reject("encrypted")
    raise reject("corrupt", format=expected.upper(), what=kind[0] if kind else "unbekannter Anfang")


def check_zip(data: bytes, limit_mb: int) -> int:
    """An archive-like document (docx, odt) -> how many bytes it unpacks to.

    Raises Rejection truncated, corrupt, encrypted or bomb.

    The directory of the archive is asked first, then everything is unpacked piece by piece, because a
    directory may lie.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise reject("truncated") from None
    with archive:
        members = archive.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise reject("encrypted")
        if sum(member.file_size for member in members) > limit_mb * _MB:
            raise reject("bomb", what=f"mehr als {limit_mb} MB")
        return _unpack(archive, members, limit_mb)


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limit_mb: int) -> int:
    left = limit_mb * _MB
    for member in members:
        try:
            left -= _unpack_one(archive, member, left)
        except _DAMAGE as error:
            raise reject("corrupt", format="DOCX/ODT", what=f"{member.filename}: {type(error).__name__}") from None
        if left < 0:
            raise reject("bomb", what=f"mehr als {limit_mb} MB")
    return limit_mb * _MB - left


def _unpack_one(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """Unpack one member up to a limit, looking for entity definitions in XML; the bytes seen."""
    seen, tail = 0, b""
    with archive.open(member) as stream:
        while seen <= left and (chunk := stream.read(_CHUNK)):
            seen += len(chunk)
            if member.filename.endswith(_XML) and _ENTITY.search(tail + chunk):
                raise reject("bomb", what="XML-Entitäten")
            tail = chunk[-8:]
    return seen


def check_words(text: str, max_chars: int) -> None:
    """Raises Rejection no_words when most of a text is words longer than any German word."""
    lengths = list(map(len, text.split()))
    if max(lengths, default=0) <= max_chars:
        return
    monsters = [length for length in lengths if length > max_chars]
    if sum(monsters) > len(text) / 2:
        raise reject("no_words", length=max(monsters))


def check_letters(text: str, needed: int) -> None:
    """Raises Rejection empty when a text has fewer letters than needed."""
    # most texts have enough at their beginning
    if _letters(text[: 2 * needed]) < needed and (letters := _letters(text[: 20 * needed])) < needed:
        raise reject("empty", letters=letters, needed=needed)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
