"""Rich Text Format -> Source, by striprtf."""

from __future__ import annotations

import re
from collections.abc import Callable

from striprtf import striprtf

from pipeline.ingest import encoding
from pipeline.ingest.rejections import reject
from pipeline.ingest.sources.source import Source

_TITLE = re.compile(r"{\\title\s+([^{}]*)}")
_CREATED = re.compile(r"{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")


# the library has no types
_to_text: Callable[..., str] = striprtf.rtf_to_text


def read(data: bytes) -> Source:
    """The bytes of an .rtf file -> its paragraphs."""
    if data.count(b"{") > data.count(b"}") + 1:
        raise reject("truncated")
    code = data.decode("latin-1")
    try:
        text = _to_text(code, encoding="cp1252", errors="replace")
    except (ValueError, IndexError, KeyError, LookupError) as error:
        raise reject("corrupt", format="RTF", what=type(error).__name__) from None
    text, repairs = encoding.repair(text)
    created = _CREATED.search(code)
    return Source(
        "rtf",
        tuple(line.strip() for line in _blocks(text)),
        hint=_title(code),
        file_date="-".join(part.zfill(2) for part in created.groups()) if created else None,
        repairs=repairs,
    )


def _title(code: str) -> str | None:
    found = _TITLE.search(code)
    if not found:
        return None
    # a title has no control words but escaped characters
    return _to_text(r"{\rtf1\ansi " + found[1] + "}", errors="ignore").strip() or None


def _blocks(text: str) -> list[str]:
    """A paragraph of RTF is a line; empty ones between them part blocks, so short lines stay together."""
    if re.search(r"\n[ \t]*\n", text):
        return re.split(r"\n[ \t]*\n\s*", text.strip())
    return [line for line in text.split("\n") if line.strip()]
