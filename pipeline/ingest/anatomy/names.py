"""Names of bodies that issue press releases, by the nouns they are made of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

_WORD = r"[A-ZÄÖÜ][\w’'&/-]*"
_LINK = r"(?:für|der|des|im|am|in|und|von|an|zur|zum|&|a\.|d\.|ob|vor)"
# what may follow the noun: "für Bau, Verkehr und Umwelt", "für nachhaltige Entwicklung", capitalised words
_ADJECTIVE = r"(?:[a-zäöü]+(?:e|en|er|es) )?"
_TAIL = (
    rf"(?: für {_ADJECTIVE}{_WORD}(?:, {_ADJECTIVE}{_WORD}){{1,4}} und {_ADJECTIVE}{_WORD}"
    rf"| für {_ADJECTIVE}{_WORD}|(?: {_LINK}){{0,2}} {_WORD})"
)
_CAPITAL = re.compile(r"[A-ZÄÖÜegm][\wÄÖÜ-]*")
_BEFORE, _AFTER = 50, 120
_LEGAL = r"(?:e\. ?V\.|gGmbH|GmbH(?: & Co\. KG)?|mbH|AG|SE|eG|KG|gAG|AöR|KdöR)"
_ROLE = re.compile(
    r"(?:leitung|leiter|sprecher|vorsitzende|geschäftsführer|direktor|referent|beauftragte)(?:in|r)?$",
    re.IGNORECASE,
)
_ENDINGS = {"m": ("er", "es", "s"), "n": ("es", "es", "s"), "f": ("e", "", "")}


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in a text, in the nominative."""

    start: int
    end: int
    text: str
    short: str | None = None


@cache
def _table() -> dict[str, dict[str, str]]:
    package = __package__.rpartition(".")[0]
    return tomllib.loads(resources.files(package).joinpath("patterns/issuers.toml").read_text("utf-8"))


@cache
def _genders() -> dict[str, str]:
    """The last part of a noun, in lower case -> its gender."""
    return {noun: gender for gender, nouns in _table()["nouns"].items() for noun in nouns.split()}


@cache
def _pattern() -> re.Pattern[str]:
    nouns = "|".join(sorted(_genders(), key=len, reverse=True))
    before = "|".join(sorted(_table()["before_place"]["words"].split(), key=len, reverse=True))
    head = rf"(?:[A-ZÄÖÜ][\w-]*?)?(?i:{nouns})(?:e?s)?(?![\w-])"
    return re.compile(
        # most places are ruled out by their first letter
        r"(?<!\w)(?=[A-ZÄÖÜdbvzia])"
        r"(?P<article>(?:[Dd](?:es|em|en|er|ie|as)|[Bb]eim|[Vv]om|[Zz]um|[Ii]m|[Aa]m) )?"
        rf"(?P<name>(?:\b{_WORD} ){{0,3}}?\b(?:(?P<place>(?:{before}) (?=[A-ZÄÖÜ])){_WORD}{_TAIL}{{0,2}}"
        rf"|(?P<head>(?<!-){head}){_TAIL}{{0,4}})(?:,? {_LEGAL})?"
        rf"|(?:\b{_WORD} ){{1,5}}{_LEGAL})"
        rf"(?: \((?P<short>[A-ZÄÖÜ][\w.-]{{1,14}})\))?",
    )


@cache
def _not_first() -> frozenset[str]:
    return frozenset(_table()["not_first"]["words"].split())


def is_name(line: str) -> bool:
    """Whether a line is the name of an issuer and nothing else."""
    if len(line) > 110 or (line[-1:] in ".!?:" and not line.endswith("V.")):
        return False
    found = _pattern().match(line.rstrip(" ,"))
    return found is not None and found.end() >= len(line.rstrip(" ,")) and len(line.split()) <= 12


def find(text: str) -> Iterator[Name]:
    """Every name of an issuer in a text, in the nominative."""
    end = 0
    for start, stop in _windows(text):
        for found in _pattern().finditer(text, max(start, end), stop):
            end = found.end()
            if name := _nominative(found):
                yield Name(found.start("name"), found.end("name"), name, found["short"])


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches around the words by which names are known; the full pattern would be slow on a whole text."""
    tails, whole = _signals()
    start = stop = -1
    for word in _CAPITAL.finditer(text):
        lower = word[0].lower()
        if lower not in whole and not lower.endswith(tails):
            continue
        if word.start() > stop:
            if stop >= 0:
                yield start, stop
            start = text.rfind(" ", 0, max(word.start() - _BEFORE, 0)) + 1
        stop = word.end() + _AFTER
    if stop >= 0:
        yield start, stop


@cache
def _signals() -> tuple[tuple[str, ...], frozenset[str]]:
    """Endings and whole words, in lower case, without which no name is found."""
    tails = tuple(noun + ending for noun in _genders() for ending in ("", "s", "es"))
    legal = ("v", "ag", "se", "gmbh", "ggmbh", "mbh", "eg", "kg", "gag", "aör", "kdör")
    return tails, frozenset(_table()["before_place"]["words"].lower().split()) | frozenset(legal)


def _nominative(found: re.Match[str]) -> str | None:
    words = found["name"].split(" ")
    while words and (words[0] in _not_first() or _ROLE.search(words[0])):
        words = words[1:]
    while words and (words[-1] in ("und", "der", "für", "in", "im", "am", "an", "von", "zur", "zum", "des")):
        words = words[:-1]
    name = " ".join(words).strip(" ,-/&")
    if len(name) < 4 or (len(words) == 1 and not _stands_alone(name)):
        return None
    head, article = found["head"], (found["article"] or "").strip().lower()
    if head and head in words and article in ("des", "dem", "den", "der", "beim", "vom", "zum", "im", "am"):
        return _bend(words, words.index(head), article)
    return name


def _stands_alone(word: str) -> bool:
    """Whether a single word names an issuer: ``Bundeskriminalamt`` does, ``Verband`` and ``Kunstwerk`` do not."""
    lower = _stem(word)[0].lower()
    endings = tuple(_table()["alone"]["words"].split())
    return lower.endswith(endings) and lower not in _genders() and not word.isupper()


def _bend(words: list[str], at: int, article: str) -> str:
    """Words of a name in the genitive or dative -> the nominative: ``Deutschen Bundes`` -> ``Deutscher Bund``."""
    noun = words[at]
    stem, gender = _stem(noun)
    strong, *_ = _ENDINGS[gender]
    if (gender == "f") != (article == "der"):
        return " ".join(words)
    bent = [word[:-2] + strong if word.endswith("en") and len(word) > 4 else word for word in words[:at]]
    return " ".join([*bent, stem if article == "des" else noun, *words[at + 1 :]])


def _stem(noun: str) -> tuple[str, str]:
    """A noun in the genitive -> its nominative and gender."""
    lower = noun.lower()
    for cut in (0, 1, 2):
        short = lower[: len(lower) - cut]
        for ending, gender in _genders().items():
            if short.endswith(ending) and (not cut or lower[len(short) :] in ("s", "es", "n", "en")):
                return noun[: len(noun) - cut], gender
    return noun, "m"
