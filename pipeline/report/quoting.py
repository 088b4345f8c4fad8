"""A mention, a quote or an assignment -> its sentence, with the way back to it."""

from __future__ import annotations

from functools import lru_cache

from pipeline.report import german, paths
from pipeline.report.corpus import Corpus, Head
from pipeline.report.parts import Bit, Quoted

_LONGEST = 420  # characters of a quoted sentence before it is cut around the mark
Marks = list[tuple[int, int]]


class Quoting:
    """Quotes sentences of a corpus; keeps the last texts at hand, because lists walk through them in order."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.text = lru_cache(maxsize=64)(corpus.text)

    def bounds(self, head: Head, at: int) -> tuple[int, int]:
        """The sentence that holds an offset; where there is none, its paragraph."""
        if found := self._corpus.bounds.around(head.position, at):
            return found
        text = self.text(head)
        end = text.find("\n\n", at)
        return text.rfind("\n\n", 0, at) + 2 if "\n\n" in text[:at] else 0, len(text) if end < 0 else end

    def link(self, head: Head, at: int) -> str:
        """The address of the sentence that holds an offset; of the release where no sentence does."""
        found = self._corpus.bounds.around(head.position, at)
        return paths.sentence(head.path, found[0]) if found else head.path

    def quote(self, head: Head, at: int, marks: Marks = [], note: str = "") -> Quoted:  # noqa: B006 never changed
        """The sentence around an offset with its marks, cut where it is very long."""
        found = self._corpus.bounds.around(head.position, at)
        return self.passage(head, found or self.bounds(head, at), marks, note, whole=bool(found))

    def passage(self, head: Head, bounds: tuple[int, int], marks: Marks, note: str, *, whole: bool) -> Quoted:
        """The same for a sentence whose bounds are known; ``whole``: it is one, not a paragraph without any."""
        start, end = bounds
        path = paths.sentence(head.path, start) if whole else head.path
        return Quoted(_shorten(_bits(self.text(head), start, end, marks)), path, head.title, source(head), note)

    def speech(self, head: Head, start: int, end: int) -> Quoted:
        """Direct speech in German quotation marks, cut where it is very long."""
        text = _cut(_line(self.text(head)[start:end]), _LONGEST, first=True, last=True)
        return Quoted((Bit(f"„{text.strip()}“"),), self.link(head, start), head.title, source(head))


@lru_cache(1024)
def source(head: Head) -> str:
    """Who said it when."""
    return f"{head.issuer}, {german.date(head.published)}"


def _bits(text: str, start: int, end: int, marks: Marks) -> tuple[Bit, ...]:
    bits, at = [], start
    for first, last in sorted(marks):
        first, last = max(first, at), min(last, end)  # noqa: PLW2901 marks may reach over the sentence
        if first < last:
            bits += [Bit(_line(text[at:first])), Bit(_line(text[first:last]), marked=True)]
            at = last
    bits.append(Bit(_line(text[at:end])))
    return tuple(bit for bit in bits if bit.text)


def _line(text: str) -> str:
    return " ".join(text.split("\n"))


def _shorten(bits: tuple[Bit, ...]) -> tuple[Bit, ...]:
    """Long stretches between marks lose their middle; what is marked stays whole."""
    if sum(len(bit.text) for bit in bits) <= _LONGEST:
        return bits
    room = max(_LONGEST // (len(bits) + 1), 60)
    last = len(bits) - 1
    return tuple(
        bit if bit.marked else Bit(_cut(bit.text, room, first=n == 0, last=n == last))
        for n, bit in enumerate(bits)
    )


def _cut(text: str, room: int, *, first: bool, last: bool) -> str:
    if first and last:
        return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    if len(text) <= 2 * room:
        return text
    head = "" if first else text[:room].rsplit(" ", 1)[0] + " "
    tail = "" if last else " " + text[-room:].split(" ", 1)[-1]
    return f"{head}…{tail}"
