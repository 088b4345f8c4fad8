"""People: names by first name, title, salutation, office and model; boundaries as the guidelines draw them.

A name is its first names, initials, particles and surname, with a genitive s; salutation, academic title and
office stay outside. Surnames alone are found after "Frau", a title or an office, and where the model sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.authority import Authority, beginnings
from pipeline.extract.components.bodies import is_known
from pipeline.extract.components.everyday import everyday, is_brand, is_everyday
from pipeline.extract.components.page import Page, Span
from pipeline.extract.components.vocabulary import (
    ends_badly,
    is_no_name,
    is_office,
    is_strong_office,
    without_genitive,
)
from pipeline.extract.patterns import load

_MAX_WORDS = 6
# a surname in capitals; a shorter word in capitals is an acronym
_LOUD = re.compile(r" ([A-ZÄÖÜ]{5,}(?:-[A-ZÄÖÜ]{3,})*)(?![\w-])")
# "Anne Muster von der Firma", "Anne Muster von": what follows a whole name is no part of it
_TAIL = re.compile(
    r"(?<=\w)(?: (?:von|vom|der|den|dem|und|zu|zum|zur|aus|in|im|am|bei|für|via))+ ?$"
    r"|(?<=\w) (?:vom|aus|beim?|via) .*$|(?<=\w) von [A-ZÄÖÜ]\S* \S.*$"
)
_FROM = re.compile(r" von (?:der |den |dem )?[A-ZÄÖÜ]\S*$")


def find(page: Page, authority: Authority) -> list[Span]:
    """All people of a page that anything speaks for; they may overlap, the caller chooses."""
    reader = _Names(page, authority)
    return [*reader.anchored(), *reader.by_first_name(), *reader.by_office(), *reader.repaired()]


class _Names:
    """The words of a page, read as parts of names."""

    def __init__(self, page: Page, authority: Authority) -> None:
        self._page, self._first = page, authority.first_names
        self._places = authority.places
        patterns = load("persons")
        self._word = patterns.compile("{upper}[\\w’'´]*(?:[-–][\\w’'´]+)*")
        self._initial = patterns.compile("{upper}{lower}?\\.(?= ?{upper})")
        self._particle = patterns.compile("{particles}(?= {upper})")
        self._lead = re.compile(patterns.compile("(?:{titles}|{salutations})[ ]").pattern, re.VERBOSE)
        self._upper = patterns.compile("{upper}")

    def anchored(self) -> Iterator[Span]:
        """Names after a salutation or a title, names in a byline."""
        for rule, unit in self._page.chances("persons"):
            byline = rule.id == "person-byline"
            for hit in rule.find(self._page.flat, unit.start, unit.end):
                end = hit.end if byline else self._end(hit.start, unit.end, loose=True)
                if end and not (byline and any(map(is_everyday, self._page.flat[hit.start : end].split()))):
                    yield hit.moved(hit.start, end)

    def by_first_name(self) -> Iterator[Span]:
        """A known first name, and a surname after it."""
        for unit, words in zip(self._page.units, self._page.tokens, strict=True):
            if beginnings(self._first).isdisjoint(words):
                continue
            position = unit.start
            while match := self._word.search(self._page.flat, position, unit.end):
                position = match.end()
                if self._is_inner(match.start()) or not self._is_first(match[0]):
                    continue
                end = self._end(match.start(), unit.end, loose=False)
                if end:
                    sure = self._pos_of_last(match.start(), end) != "NOUN"
                    yield Span(match.start(), end, "PER", "gazetteer", 0.9 if sure else 0.85)
                    position = end

    def by_office(self) -> Iterator[Span]:
        """A name right after an office: "Landrätin Muster"."""
        for unit in self._page.units:
            for match in self._word.finditer(self._page.flat, unit.start, unit.end):
                start = match.end() + 1
                if not is_office(match[0]) or self._page.flat[match.end() : start] != " ":
                    continue
                start = self._skip_lead(start, unit.end)
                word = self._word.match(self._page.flat, start, unit.end)
                if not word or not self._may_be_surname(word[0], start, match[0]):
                    continue
                if end := self._end(start, unit.end, loose=True):
                    yield Span(start, end, "PER", "rule:person-office", 0.8 if is_strong_office(match[0]) else 0.6)

    def _may_be_surname(self, word: str, start: int, office: str) -> bool:
        """Whether the word after an office is a person and not what the office is for."""
        after = self._word.match(self._page.flat, start + len(word) + 1)
        if self._is_place(word) or (word.isupper() and len(word) > 2) or is_everyday(word):
            return False
        if after and self._is_brand(after[0], after.start()) and self._page.flat[after.start() - 1] == " ":
            return False
        if is_strong_office(office):
            return not word.endswith("s") or self._page.pos_at.get(start) == "PROPN"
        return self._is_first(word) or any(n.start <= start < n.end and n.label == "PER" for n in self._page.names)

    def repaired(self) -> Iterator[Span]:
        """The model's people, with boundaries as the guidelines draw them."""
        for span in self._page.names:
            if span.label == "PER" and (fixed := self._repair(span)):
                yield fixed

    def _repair(self, span: Span) -> Span | None:
        start, end = self._skip_inner(self._skip_lead(span.start, span.end), span.end), span.end
        if cut := re.search(r"[\"„“»«()\[\]/|,;:&]|\d", self._page.flat[start:end]):
            end = start + cut.start()
        end = start + len(_TAIL.sub("", self._page.flat[start:end]).rstrip(" -–.’'‘"))
        end = start + len(self._without_origin(self._page.flat[start:end]))
        words = self._page.flat[start:end].split()
        while words and (is_office(words[-1]) or is_no_name(words[-1])):
            end = start + len(self._page.flat[start:end][: -len(words.pop())].rstrip())
        while len(words) > 2 and (words[-1].endswith(("endes", "ende")) or is_everyday(words[-1])):
            end = start + len(self._page.flat[start:end][: -len(words.pop())].rstrip())
        while words and words[-1][0].islower():
            end = start + len(self._page.flat[start:end][: -len(words.pop())].rstrip())
        if not words or not self._plausible(words):
            return None
        end = self._loud_surname(start, end)
        known = " " in self._page.flat[start:end] and self._is_first(words[0])
        fixed = span.moved(start, end)
        return replace(fixed, confidence=0.9) if known and fixed.confidence != 0.9 else fixed

    def _loud_surname(self, start: int, end: int) -> int:
        """The end with a surname in capitals, as the police write it: "Anna MUSTER-BEISPIEL"."""
        loud = _LOUD.match(self._page.flat, end)
        free = loud and _is_loud(loud[1]) and not self._page.flat[start:end].isupper()
        return loud.end() if loud and free else end

    def _without_origin(self, name: str) -> str:
        """Without a body after "von": "Anne Muster von Beispiel"; "Anne Marie von Muster" is a whole name."""
        if (origin := _FROM.search(name)) and len(before := name[: origin.start()].split()) > 1:
            return name if self._is_first(before[-1]) else name[: origin.start()]
        return name

    def _plausible(self, words: list[str]) -> bool:
        if not self._upper.match(words[0]) or any(is_no_name(word) for word in words):
            return False
        if len(words) > 1:
            # "Mio EUR", but ANNE MUSTER
            return not is_brand(words[-1]) and (
                words[0].isupper() or len(words[-1]) < 2 or not words[-1].isupper() or _is_loud(words[-1])
            )
        word = words[0]
        return len(word) > 2 and not self._is_place(word) and not ends_badly(word) and not word.isupper()

    def _skip_lead(self, start: int, end: int) -> int:
        """Past salutations, titles and offices."""
        while True:
            if lead := self._lead.match(self._page.flat, start, end):
                start = lead.end()
            elif (
                (word := self._word.match(self._page.flat, start, end))
                and word.end() < end
                and (is_office(word[0]) or is_no_name(word[0]))
                and not self._is_first(word[0])
            ):
                start = word.end() + 1
            else:
                return start

    def _skip_inner(self, start: int, end: int) -> int:
        """Past an office inside the span: "Musterlands Landesmeister [Anne Beispiel]"."""
        for word in self._word.finditer(self._page.flat, start, end):
            if is_office(word[0]) and word.end() + 1 < end:
                start = self._skip_lead(word.end() + 1, end)
        return start

    def _end(self, start: int, limit: int, *, loose: bool) -> int | None:
        """Where the name that begins at ``start`` ends; None if none does.

        ``loose``: something before says that this is a name, so an unknown first name or a surname alone will do.
        """
        position, end, words, first_names = start, None, 0, 0
        while words < _MAX_WORDS:
            if initial := self._initial.match(self._page.flat, position, limit):
                step, words = initial, words + 1
            elif words and (particle := self._particle.match(self._page.flat, position, limit)):
                if particle[0] in {"der", "den", "dem"} and self._page.pos_at.get(particle.end() + 1) != "PROPN":
                    break
                step = particle
            elif word := self._word.match(self._page.flat, position, limit):
                if self._is_barred(word[0], position):
                    break
                words, end, step = words + 1, word.end(), word
                if self._is_first(word[0]):
                    first_names += 1
                elif not (loose and words == 1 and self._is_unknown_first(word)):
                    break
            else:
                break
            position = step.end() + (self._page.flat[step.end() : step.end() + 1] == " ")
            if position == step.end() and step[0][-1] != ".":
                break
        return end if end and (loose or words > 1) and not (words == first_names == 1 and not loose) else None

    def _is_unknown_first(self, word: re.Match[str]) -> bool:
        """Whether an unknown word may be a first name: the next one is a name, too."""
        after = self._word.match(self._page.flat, word.end() + 1)
        if not after or self._page.flat[word.end()] != " ":
            return False
        return self._page.pos_at.get(after.start()) == "PROPN" and not self._is_barred(after[0], after.start())

    def _is_barred(self, word: str, start: int) -> bool:
        """Whether a word cannot be part of a person's name here."""
        pos = self._page.pos_at.get(start, "PROPN")
        if is_no_name(word) or (is_office(word) and pos != "PROPN") or pos in {"VERB", "AUX", "DET", "ADP"}:
            return True
        if self._is_brand(word, start):
            return True
        return ends_badly(word) and pos != "PROPN"

    def _is_brand(self, word: str, start: int) -> bool:
        """Whether a word is no surname by its look: a currency or acronym, inner capitals, "Cup-Finale"."""
        if word.isupper() and len(word) > 1:
            before = self._page.flat[:start].rstrip(" ").rsplit(maxsplit=1)
            return not before or not before[-1].isupper()
        return is_brand(word) or ("-" in word and is_everyday(word)) or word.lower() in everyday()

    def _is_first(self, word: str) -> bool:
        return word in self._first or ("-" in word and all(part in self._first for part in word.split("-")))

    def _is_place(self, word: str) -> bool:
        return word in self._places or without_genitive(word) in self._places

    def _is_inner(self, start: int) -> bool:
        """Whether the word is the end of a compound: "-Andreas"."""
        return start > 0 and self._page.flat[start - 1] in "-–’'_@."

    def _pos_of_last(self, start: int, end: int) -> str:
        last = start + self._page.flat[start:end].rfind(" ") + 1
        return self._page.pos_at.get(last, "PROPN")


def _is_loud(word: str) -> bool:
    """Whether a word in capitals is a surname and not the acronym of a body."""
    return _LOUD.fullmatch(" " + word) is not None and not is_known(word)
