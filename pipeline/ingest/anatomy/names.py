"""Names of bodies that issue press releases, by the nouns they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.ingest.anatomy.nominative import ROLE, genders, nominative, not_first, stem, table

_WORD = r"[A-ZÄÖÜ][\w’'&/-]*"
_LINK = r"(?:für|der|des|im|am|in|und|von|an|zur|zum|&|a\.|d\.|ob|vor)"
# what may follow the noun: "für Bau, Verkehr und Umwelt", "für nachhaltige Entwicklung", capitalised words
_ADJECTIVE = r"(?:[a-zäöü]+(?:e|en|er|es) )?"
_TAIL = (
    rf"(?: für {_ADJECTIVE}{_WORD}(?:, {_ADJECTIVE}{_WORD}){{1,4}} und {_ADJECTIVE}{_WORD}"
    rf"| für {_ADJECTIVE}{_WORD}|(?: {_LINK}){{0,2}} {_WORD})"
)
_LEGAL = r"(?:e\. ?V\.|gGmbH|GmbH(?: & Co\. KG)?|mbH|AG|SE|eG|KG|gAG|AöR|KdöR)"
_END = rf"(?P<legal>,? {_LEGAL}(?!\w))?(?: \((?P<short>[A-ZÄÖÜ][\w.-]{{1,14}})\))?"
_AFTER_NOUN = re.compile(rf"(?: [„\"»“](?P<quoted>[^„\"»“”«\n]{{3,50}})[“\"«”]|{_TAIL}{{0,4}}){_END}")
_AFTER_PLACE = re.compile(rf" {_WORD}{_TAIL}{{0,2}}{_END}")
_ALONE_LEGAL = re.compile(_LEGAL + r"(?!\w)" + r"(?: \((?P<short>[A-ZÄÖÜ][\w.-]{1,14})\))?")
_SHORT_FORM = re.compile(r" \([A-ZÄÖÜ][\w.-]{1,14}\)")
_CAPITAL = re.compile(r"(?<![\w-])(?:[A-ZÄÖÜ][\w-]*|e\. ?V\.|eG|gGmbH|mbH)")
_WHOLE_WORD = re.compile(_WORD)
_ARTICLES = frozenset(["der", "die", "das", "des", "dem", "den", "beim", "vom", "zum", "im", "am"])
# how far before its noun a name may begin
_REACH, _BEFORE_NOUN, _BEFORE_LEGAL = 90, 3, 5
# a company that writes itself small: "novatherm AG", but not "eine AG"
_SMALL = re.compile(r"(?<![\w-])([a-zäöü][a-zäöü0-9-]{4,24}(?<!er)(?<!en)(?<!em)(?<!es)(?<!e)) $")
# in capitals a headline cannot be told from a name; names in capitals are short
_MAX_CAPITALS = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in a text, in the nominative."""

    start: int
    end: int
    text: str
    short: str | None = None


@lru_cache(maxsize=1 << 14)
def is_name(line: str) -> bool:
    """Whether a line is the name of an issuer and nothing else; remembered, because senders recur."""
    if len(line) > 110 or (line[-1:] in ".!?:" and not line.endswith("V.")):
        return False
    if line.isupper() and line.count(" ") > _MAX_CAPITALS:
        return False
    line = line.rstrip(" ,")
    found = next(find(line), None)
    return found is not None and found.start == 0 and found.end == len(line) and len(line.split()) <= 12


def is_place_word(name: str) -> bool:
    """Whether a name is only the word that stands before a place: ``Stadt``, ``Landkreis``."""
    return name in _places()


def is_noun(word: str) -> bool:
    """Whether a single word is only the noun that names are made of, in any case: ``Bündnisses``."""
    return " " not in word and (stem(word)[0].lower() in genders() or word.lower() in _common())


def find(text: str) -> Iterator[Name]:
    """Every name of an issuer in a text, in the nominative."""
    end = 0
    for word in _CAPITAL.finditer(text):
        if word.start() < end or not _is_signal(word[0]):
            continue
        found = _around(text, word, end)
        if found:
            end = found.end
            if found.text:
                yield found


def with_short_form(text: str) -> Iterator[Name]:
    """Every name with its short form behind it in brackets; only lines that hold such brackets are looked at."""
    for line in text.split("\n"):
        if _SHORT_FORM.search(line):
            yield from (name for name in find(line) if name.short)


def _around(text: str, word: re.Match[str], floor: int) -> Name | None:
    """The name around the noun (or legal form) by which it is known; its text is empty when it is none."""
    before, article = _before(text, word.start(), floor)
    if _ALONE_LEGAL.match(word[0]):
        return _company(text, word, before[-_BEFORE_LEGAL:], floor)
    head = word[0]
    place = head in _places() and _AFTER_PLACE.match(text, word.end())
    after = place or (_AFTER_NOUN.match(text, word.end()) if head.lower().endswith(_signals()[0]) else None)
    if not after:
        return None
    start = word.start() - sum(len(part) + 1 for part in before[-_BEFORE_NOUN:])
    tail = text[word.end() : after.end("legal") if after["legal"] else _end_of_words(after)]
    quoted = None if place else after["quoted"]
    words = [quoted] if quoted else [*before[-_BEFORE_NOUN:], head, *tail.strip().split(" ")]
    name = quoted or nominative([word for word in words if word], None if place else head, article)
    return Name(start + _cut(words), after.end(), name or "", after["short"])


def _end_of_words(after: re.Match[str]) -> int:
    """Where the words after a noun end, without the short form in brackets."""
    return after.start("short") - 2 if after["short"] else after.end()


def _cut(words: list[str]) -> int:
    """How many characters of words at the start are no part of the name."""
    length = 0
    for word in words:
        if not (word in not_first() or ROLE.search(word)):
            break
        length += len(word) + 1
    return length


def _company(text: str, word: re.Match[str], before: list[str], floor: int) -> Name | None:
    legal = _ALONE_LEGAL.match(text, word.start())
    if not before and (small := _SMALL.search(text, max(floor, word.start() - _REACH), word.start())):
        before = [small[1]]
    if not before or legal is None:
        return None
    start = word.start() - sum(len(part) + 1 for part in before)
    end = legal.start("short") - 2 if legal["short"] else legal.end()
    name = nominative([*before, text[word.start() : end]], None, "")
    return Name(start + _cut(before), legal.end(), name or "", legal["short"])


def _before(text: str, start: int, floor: int) -> tuple[list[str], str]:
    """The capitalised words directly before a place in a text, and the article before them."""
    pieces = text[max(floor, start - _REACH) : start].replace("\n", " \n ").split(" ")
    if pieces.pop():
        return [], ""
    words: list[str] = []
    while pieces and len(words) < _BEFORE_LEGAL and _WHOLE_WORD.fullmatch(pieces[-1]):
        if pieces[-1].lower() in _ARTICLES:
            break
        words.insert(0, pieces.pop())
    article = pieces[-1].lower() if pieces and pieces[-1].lower() in _ARTICLES else ""
    return words, article


@cache
def _places() -> frozenset[str]:
    return frozenset(table()["before_place"]["words"].split())


@lru_cache(maxsize=1 << 15)
def _is_signal(word: str) -> bool:
    """Whether a word may be the noun of a name; remembered, because few words make most of a text."""
    tails, whole = _signals()
    lower = word.lower()
    return lower not in _common() and (lower in whole or lower.endswith(tails))


@cache
def _signals() -> tuple[tuple[str, ...], frozenset[str]]:
    """Endings and whole words, in lower case, without which no name is found."""
    tails = tuple(
        noun + ending for noun in genders() for ending in ("", "s", "es", "ses" if noun.endswith("nis") else "")
    )
    legal = ("e.v.", "e. v.", "ag", "se", "gmbh", "ggmbh", "mbh", "eg", "kg", "gag", "aör", "kdör")
    return tails, frozenset(word.lower() for word in _places()) | frozenset(legal)


@cache
def _common() -> frozenset[str]:
    """Words, in lower case, that end like the noun of a name and are none: ``Ehrenamt``, ``Kraftwerk``."""
    return frozenset(table()["common"]["words"].split())
