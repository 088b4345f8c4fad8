"""What can be said of a word without its neighbours is said once: spaCy's number of a word becomes its facts."""

from __future__ import annotations

from typing import NamedTuple

from spacy.attrs import ORTH
from spacy.tokens import Doc

FINAL = frozenset(".!?…")
CLOSERS = frozenset([*"“”»«\")’'›‹", "''"])
STRAIGHT = frozenset(['"', "'", "''"])
NEVER_FIRST = frozenset([".", ",", "“", "«", ")", "!", "?", ";", ":", "…", "]", "%"])
ABBREVIATED = frozenset(
    "z. u. e. d. i. o. a. v. m. s. h. B. V. A. R. ca. bzw. Dr. Prof. Nr. Str. St. Abs. Art. Tel. sog. Mio. Mrd. Hl. hl. "
    "geb. stellv. Dipl. Ing. Jan. Feb. Apr. Aug. Sept. Okt. Nov. Dez. Mo. Di. Mi. Do. Fr. Sa. So. vgl. Bd. Hrsg. Kap.".split()
)
MOST = 200_000  # words of which facts are kept


class Word(NamedTuple):
    """A word type: what spaCy calls white space, line breaks in it, and what it says of sentences."""

    text: str
    space: bool
    breaks: int
    never_first: bool
    straight: bool
    small: bool  # begins with a small letter
    abbreviated: bool
    ordinal: bool
    final: bool
    closer: bool


def facts(text: str) -> Word:
    """A word becomes its facts."""
    return Word(
        text,
        text.isspace(),
        text.count("\n"),
        text in NEVER_FIRST,
        text in STRAIGHT,
        text[:1].islower(),
        text in ABBREVIATED,
        text[-1:] == "." and text[:-1].isdigit(),
        text in FINAL,
        text in CLOSERS,
    )


_KNOWN: dict[int, Word] = {}


def words(doc: Doc) -> list[Word]:
    """A document becomes the facts of its tokens, white space included."""
    numbers = doc.to_array(ORTH).tolist()
    try:
        return [_KNOWN[number] for number in numbers]
    except KeyError:
        return [_KNOWN.get(number) or _learn(number, doc) for number in numbers]


def _learn(number: int, doc: Doc) -> Word:
    word = facts(doc.vocab.strings[number])
    if len(_KNOWN) < MOST:
        _KNOWN[number] = word
    return word


def lines_of(doc: Doc) -> tuple[list[int], list[str], list[int]]:
    """A document becomes the places of its words, the words, and the line breaks before each (0, 1 or 2)."""
    tokens = words(doc)
    if not any(word.space for word in tokens):
        return list(range(len(tokens))), [word.text for word in tokens], [0] * len(tokens)
    places, texts, lines, breaks = [], [], [], 0
    for place, word in enumerate(tokens):
        if word.space:
            breaks += word.breaks
            continue
        places.append(place)
        texts.append(word.text)
        lines.append(min(breaks, 2))
        breaks = 0
    return places, texts, lines


def weight(before: Word, earlier: Word | None, word: Word, apart: bool) -> float:
    """The two words before and the word (apart: after a space) become what is added to the say that a sentence starts here."""
    if word.never_first or before.abbreviated or (word.straight and not apart):
        return NEVER
    if before.ordinal:
        return AFTER_ORDINAL  # 3. Mai
    final = before.final or (before.closer and earlier is not None and earlier.final)
    return AFTER_FINAL if final and not word.small else ELSEWHERE


# what the mark before a word adds to the network's say
AFTER_FINAL, ELSEWHERE, AFTER_ORDINAL, NEVER = 6.0, 0.0, -3.0, -1e6
