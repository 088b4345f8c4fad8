"""Words become sub-word numbers: a unigram (SentencePiece) tokenizer in plain Python, one cached entry a word type."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

MARK = "\u2581"  # SentencePiece writes the start of a word so
NO_MARK_BEFORE = frozenset(".,;:!?)]}%…“”’»«'")
UNKNOWN_PENALTY = 10.0
NO_PIECE, BEYOND = (-1, 0.0), (-2, 0.0)  # a beginning of pieces; nothing that a piece begins with
LONGEST_WORD = 48  # characters; a longer "word" is a file of noise and is read by its beginning


class Unigram:
    """Pieces with scores; piece number = place in the list + offset of the special numbers."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float], offset: int, unknown: int) -> None:
        self.entry = {piece: (i + offset, float(score)) for i, (piece, score) in enumerate(zip(pieces, scores))}
        # beginnings of pieces that are no pieces themselves: where none fits, no longer piece can
        self.entry |= {piece[:n]: NO_PIECE for piece in pieces for n in range(1, len(piece)) if piece[:n] not in self.entry}
        self.unknown = (unknown, min(map(float, scores)) - UNKNOWN_PENALTY)
        self.cache: dict[tuple[str, bool], tuple[int, ...]] = {}

    def word(self, text: str, marked: bool = True) -> tuple[int, ...]:
        """A word becomes its piece numbers; marked says whether a space goes before it."""
        key = (text, marked)
        found = self.cache.get(key)
        if found is None:
            found = self.cut((MARK if marked else "") + unicodedata.normalize("NFKC", text[:LONGEST_WORD]))
            if len(self.cache) < 200_000:
                self.cache[key] = found
        return found

    def cut(self, text: str) -> tuple[int, ...]:
        """Text without spaces becomes the likeliest sequence of pieces (Viterbi over end positions)."""
        n, find = len(text), self.entry.get
        best = [0.0] + [-1e9] * n
        back = [(0, 0)] * (n + 1)
        for start in range(n):
            so_far = best[start]
            for end in range(start + 1, n + 1):
                number, score = found = find(text[start:end], BEYOND)
                if number < 0 and end == start + 1:
                    number, score = self.unknown
                if number >= 0 and so_far + score > best[end]:
                    best[end], back[end] = so_far + score, (start, number)
                if found is BEYOND:
                    break
        return self.trace(back, n)

    def trace(self, back: list[tuple[int, int]], end: int) -> tuple[int, ...]:
        """Back pointers become piece numbers, runs of unknown characters made one."""
        numbers: list[int] = []
        while end > 0:
            end, number = back[end]
            if not (number == self.unknown[0] and numbers and numbers[-1] == number):
                numbers.append(number)
        return tuple(reversed(numbers)) or (self.unknown[0],)


def marked(token: str) -> bool:
    """Closing punctuation is written without a space before it; everything else begins with one."""
    return token not in NO_MARK_BEFORE
