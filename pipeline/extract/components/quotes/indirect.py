"""Indirect speech of a named person, where a verb makes it certain: "X betont, dass ..." and "..., so X"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.components.quotes.lexicon import CUES, STRONG
from pipeline.extract.components.quotes.shape import has_finite_verb, words
from pipeline.extract.components.quotes.span import QuoteSpan
from pipeline.extract.components.quotes.speaker import Names

_THAT = re.compile(r",\s+dass?\s+")
_CLAUSE = re.compile(r",\s+(?=([a-zäöüß]+)\s)")
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = re.compile(r"[„“”»«\"]")  # a clause with quoted words in it is neither the one nor the other
_LONGEST, _FEWEST = 600, 5  # characters of a sentence that is read; words of a clause that says something


def find_indirect(
    names: Names, sentences: Sequence[tuple[int, int]], direct: Sequence[QuoteSpan]
) -> list[QuoteSpan]:
    """Indirect speech in sentences that touch no direct quote."""
    found: list[QuoteSpan] = []
    i = 0
    for start, end in sentences:
        while i < len(direct) and direct[i].end <= start:
            i += 1
        touched = i < len(direct) and direct[i].start < end
        quote = None if touched or end - start > _LONGEST else _read(names, start, end)
        if quote:
            found.append(quote)
    return found


def _read(names: Names, start: int, end: int) -> QuoteSpan | None:
    end = start + len(names.text[start:end].rstrip(" .!?\n"))
    return _that(names, start, end) or _trailing(names, start, end)


def _that(names: Names, start: int, end: int) -> QuoteSpan | None:
    """From "X betont, dass ..." to the clause behind "dass"."""
    that = _THAT.search(names.text, start, end)
    if not that:
        return None
    people = names.free_within(start, that.start(), "PER")
    verbs = [w[0] for w in _WORD.finditer(names.text, start, that.start()) if w[0] in STRONG]
    if len({n.name for n in people}) != 1 or len(verbs) != 1:
        return None
    return _quote(names, (that.end(), end), (people[0].name, verbs[0]), "indirect:that")


def _trailing(names: Names, start: int, end: int) -> QuoteSpan | None:
    """From "..., so X" to the clause before the comma."""
    last = None
    for last in _CLAUSE.finditer(names.text, start, end):  # noqa: B007  # the last clause is the one wanted
        pass
    if last is None or not (last[1] in STRONG or last[1] == "so") or last[1] not in CUES:
        return None
    people = names.free_within(last.end(), end, "PER")
    if not people or people[0].start - last.end() > 80:
        return None
    return _quote(names, (start, last.start()), (people[0].name, last[1]), "indirect:trailing")


def _quote(names: Names, span: tuple[int, int], said: tuple[str, str], rule: str) -> QuoteSpan | None:
    text = names.text[span[0] : span[1]]
    start = span[0] + len(text) - len(text.lstrip())
    if _MARKS.search(text) or len(words(text)) < _FEWEST or not has_finite_verb(text) or start >= span[1]:
        return None
    return QuoteSpan(start, start + len(text.strip()), said[0], said[1], "indirect", rule)
