"""Stretches between marks -> quotes with speakers, from the first to the last."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.components.quotes.indirect import find_indirect
from pipeline.extract.components.quotes.lexicon import TITLES
from pipeline.extract.components.quotes.marks import stretches
from pipeline.extract.components.quotes.shape import (
    begins_sentence,
    ends_sentence,
    is_long_clause,
    is_part,
    is_sentence,
    words,
)
from pipeline.extract.components.quotes.span import NameSpan, QuoteSpan, Stretch
from pipeline.extract.components.quotes.speaker import Names, Said, before, behind

_LEAD = 400  # characters of a leading sentence that are read
_OVER = re.compile(r"[.!?][“”\"»«]?\s*$")  # a sentence that is over leads to nothing
_STANDS_ALONE = re.compile(r"[.!?:][“”\"»«]?\s*$|\n\s*$|^\s*$|[-–•]\s*$")
_RESUMED = re.compile(r",? [a-zäöüß][^\n]{4,160}[,:] ")
_SAME = 160  # characters between two quoted parts of one sentence
_TITLE = re.compile(rf"\b(?:{'|'.join(TITLES)})[:]?$")
_SENTENCE_BREAK = re.compile(r"[.!?]\s")


@dataclass(frozen=True, slots=True)
class Previous:
    """The quote before: who spoke, and where it closed."""

    speaker: str | None = None
    close: int = 0


def find(text: str, sentences: Sequence[tuple[int, int]], names: Sequence[NameSpan]) -> list[QuoteSpan]:
    """All quotes of a text, sorted, without overlap; direct speech, and indirect where a verb makes it certain.

    `sentences` are offsets of the text's sentences (they bound the words that can lead to a quote), `names` the
    persons and organisations that may speak.
    """
    who, starts = Names(text, names), [start for start, _ in sentences]
    quotes: list[QuoteSpan] = []
    previous = Previous()
    for stretch in stretches(text):
        said = _said(stretch, who, starts, previous)
        if said is not None:
            quotes.append(QuoteSpan(stretch.start, stretch.end, said.speaker, said.cue, "direct", said.rule))
            previous = Previous(said.speaker, stretch.close)
    return sorted([*quotes, *find_indirect(who, sentences, quotes)], key=lambda q: q.start)


def _said(stretch: Stretch, who: Names, starts: list[int], previous: Previous) -> Said | None:
    """Who said a stretch; None if it is no speech."""
    inner = who.text[stretch.start : stretch.end]
    count = len(words(inner))
    if count >= 3 and _resumes(who.text[previous.close : stretch.open], previous):
        return Said(previous.speaker, None, "resumed")
    if count < 3 or not (begins_sentence(inner) or is_long_clause(inner)):
        return _part(stretch, who, starts, previous) if is_part(inner) else None
    lead_start = _lead_start(who.text, stretch, starts, previous.close)
    lead = who.text[lead_start : stretch.open]
    alone = bool(_STANDS_ALONE.search(lead))
    ahead = None if _OVER.search(lead) else before(lead_start, stretch.open, who, previous.speaker)
    meant = ahead.speaker if ahead and ahead.speaker else previous.speaker
    found = (behind(stretch.close, who, meant) if alone else None) or ahead
    speech = is_sentence(inner) or is_long_clause(inner)
    if found and begins_sentence(inner) and (speech or (found.speaker and count >= 6)):
        return found
    if not speech or not (alone or is_long_clause(inner)) or count < 4:
        return None
    return _carried(stretch, who, previous) or found


def _part(stretch: Stretch, who: Names, starts: list[int], previous: Previous) -> Said | None:
    """A part of a sentence in another's words: only where the sentence names the speaker and a verb."""
    gap = who.text[previous.close : stretch.open]
    if previous.speaker and len(gap) <= _SAME and not _SENTENCE_BREAK.search(gap):
        return Said(previous.speaker, None, "same-sentence")
    lead_start = _lead_start(who.text, stretch, starts, previous.close)
    lead = who.text[lead_start : stretch.open].rstrip()
    if _TITLE.search(lead):
        return None
    found = behind(stretch.close, who, previous.speaker)
    if not found and not lead.endswith(":"):
        found = before(lead_start, stretch.open, who, previous.speaker)
    return found if found and found.speaker and found.cue else None


def _lead_start(text: str, stretch: Stretch, starts: list[int], close: int) -> int:
    """Where the sentence begins that leads to a quote, not before the quote before."""
    floor = max(0, stretch.open - _LEAD)
    at = floor + len(text[floor : stretch.open].rstrip())
    i = bisect_right(starts, max(0, at - 1)) - 1
    return max(starts[i] if i >= 0 else 0, close, floor)


def _carried(stretch: Stretch, who: Names, previous: Previous) -> Said | None:
    """A quote without a speaker of its own: the last speaker goes on, or the sentence before has named one."""
    inner = who.text[stretch.start : stretch.end]
    floor, long = max(previous.close, stretch.open - _LEAD), len(words(inner)) >= 8
    named = _named_in_paragraph(stretch, who, floor)
    if previous.speaker and _near(who.text[previous.close : stretch.open]) and named <= {previous.speaker}:
        return Said(previous.speaker, None, "continued")
    intro = before(floor, stretch.open, who, None) if long else None
    if intro and intro.speaker in {n.name for n in who.within(floor, stretch.open, "PER")}:
        return Said(intro.speaker, intro.cue, "intro")
    if not long or not ends_sentence(inner):
        return None
    return Said(next(iter(named)), None, "topic") if len(named) == 1 else Said(None, None, "open")


def _resumes(gap: str, previous: Previous) -> bool:
    """Whether only the words that name the speaker part two quotes: "“, erklärt X, „"."""
    return previous.close > 0 and bool(_RESUMED.fullmatch(gap)) and not _SENTENCE_BREAK.search(gap)


def _near(gap: str) -> bool:
    return len(gap) <= _LEAD and gap.count("\n\n") <= 1 and len(_SENTENCE_BREAK.findall(gap)) <= 1


def _named_in_paragraph(stretch: Stretch, who: Names, floor: int) -> set[str]:
    """The persons named before a quote in its paragraph."""
    start = max(floor, who.text.rfind("\n\n", floor, max(0, stretch.open - 2)) + 1)
    return {n.name for n in who.within(start, stretch.open, "PER")}
