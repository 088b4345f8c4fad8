"""Stretches between marks -> quotes with speakers, from the first to the last."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.extract.components.quotes.marks import stretches
from pipeline.extract.components.quotes.shape import begins_sentence, ends_sentence, is_long_clause, is_sentence, words
from pipeline.extract.components.quotes.span import NameSpan, QuoteSpan, Stretch
from pipeline.extract.components.quotes.speaker import Names, Said, before, behind

_LEAD = 400  # characters of a leading sentence that are read
_SENTENCE_GAP = re.compile(r"[.!?:]\s*$|\n\s*$|^\s*$|[-–•]\s*$")


def find(text: str, sentences: Sequence[tuple[int, int]], names: Sequence[NameSpan]) -> list[QuoteSpan]:
    """All direct quotes of a text, sorted, without overlap.

    `sentences` are offsets of the text's sentences (they bound the words that can lead to a quote), `names` the persons
    and organisations that may speak.
    """
    who, starts = Names(text, names), [start for start, _ in sentences]
    quotes: list[QuoteSpan] = []
    last: QuoteSpan | None = None
    last_close = 0
    for stretch in stretches(text):
        said = _said(text, stretch, who, starts, last, last_close)
        if said is None:
            continue
        quote = QuoteSpan(stretch.start, stretch.end, said.speaker, said.cue, "direct", said.rule)
        quotes.append(quote)
        last, last_close = quote, stretch.close
    return quotes


def _said(
    text: str, stretch: Stretch, who: Names, starts: list[int], last: QuoteSpan | None, last_close: int
) -> Said | None:
    """Who said a stretch; None if it is no speech."""
    inner = text[stretch.start : stretch.end]
    if not (is_sentence(inner) or is_long_clause(inner)):
        return None
    lead_start = _lead_start(text, stretch, starts, last_close)
    lead = text[lead_start : stretch.open]
    alone = bool(_SENTENCE_GAP.search(lead))
    previous = last.speaker if last else None
    after = behind(text, stretch.close, who, previous) if alone or ends_sentence(lead) or not lead.strip() else None
    found = after or before(text, lead_start, stretch.open, who, previous)
    if found and begins_sentence(inner):
        return found
    if not (alone or is_long_clause(inner)) or len(words(inner)) < 4:
        return None
    return _carried(text, stretch, who, last, last_close, inner) or found


def _lead_start(text: str, stretch: Stretch, starts: list[int], last_close: int) -> int:
    """Where the sentence begins that leads to a quote, not before the quote before."""
    at = len(text[max(0, stretch.open - _LEAD) : stretch.open].rstrip()) + max(0, stretch.open - _LEAD)
    i = bisect_right(starts, max(0, at - 1)) - 1
    start = starts[i] if i >= 0 else 0
    return max(start, last_close, stretch.open - _LEAD)


def _carried(text: str, stretch: Stretch, who: Names, last: QuoteSpan | None, close: int, inner: str) -> Said | None:
    """A quote without a speaker of its own: the last speaker goes on, or the sentence before has named one."""
    gap = text[close : stretch.open]
    if last and last.speaker and len(gap) <= _LEAD and gap.count("\n\n") <= 1 and len(re.findall(r"[.!?]\s", gap)) <= 1:
        return Said(last.speaker, None, "continued")
    start = max(close, stretch.open - _LEAD)
    intro = before(text, start, stretch.open, who, None) if is_long_clause(inner) or len(words(inner)) >= 8 else None
    if intro and intro.speaker:
        return Said(intro.speaker, intro.cue, "intro")
    return Said(None, None, "open") if ends_sentence(inner) and len(words(inner)) >= 8 else None
