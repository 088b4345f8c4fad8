"""Which rules have a chance in a stretch of text, told by its words alone.

A rule's regular expression costs the same wherever it finds nothing, and most find nothing in most paragraphs.
So a row may say what a stretch must hold for the rule to match: ``needs``, and ``needs_too`` for a second list, of
each of which one word must be there. An entry of such a list is

- ``Amt``, the word as it stands; signs are words, too: ``„``,
- ``~amt``, every word that ends so, in any case,
- ``Deutsch~``, the word with an ending of adjectives,
- ``{heads}``, each word of that list of the file, of several the last: ``~{heads}``, ``{stems}~``, ``~{heads}s``,
- ``0``, every word that holds a digit; ``A00``, such a word with digits in those places,
- ``aA``, every word with a capital behind its first letter.

What a word gives is worked out once and kept: words recur.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

TOKEN = re.compile(r"\w+|[^\w\s]")
_LIST = re.compile(r"\{([a-z_]+)\}")
_LAST = re.compile(r"\w+(?=\W*$)|[^\w\s]$")
_DIGIT = re.compile(r"\d")
_ENDINGS = ("e", "en", "er", "es", "em")
_MOST = 200_000  # words that are kept, some 20 MB; a corpus of 36,000 releases has more, but those are rare
Needs = tuple[str, ...]


@dataclass(slots=True)
class Cues:
    """Lists of words, a bit each -> which of them a word or a stretch of text has a word of."""

    bits: dict[Needs, int]
    _words: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _ends: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    _kept: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, lists: Iterable[Needs]) -> Cues:
        """A bit for each different list."""
        made = cls({needs: 1 << place for place, needs in enumerate(dict.fromkeys(lists))})
        for needs, bit in made.bits.items():
            for word in needs:
                made._add(word, bit)
        return made

    def _add(self, word: str, bit: int) -> None:
        if word.startswith("~"):
            self._ends[len(word) - 1][word[1:].lower()] |= bit
        elif word.endswith("~"):
            for ending in _ENDINGS:
                self._words[word[:-1] + ending] |= bit
        else:
            self._words[word] |= bit

    def seen(self, words: Iterable[str]) -> int:
        """The bits of a stretch with these words."""
        kept, found = self._kept, 0
        for word in words:
            bits = kept.get(word)
            found |= self._look(word) if bits is None else bits
        return found

    def _look(self, word: str) -> int:
        small, digits = word.lower(), _DIGIT.sub("0", word)
        bits = self._words.get(word, 0)
        if digits != word:
            bits |= self._words.get(digits, 0) | self._words.get("0", 0)
        if small[1:] != word[1:]:
            bits |= self._words.get("aA", 0)
        for length, ends in self._ends.items():
            bits |= ends.get(small[-length:], 0)
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[word] = bits
        return bits


def expanded(needs: Iterable[str], words: dict[str, tuple[str, ...]]) -> Needs:
    """The words of a list as a table has it, with those of the file's lists that it names."""
    return tuple(dict.fromkeys(word for entry in needs for word in _words(entry, words)))


def _words(entry: str, words: dict[str, tuple[str, ...]]) -> Iterator[str]:
    slot = _LIST.search(entry)
    if slot is None:
        yield entry
        return
    for phrase in words[slot[1]]:
        last = _LAST.search(phrase)
        assert last, phrase
        yield entry[: slot.start()] + last[0] + entry[slot.end() :]
