"""The text around a quote -> who said it, by which verb, by which rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.components.quotes.lexicon import ARTICLES, CUES, PREPOSITIONS, PRONOUNS, STRONG
from pipeline.extract.components.quotes.span import NameSpan

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TAIL_END = re.compile(r"(?<![A-ZÄÖÜ])(?<!Dr)(?<!Prof)(?<!Nr)(?<!St)(?<!med)(?<!Dipl)[.!?](?=\s+[^a-zäöü\s]|\s*$)|\n[^\S\n]*\n|[„»«“\"]")
_BEHIND = re.compile(r"[.,;!?]{0,2}\s{0,4}[,–—-]?\s{0,4}(?=[a-zäöüß])")
_BEHIND_SENTENCE = re.compile(r"[.,]?\s{1,3}(?:Das|Dies|So|Mit diesen Worten)\s+(?=[a-zäöüß])")
_VERBISH = re.compile(r"[a-zäöüß]{3,}(?:t|te)")
_REACH = 260


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution: a full name or None, the cue as written or None, the rule."""

    speaker: str | None
    cue: str | None
    rule: str


class Names:
    """The names of a text, by place, and which of them an office or a pronoun can mean."""

    def __init__(self, text: str, names: Sequence[NameSpan]) -> None:
        self.text = text
        self.spans = sorted(names, key=lambda n: (n.start, -n.end))

    def within(self, start: int, end: int, label: str) -> list[NameSpan]:
        """Names of a label between two offsets."""
        return [n for n in self.spans if start <= n.start < end and n.label == label]

    def by_office(self, office: str, before: int) -> str | None:
        """The one person whose name stands beside this office somewhere; None if none or several."""
        stem = office.lower().removesuffix("in")
        hits = {n.name for n in self.spans if n.label == "PER" and stem in self._beside(n).lower()}
        people = {n.name for n in self.within(0, before, "PER")}
        if len(hits) == 1:
            return next(iter(hits))
        return next(iter(people)) if len(people) == 1 and not hits else None

    def _beside(self, name: NameSpan) -> str:
        left = self.text[max(0, name.start - 60) : name.start].rpartition(".")[2]
        right = self.text[name.end : name.end + 60]
        return left + (right.partition(".")[0] if right.startswith((",", " (", " als")) else "")


def behind(text: str, close: int, names: Names, last: str | None) -> Said | None:
    """ "“, sagt X" behind a quote that ends at `close`."""
    lead = _BEHIND.match(text, close) or _BEHIND_SENTENCE.match(text, close)
    if not lead:
        return None
    verb = _WORD.match(text, lead.end())
    stop = _TAIL_END.search(text, lead.end(), close + _REACH)
    end = stop.start() if stop else min(len(text), close + _REACH)
    if not verb:
        return None
    known = verb[0] in CUES
    if not known and not ("," in lead[0] and _VERBISH.fullmatch(verb[0])):
        return None
    speaker = _subject(text, verb.end(), end, names, last)
    if not known and speaker is None:
        return None
    return Said(speaker, verb[0], f"behind:{CUES.get(verb[0], 'any')}")


def before(text: str, start: int, opening: int, names: Names, last: str | None) -> Said | None:
    """ "X sagt: „" in the sentence that leads to a quote: text[start:opening]."""
    lead = text[start:opening].rstrip()
    colon = lead.endswith(":")
    verbs = [m for m in _WORD.finditer(lead) if m[0].lower() in CUES and (colon or m[0] in STRONG)]
    if not colon and not verbs:
        return None
    for verb in reversed(verbs):
        speaker = _subject(text, start + verb.end(), opening, names, last, chosen=True)
        speaker = speaker or _first_before(text, start, start + verb.start(), names)
        if speaker:
            return Said(speaker, verb[0], f"before:{CUES[verb[0].lower()]}")
    if not colon:
        return None
    people = names.within(start, opening, "PER") or names.within(start, opening, "ORG")
    verb = verbs[-1] if verbs else None
    speaker = people[0].name if people else _stand_in(text, start, opening, names, last)
    if speaker or verb:
        return Said(speaker, verb[0] if verb else None, "before:colon")
    return None


def _subject(text: str, start: int, end: int, names: Names, last: str | None, *, chosen: bool = False) -> str | None:
    """The one named behind a verb: the first person, else an organisation close by, else an office or pronoun."""
    people = [n for n in names.within(start, end, "PER") if not _governed(text, start, n)]
    people = people or ([] if chosen else names.within(start, end, "PER"))
    if people:
        return people[0].name
    organisations = names.within(start, min(end, start + 80), "ORG")
    stand_in = _stand_in(text, start, end, names, last)
    if stand_in or chosen:
        return stand_in
    return organisations[0].name if organisations else None


def _first_before(text: str, start: int, end: int, names: Names) -> str | None:
    people = names.within(start, end, "PER")
    free = [n for n in people if not _governed(text, start, n)]
    organisations = names.within(start, end, "ORG")
    chosen = free or people or organisations
    return chosen[0].name if chosen else None


def _governed(text: str, start: int, name: NameSpan) -> bool:
    """Whether a preposition takes the name: "gegenüber X", "mit Frau X"."""
    left = _WORD.findall(text[max(start, name.start - 40) : name.start])[-2:]
    return bool(left) and any(word.lower() in PREPOSITIONS for word in left)


def _stand_in(text: str, start: int, end: int, names: Names, last: str | None) -> str | None:
    """ "die Oberbürgermeisterin", "sie" -> the name meant, if it is clear."""
    found = [m[0] for m in _WORD.finditer(text, start, min(end, start + 120))][:6]
    if not found:
        return None
    if found[0].lower() in PRONOUNS:
        article_like = len(found) > 1 and found[1][:1].isupper()
        if not article_like:
            return last or _nearest(names, start)
    if found[0].lower() in ARTICLES:
        nouns = [word for word in found[1:] if word[:1].isupper()]
        return names.by_office(nouns[0], start) if nouns else None
    return None


def _nearest(names: Names, at: int) -> str | None:
    """The one person named in the paragraph so far."""
    paragraph = names.text.rfind("\n\n", 0, at) + 1
    people = {n.name for n in names.within(paragraph, at, "PER")}
    return next(iter(people)) if len(people) == 1 else None
