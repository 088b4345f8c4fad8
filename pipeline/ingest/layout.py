"""Lines as they were printed -> paragraphs as they were meant: wrapped lines joined, hyphenation undone.

Never edits wording: what is put together is only what a line end took apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from statistics import median

# shorter lines than this are not wrapped text but lines of their own
_MIN_WRAP = 45
# a line that ends within this share of the widest one was broken because it was full
_FULL = 0.72
_BLANK = re.compile(r"\n[ \t]*\n")
# a drawn line is no text but parts what stands above it from what stands below
_RULE = re.compile(r"^[ \t]*[=_~*-]{5,}[ \t]*$", re.MULTILINE)
_ITEM = re.compile(r"(?:[-*•–‣▪◦]|\d{1,2}[.)]|[a-z]\))\s")
_LABEL = re.compile(
    r"(?:Tel|Fax|Mobil|Telefon|Telefax|E-?Mail|Mail|Web|Internet|www\.|https?:|Foto|Bild|Ort|Datum|Wann|Wo)\b"
    r"|(?:Von|An|Cc|Gesendet|Betreff|From|To|Sent|Subject):",
)
_HYPHEN_END = re.compile(r"([^\W_])[-\u2010\u00ad]$")
# what follows a suspended hyphen; the second group are words that also end other words (Kür-bis, Materi-als)
_SUSPENDED = re.compile(
    r"(?:und|oder|bzw\.|beziehungsweise|sowie|statt)\b|(?:bis|als|noch|wie|zu|,)(?= [A-ZÄÖÜ0-9])|/"
)
_LAST, _FIRST, _WORDS = re.compile(r"[\w\u2010\u00ad-]+$"), re.compile(r"[\w-]*\w"), re.compile(r"\w[\w-]*\w")
_SOFT = "\u00ad"
# CO2-neutral, 40-jährig, EU-weit, x-beliebig
_ABBREVIATION = re.compile(r"(?:\d|\b[^\W\d_]|[A-ZÄÖÜ]{2})[-\u2010]$")
_ADDRESS = re.compile(r"(?:://|www\.|@)\S*$")
_SENTENCE_END = re.compile(r"[.!?:][\"“”«»)\]]?$")


def paragraphs(text: str) -> tuple[list[str], int]:
    """Plain text -> its paragraphs, wrapped lines joined, and how many hyphenations were undone."""
    result: list[str] = []
    repairs = 0
    blocks = [
        block.strip("\n")
        for block in _BLANK.split(_RULE.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n")))
    ]
    width = _wrap_width(blocks)
    known = words(text) if width else frozenset()
    for block in blocks:
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        full = [width is not None and _is_full(lines, number, width) for number in range(len(lines))]
        joined, undone = join(lines, full, known)
        repairs += undone
        if joined:
            result.append(joined)
    return result, repairs


def _wrap_width(blocks: list[str]) -> int | None:
    """The column at which a text was wrapped, None when it was not: most inner lines end near the widest."""
    inner = [len(line) for block in blocks for line in block.split("\n")[:-1] if line.strip()]
    if not inner or max(inner) > 140:
        inner = [length for length in inner if length <= 140]
    long = [length for length in inner if length >= _MIN_WRAP]
    if len(long) < 2:
        return None
    widest = sorted(long)[-max(1, len(long) // 20)]
    near = sum(length >= _FULL * widest for length in long)
    return widest if near >= 0.6 * len(long) and median(long) >= _FULL * widest else None


def _is_full(lines: list[str], number: int, width: int) -> bool:
    """Whether the line's end is only the end of the paper: the next line's first word would not have fitted."""
    if number + 1 >= len(lines):
        return False
    line, following = lines[number], lines[number + 1]
    if _ITEM.match(following) or _LABEL.match(following):
        return False
    if (following[:1].islower() and not _SENTENCE_END.search(line)) or _HYPHEN_END.search(line):
        return True
    room = width - len(line)
    first = following.split(" ", 1)[0]
    # two characters of grace, since editors count the space differently
    wrapped = len(first) + 1 > room - 2 and len(line) <= width + 25
    return wrapped and len(line) >= min(_MIN_WRAP, _FULL * width) and not _is_heading_end(line, following, room)


def _is_heading_end(line: str, following: str, room: int) -> bool:
    """A sentence that ends well before the margin, followed by a capital, ends its line on purpose."""
    return room > 25 and bool(_SENTENCE_END.search(line)) and following[:1].isupper()


def join(lines: Iterable[str], full: Iterable[bool], known: AbstractSet[str] = frozenset()) -> tuple[str, int]:
    """Lines, and whether each goes on in the next -> one text, and how many hyphenations were undone.

    ``known`` are words of the same document that stand unbroken elsewhere; they settle doubtful hyphens.
    """
    text, undone, goes_on = "", 0, False
    for line, more in zip(lines, full, strict=True):
        if not text:
            text = line
        elif not line:
            continue
        elif goes_on:
            text, hyphen = glue(text, line, known)
            undone += hyphen
        else:
            text += "\n" + line
        goes_on = more
    return text, undone


def glue(before: str, after: str, known: AbstractSet[str] = frozenset()) -> tuple[str, int]:
    """Two printed lines -> one; 1 when a hyphen at the line end was taken out.

    A hyphen stays before a capital (``Corona-`` ``Krise``), after a figure or an abbreviation (``EU-`` ``weit``),
    a suspended one before *und* and *oder*, and one in an address of the net; unless the document has the word
    elsewhere in the other form. A soft hyphen never stays.
    """
    if not _HYPHEN_END.search(before):
        return f"{before} {after}", 0
    if _SUSPENDED.match(after):
        return f"{before} {after}", 0
    if not after[:1].isalpha():
        return f"{before} {after}", 0
    if before[-1] == _SOFT:
        return before[:-1] + after, 1
    head, tail = _LAST.search(before), _FIRST.match(after)
    assert head is not None
    assert tail is not None
    keeps = after[0].isupper() or _ADDRESS.search(before) is not None or _ABBREVIATION.search(before) is not None
    if (verdict := _elsewhere(head[0], tail[0], known)) is not None:
        keeps = verdict
    return (before + after, 0) if keeps else (before[:-1] + after, 1)


def _elsewhere(head: str, tail: str, known: AbstractSet[str]) -> bool | None:
    """Whether the document writes a word with its hyphen elsewhere; None when it has neither form, or both."""
    whole, parted = head[:-1] + tail, head + tail
    # a headline in capitals is broken like any other word
    forms = {whole, whole.capitalize()} if whole.isupper() else {whole}
    joined = not forms.isdisjoint(known)
    return parted in known if joined != (parted in known) else None


def unflow(text: str) -> str:
    """A mail in format=flowed (RFC 3676) -> the same with lines joined that end in a space; ``-- `` stays."""
    result: list[str] = []
    goes_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        content = line.removeprefix(" ")
        if goes_on and content:
            result[-1] += content
        else:
            result.append(content)
        goes_on = content.endswith(" ") and content != "-- "
    return "\n".join(result)


def words(text: str) -> frozenset[str]:
    """The words of a text, hyphens within them kept."""
    return frozenset(_WORDS.findall(text))
