"""How a text spells what an address or a folder squashes: ``funk-ilmtal.example`` -> ``Funk Ilmtal``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.core.text import fold

_WORDS = re.compile(r"[^\W_]+|&")
# in an address the words are run together already
_FREE_WORDS = re.compile(r"(?<![@./])(?<![^\W_])[^\W_]+(?![^\W_]|@)|&")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "é": "e", "è": "e", "â": "a", "î": "i"})
_LINKS = frozenset(
    ["für", "der", "die", "das", "des", "und", "im", "in", "am", "an", "von", "zur", "zum", "of", "the", "e", "v"]
)
_HOST = re.compile(r"(?:@|\(at\)|\[at\]|https?://|(?<=\s)(?=www\.))([\w-]{1,40}(?:\.[\w-]{1,40}){1,4})")
_BRACKETS = re.compile(r"\((?P<short>[A-ZÄÖÜ][\w-]{1,11}(?: [A-ZÄÖÜ][\w-]{1,15}){0,2})\)")
_WORD_OF_NAME = re.compile(r"[\w&.’'-]+")
_LEGAL = re.compile(r",? (?:e\. ?V\.|g?GmbH|AG|SE|eG)(?!\w)")
_MAX_TEXT = 12_000
_MIN_LABEL = 4
_MAX_WORDS = 9
# words that a short form may leave out at the end of a name
_MAX_REST = 3


@lru_cache(maxsize=1 << 15)
def plain(word: str) -> str:
    """A word -> as an address writes it: lower case, ``ö`` as ``oe``; remembered, because words recur."""
    if word == "&":
        return "und"
    return re.sub(r"[^a-z0-9]+", "", fold(word).translate(_UMLAUTS))


@dataclass(frozen=True, slots=True)
class Wording:
    """A text and its words run together."""

    text: str
    joined: str

    def spelled(self, label: str) -> str | None:
        """The first words of the text that, run together, are ``label``; None when there are none."""
        at = self.joined.find(label) if len(label) >= _MIN_LABEL else -1
        while at >= 0:
            starts, ends = _places(self.text)
            start, end = starts.get(at), ends.get(at + len(label))
            if start is not None and end is not None and self.text[start].isupper():
                legal = _LEGAL.match(self.text, end)
                return self.text[start : legal.end() if legal else end]
            at = self.joined.find(label, at + 1)
        return None


def wording(text: str) -> Wording:
    """A text -> its words run together, without those of addresses."""
    text = text[:_MAX_TEXT]
    return Wording(text, "".join(map(plain, _FREE_WORDS.findall(text))))


@lru_cache(maxsize=2)
def _places(text: str) -> tuple[dict[int, int], dict[int, int]]:
    """Where words begin and end in a text, by where they do when run together; asked for of few texts."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    length = 0
    for word in _FREE_WORDS.finditer(text):
        if letters := plain(word[0]):
            starts[length] = word.start()
            length += len(letters)
            ends[length] = word.end()
    return starts, ends


def hosts(text: str) -> list[str]:
    """The hosts of all mail and web addresses of a text, each once, in order."""
    return list(dict.fromkeys(found[1].lower() for found in _HOST.finditer(text)))


def initials(name: str) -> tuple[str, str]:
    """The first letters of a name's words: of all, and of those that are no links (``für``, ``der``)."""
    words = _WORDS.findall(name)
    every = "".join(plain(word)[:1] for word in words)
    return every, "".join(plain(word)[:1] for word in words if word.lower() not in _LINKS)


def explained(text: str) -> dict[str, str]:
    """Short forms in brackets -> the words before them that they stand for: ``Bund Oberer Wald (BOW)``."""
    found: dict[str, str] = {}
    for short in _BRACKETS.finditer(text):
        if sum(letter.isupper() for letter in short["short"]) >= 2 and short["short"] not in found:
            words = list(_WORD_OF_NAME.finditer(text, max(0, short.start() - 120), short.start()))[-_MAX_WORDS:]
            if (
                words
                and text[words[-1].end() : short.start()] == " "
                and (start := _start_of(words, short["short"])) is not None
            ):
                found[short["short"]] = text[start : words[-1].end()]
    return found


def stands_for(short: str, name: str) -> bool:
    """Whether a short form takes its letters from the words of a name: ``BOW``, ``Bund Oberer Wald``."""
    words = [plain(word) for word in _WORD_OF_NAME.findall(name)]
    capitals = sum(letter.isupper() for letter in short)
    return (
        capitals > 1 and words[0][:1] == plain(short)[:1] and _takes(plain(short), words[: len(plain(short)) + 2])
    )


def spells_out(short: str, name: str) -> bool:
    """Whether a name writes out what a shorter one abbreviates: ``BOW Lohe``, ``Bund Oberer Wald Lohe``."""
    pieces, words = [plain(word) for word in _WORDS.findall(short)], [plain(word) for word in _WORDS.findall(name)]
    at = abbreviated = 0
    for piece in pieces:
        run = words[at : at + len(piece)]
        if words[at : at + 1] == [piece]:
            at += 1
        elif len(piece) > 1 and "".join(word[:1] for word in run) == piece:
            at, abbreviated = at + len(piece), abbreviated + 1
        else:
            return False
    return abbreviated > 0 and len(words) - at <= _MAX_REST


def _start_of(words: list[re.Match[str]], short: str) -> int | None:
    return _begin(words, short) if " " not in short else _begin_of_several(words, short)


def _begin_of_several(words: list[re.Match[str]], short: str) -> int | None:
    """The same for a short form of several words: ``Bund Oberer Wald (BO Wald)``."""
    for at in range(len(words) - 1, -1, -1):
        name = " ".join(word[0] for word in words[at:])
        if name[:1].isupper() and spells_out(short, name):
            return words[at].start()
    return None


def _begin(words: list[re.Match[str]], short: str) -> int | None:
    """Where the words begin whose letters a short form takes, the last word first."""
    letters = plain(short)
    for at in range(len(words) - 1, max(len(words) - len(letters) - 4, -1), -1):
        word = words[at]
        is_start = word[0][:1].isupper() and plain(word[0])[:1] == letters[:1]
        if is_start and _takes(letters, [plain(part[0]) for part in words[at:]]):
            return word.start()
    return None


def _takes(letters: str, words: list[str]) -> bool:
    """Whether letters stand in words in this order, the first of most words among them."""
    at = used = 0
    for word in words:
        if at < len(letters) and word[:1] == letters[at]:
            at, used = at + 1, used + 1
            for letter in word[1:]:
                if at < len(letters) and letter == letters[at] and len(words) < len(letters):
                    at += 1
    return at == len(letters) and 2 * used >= len(words) - sum(word in _LINKS for word in words)
