"""A release's text -> the text that may leave the house, and where every offset went.

Out by default: contact zones, telephone and fax numbers, mail addresses, and the names of persons whom the
register does not hold, which are private persons. What was taken out is replaced by a word in brackets, so that a
reader sees that something stood there. Sources of the forms of numbers: DIN 5008 and ITU-T E.123.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

WORDS = {"contact": "[Kontaktangaben]", "phone": "[Telefon]", "mail": "[E-Mail]", "name": "[Name]"}
_MAIL = re.compile(r"(?:mailto:)?[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
# a number in national or international form; what may follow a word like "Telefon" is freer than what stands alone
# both begin with a class of characters, which ``re`` looks for without trying the rest: half the time
_AFTER_WORD = re.compile(
    r"[TtFfMmHhRrDdPp](?<!\w\w)(?i:(?<=T)el(?:efon|efax)?|(?<=F)(?:ax|on)|(?<=M)obil|(?<=H)(?:andy|otline)"
    r"|(?<=R)uf|(?<=D)urchwahl|(?<=P)hone)"
    r"(?i:(?:nummer)?\.?:?\s{0,3}(?:-Nr\.|Nr\.)?)\s{0,3}(?P<number>[+(]?\d[\d ()/.–-]{2,24}\d)"
)
_ALONE = re.compile(
    r"(?P<number>[+(0](?<![\w.,/-].)(?:(?<=\+)\d|(?<=\()0[1-9]|(?<=0)0?[1-9])[\d ()/–-]{5,24}\d)(?![\w,])"
)
_AT = ("@", "(at)", "[at]")
_YEAR = re.compile(r"0\d{1,4}/(?:19|20)\d\d")  # a file number, not a telephone number


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of the text that does not leave, and the kind of thing it is."""

    start: int
    end: int
    kind: str  # key of WORDS


@dataclass(frozen=True, slots=True)
class Gated:
    """A text after its cuts, and the way from old offsets to new ones."""

    text: str
    cuts: tuple[Cut, ...]
    moved: tuple[int, ...]  # by how much offsets behind each cut move

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a stretch of the old text stands in the new one; None when a cut touches it."""
        at = bisect_right(self.cuts, start, key=lambda cut: cut.end)
        if at < len(self.cuts) and self.cuts[at].start < end:
            return None
        shift = self.moved[at - 1] if at else 0
        return start + shift, end + shift

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch that may hold cuts, but is not cut at its ends, stands in the new text."""
        return self._moved(start), self._moved(end)

    def _moved(self, offset: int) -> int:
        at = bisect_right(self.cuts, offset, key=lambda cut: cut.end)
        shift = self.moved[at - 1] if at else 0
        if at < len(self.cuts) and self.cuts[at].start < offset:  # inside a cut: behind its word
            cut = self.cuts[at]
            return cut.start + shift + len(WORDS[cut.kind])
        return offset + shift

    @property
    def counts(self) -> dict[str, int]:
        """How many cuts of each kind."""
        return dict(sorted(Counter(cut.kind for cut in self.cuts).items()))


def numbers_and_mails(text: str) -> list[Cut]:
    """Telephone and fax numbers and mail addresses of a text."""
    mail = any(sign in text for sign in _AT)
    found = [Cut(*match.span(), "mail") for match in _MAIL.finditer(text)] if mail else []
    for pattern in (_AFTER_WORD, _ALONE):
        found += [
            Cut(*match.span("number"), "phone")
            for match in pattern.finditer(text)
            if not _YEAR.fullmatch(match["number"])
        ]
    return found


def names(text: str, private: Iterable[str]) -> list[Cut]:
    """Every place where one of the names stands as a whole word, its genitive included."""
    wanted = sorted({name for name in private if len(name) > 2}, key=lambda name: (-len(name), name))
    if not wanted:
        return []
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, wanted)) + r")s?(?!\w)")
    return [Cut(*match.span(), "name") for match in pattern.finditer(text)]


def apply(text: str, cuts: Sequence[Cut]) -> Gated:
    """Take the cuts out; where cuts overlap, they become one of the kind that starts first."""
    merged: list[Cut] = []
    for cut in sorted(cuts, key=lambda c: (c.start, -c.end, c.kind)):
        if merged and cut.start < merged[-1].end:
            merged[-1] = Cut(merged[-1].start, max(cut.end, merged[-1].end), merged[-1].kind)
        else:
            merged.append(cut)
    parts, moved, end, shift = [], [], 0, 0
    for cut in merged:
        parts += [text[end : cut.start], WORDS[cut.kind]]
        shift += len(WORDS[cut.kind]) - (cut.end - cut.start)
        moved.append(shift)
        end = cut.end
    return Gated("".join([*parts, text[end:]]), tuple(merged), tuple(moved))


def cleaner(private: Iterable[str], *, contacts: bool) -> Callable[[str | None], str | None]:
    """A function that takes the same things out of short texts: titles, names of events."""
    known = tuple(private)

    def clean(text: str | None) -> str | None:
        if not text:
            return text
        return apply(text, names(text, known) + ([] if contacts else numbers_and_mails(text))).text

    return clean
