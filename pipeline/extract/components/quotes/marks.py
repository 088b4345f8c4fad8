"""Quotation marks -> the stretches between them, in every style that German texts use.

A mark that is never closed swallows nothing: its stretch ends with its paragraph if the next paragraph opens with
the same mark (the rule for speech over several paragraphs), else the mark is passed over. Each opening mark looks
at most a fixed number of marks ahead, so the time is linear.
"""

from __future__ import annotations

import re

from pipeline.extract.components.quotes.lexicon import MAX_CHARS, MAX_INNER_MARKS, PAIRS
from pipeline.extract.components.quotes.span import Stretch

_MARK = re.compile("[" + re.escape("".join(sorted(set("".join(PAIRS) + "".join(PAIRS.values()))))) + "]")
_PARAGRAPH_END = re.compile(r"\s*\n[^\S\n]*\n\s*$")


def stretches(text: str) -> list[Stretch]:
    """All stretches between quotation marks, left to right, the outermost of nested ones."""
    marks = [m.start() for m in _MARK.finditer(text)]
    found: list[Stretch] = []
    i = 0
    while i < len(marks):
        end = _close(text, marks, i) if _opens(text, marks[i]) else None
        if end is None:
            i += 1
            continue
        j, close = end
        found.append(_trim(text, marks[i], close))
        i = j
    return [s for s in found if s.start < s.end]


def _opens(text: str, at: int) -> bool:
    """Whether a mark can begin a quote where it stands."""
    mark = text[at]
    before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2]
    if mark == "„":
        return True
    return mark in PAIRS and (before.isspace() or before in "([–—-:/") and bool(after) and not after.isspace()


def _close(text: str, marks: list[int], i: int) -> tuple[int, int] | None:
    """Index of the mark to go on with, and where the stretch ends: behind its closing mark or its paragraph."""
    opener, start, depth = text[marks[i]], marks[i], 1
    closers = _closers(text, marks, i)
    for j in range(i + 1, min(len(marks), i + 1 + MAX_INNER_MARKS)):
        at = marks[j]
        if at - start > MAX_CHARS:
            return None
        if _continues(text, opener, start, at):
            return j, _paragraph_end(text, at)
        if text[at] == opener and _opens(text, at) and not (opener == '"' and _shut(text, at)):
            depth += 1
        elif text[at] in closers:
            depth -= 1
        if depth == 0:
            return j + 1, at + 1
    return _flat(text, marks, i, closers)


def _closers(text: str, marks: list[int], i: int) -> str:
    """The closing marks of an opener; a straight one closes „ only where no curly one does so first."""
    closers = PAIRS[text[marks[i]]]
    ahead = {text[at] for at in marks[i + 1 : i + 1 + MAX_INNER_MARKS] if at - marks[i] <= MAX_CHARS}
    if ahead.isdisjoint(closers):
        return ""
    return closers[:-1] if len(closers) > 1 and ahead & set(closers[:-1]) else closers


def _flat(text: str, marks: list[int], i: int, closers: str) -> tuple[int, int] | None:
    """Marks do not balance: take the first that closes, within the paragraph."""
    for j in range(i + 1, min(len(marks), i + 1 + MAX_INNER_MARKS)):
        at = marks[j]
        if "\n\n" in text[marks[i] : min(at, marks[i] + MAX_CHARS)] or at - marks[i] > MAX_CHARS:
            return None
        if text[at] in closers and not _opens_only(text, at):
            return j + 1, at + 1
    return None


def _opens_only(text: str, at: int) -> bool:
    return text[at] == '"' and _opens(text, at) and not _shut(text, at)


def _shut(text: str, at: int) -> bool:
    """Whether a straight mark stands where only a closing one can."""
    after = text[at + 1 : at + 2]
    return not after or after.isspace() or after in ".,;:!?)"


def _continues(text: str, opener: str, start: int, at: int) -> bool:
    """Whether a new paragraph opens with the same mark while the last is not closed."""
    if opener == '"' or text[at] != opener:
        return False
    gap = text[max(start + 1, at - 8) : at]
    return bool(_PARAGRAPH_END.search(gap)) and at - start > 8


def _paragraph_end(text: str, at: int) -> int:
    floor = max(0, at - 500)
    return floor + len(text[floor:at].rstrip())


def _trim(text: str, start: int, close: int) -> Stretch:
    """Marks and white space taken off; an unclosed stretch has no mark at its end."""
    end = close - 1 if text[close - 1] in "".join(PAIRS.values()) and close - start > 1 else close
    inner = text[start + 1 : end]
    left = len(inner) - len(inner.lstrip())
    return Stretch(start, start + 1 + left, start + 1 + len(inner.rstrip()), close)
