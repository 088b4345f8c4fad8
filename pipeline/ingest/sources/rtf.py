"""Rich Text Format -> Source: text by striprtf; page header, footer, notes found for it, hidden text left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from striprtf import striprtf

from pipeline.ingest import encoding
from pipeline.ingest.rejections import reject
from pipeline.ingest.sources.source import Source
from pipeline.ingest.sources.word import grouped

_TITLE = re.compile(r"{\\title\s+([^{}]*)}")
_CREATED = re.compile(r"{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_BRACE = re.compile(r"\\[\\{}]|[{}]")
# groups that the library passes over although they are read on paper, and that it reads although they are not
_HEADER, _FOOTER = re.compile(r"{\s*\\headerf?[lr]?\b"), re.compile(r"{\s*\\footerf?[lr]?\b")
_NOTE, _HIDDEN = re.compile(r"{\s*\\footnote\b"), re.compile(r"{\s*\\(?:v|deleted)(?![a-z0-9])")
# what the code page of bytes is called where it is not given by its number
_SYSTEMS = (("\\mac", "mac_roman"), ("\\pca", "cp850"), ("\\pc", "cp437"))
_BULLET = re.compile(r"^(?:[•·▪◦‣\uf0a7\uf0b7\uf0d8]|[-–](?=\t))[\t ]*", re.MULTILINE)
_PAGE = re.compile(r"(?:Seite ?)?\d{0,4}(?: (?:von|/) \d{0,4})?")
_CODE_PAGE, _FONT_TABLE = re.compile(r"\\ansicpg\d{3,5}"), re.compile(r"{\s*\\fonttbl\b")
_HEAD, _FONTS = 300, 40_000


# the library has no types
_to_text: Callable[..., str] = striprtf.rtf_to_text


def read(data: bytes) -> Source:
    """The bytes of an .rtf file -> its paragraphs."""
    if data.count(b"{") > data.count(b"}") + 1:
        raise reject("truncated")
    code = data.decode("latin-1")
    headers, code = _cut_out(code, _HEADER)
    footers, code = _cut_out(code, _FOOTER)
    notes, code = _cut_out(code, _NOTE)
    _, code = _cut_out(code, _HIDDEN)
    start = _start(code)
    above = [_text(f"{start}{part}}}") for part in headers[:1]]
    below = [_text(f"{start}{part}}}") for part in (*notes, *footers[:1])]
    parts = [*above, _text(code), *(part for part in below if not _PAGE.fullmatch(part.strip()))]
    fixed = [encoding.repair(part) for part in parts]
    has_cells = "\\cell" in code
    created = _CREATED.search(code)
    return Source(
        "rtf",
        tuple(block for text, _ in fixed for block in _blocks(_BULLET.sub("- ", text), has_cells=has_cells)),
        hint=_title(code),
        file_date="-".join(part.zfill(2) for part in created.groups()) if created else None,
        repairs=sum(repairs for _, repairs in fixed),
    )


def _text(code: str) -> str:
    head = code[:_HEAD]
    system = next((name for word, name in _SYSTEMS if re.search(re.escape(word) + r"(?![a-z])", head)), "cp1252")
    try:
        return _to_text(code, encoding=system, errors="replace").strip("\n")
    except (ValueError, IndexError, KeyError, LookupError) as error:
        raise reject("corrupt", format="RTF", what=type(error).__name__) from None


def _cut_out(code: str, opening: re.Pattern[str]) -> tuple[list[str], str]:
    """Code -> the groups that open in a certain way, and the code without them."""
    groups: list[str] = []
    kept: list[str] = []
    place = 0
    for found in opening.finditer(code):
        if found.start() < place:
            continue
        end = _end(code, found.start())
        groups.append(code[found.end() : end - 1])
        # an empty group, lest a word of control before it and text behind it become one
        kept.append(code[place : found.start()] + "{}")
        place = end
    return groups, "".join([*kept, code[place:]])


def _end(code: str, start: int) -> int:
    """Where the group that opens at a place is closed."""
    depth = 0
    for brace in _BRACE.finditer(code, start):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0:
            return brace.end()
    return len(code)


def _start(code: str) -> str:
    """What a part of the document needs to be read alone: its code page and its fonts."""
    page = _CODE_PAGE.search(code[:_HEAD])
    system = next((word for word, _ in _SYSTEMS if re.search(re.escape(word) + r"(?![a-z])", code[:_HEAD])), "")
    fonts = [f"{{\\fonttbl{group}}}" for group in _cut_out(code[:_FONTS], _FONT_TABLE)[0]]
    return f"{{\\rtf1{system or chr(92) + 'ansi'}{page[0] if page else ''}{''.join(fonts[:1])}\\pard "


def _title(code: str) -> str | None:
    found = _TITLE.search(code)
    if not found:
        return None
    # a title has no control words but escaped characters
    return _to_text(r"{\rtf1\ansi " + found[1] + "}", errors="ignore").strip() or None


def _blocks(text: str, *, has_cells: bool) -> Iterator[str]:
    """A paragraph of RTF is a line; where empty ones part blocks, short lines between them stay together."""
    lines = [line.strip() for line in text.split("\n")]
    if has_cells:
        cells = [_row(line) for line in lines]
        yield from grouped(iter(cells))
    elif re.search(r"\n[ \t]*\n", text.strip()):
        yield from (block.strip() for block in re.split(r"\n[ \t]*\n\s*", "\n".join(lines).strip()))
    else:
        yield from (line for line in lines if line)


def _row(line: str) -> tuple[str, bool]:
    """A row of a table, as the library writes it (``Jahr|km|``) -> its cells apart by a bar."""
    if not line.endswith("|"):
        return line, False
    return " | ".join(filter(None, (cell.strip() for cell in line.split("|")))), True
