"""The text around a quote -> who said it, by which verb, by which rule."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.components.quotes.lexicon import ARTICLES, CUES, PREPOSITIONS, PRONOUNS, STRONG
from pipeline.extract.components.quotes.span import NameSpan

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# a sentence ends behind a full word, not behind "Dr.-Ing." or an initial
_TAIL_END = re.compile(
    r"(?:(?<=[a-zäöüß]{4})(?<!habil)|(?<=[)\d“”]))[.!?](?=\s+[^a-zäöü\s]|\s*$)|\n[^\S\n]*\n|[„»«“\"]"
)
_BEHIND = re.compile(r"[.,;!?]{0,2}\s{0,4}[,–—-]?\s{0,4}(?=[a-zäöüß])")
_BEHIND_SENTENCE = re.compile(r"[.,]?\s{1,3}(?:Das|Dies|So|Mit diesen Worten)\s+(?=[a-zäöüß])")
_VERBISH = re.compile(r"[a-zäöüß]{3,}(?:t|te)")
_APPOSITION = re.compile(r"(?:, | \(| ist | wird | als |, die |, der )([^,.;:!?()\n]{3,60})")
_PERSONAL = frozenset({"er", "sie"})
_MASCULINE = frozenset({"er", "dieser", "jener"})
_REACH = 260  # characters behind a quote that may name its speaker
_MOST, _AFTER = 400, 5000  # names, and characters ahead, among which an office is looked up
_PARAGRAPH = 3000


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
        self._starts = [n.start for n in self.spans]

    def within(self, start: int, end: int, label: str) -> list[NameSpan]:
        """Names of a label between two offsets."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [n for n in self.spans[first:last] if n.label == label]

    def free_within(self, start: int, end: int, label: str) -> list[NameSpan]:
        """The same without those that a preposition governs: "gegenüber X", "mit Frau X"."""
        return [n for n in self.within(start, end, label) if not _governed(self.text, start, n)]

    def by_office(self, office: str, before: int) -> str | None:
        """The one person named with this office, or the one person named so far; None if that is not clear."""
        word = re.compile(re.escape(office) + r"s?\b", re.IGNORECASE)
        near = self.spans[: bisect_left(self._starts, before + _AFTER)][-_MOST:]
        holders = Counter(n.name for n in near if n.label == "PER" and word.search(self._beside(n)))
        ranked = holders.most_common(2)
        if ranked:
            return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None
        people = {n.name for n in near if n.label == "PER" and n.start < before}
        return next(iter(people)) if len(people) == 1 else None

    def _beside(self, name: NameSpan) -> str:
        """The words just before a name and the apposition behind it, where an office stands."""
        left = re.split(r"[.,;:!?\n]", self.text[max(0, name.start - 50) : name.start])[-1]
        behind_it = _APPOSITION.match(self.text, name.end)
        return " ".join(left.split()[-3:]) + " | " + (behind_it[1] if behind_it else "")


def behind(close: int, names: Names, last: str | None) -> Said | None:
    """From "“, sagt X" behind a quote that closes at an offset; `last` is whom a pronoun would mean."""
    text = names.text
    lead = _BEHIND.match(text, close) or _BEHIND_SENTENCE.match(text, close)
    verb = _WORD.match(text, lead.end()) if lead else None
    if not lead or not verb:
        return None
    stop = _TAIL_END.search(text, lead.end(), close + _REACH)
    end = stop.start() if stop else min(len(text), close + _REACH)
    known = verb[0] in CUES
    if not known and not ("," in lead[0] and _VERBISH.fullmatch(verb[0])):
        return None
    speaker = _subject(verb.end(), end, names, last)
    if not known and speaker is None:
        return None
    return Said(speaker, verb[0], f"behind:{CUES.get(verb[0], 'any')}")


def before(start: int, opening: int, names: Names, last: str | None) -> Said | None:
    """From "X sagt: „" in the words that lead to a quote: text[start:opening]."""
    lead = names.text[start:opening].rstrip()
    colon = lead.endswith(":")
    verbs = [m for m in _WORD.finditer(lead) if m[0].lower() in CUES and (colon or m[0] in STRONG)]
    for verb in reversed(verbs):
        people = names.free_within(start + verb.end(), opening, "PER")
        speaker = people[0].name if people else _stand_in(start + verb.end(), opening, names, last)
        speaker = speaker or _nearest_before(start, start + verb.start(), names)
        if speaker:
            return Said(speaker, verb[0], f"before:{CUES[verb[0].lower()]}")
    if not colon:
        return None
    speaker = _leading(start, opening, names, last)
    if speaker or verbs:
        return Said(speaker, verbs[-1][0] if verbs else None, "before:colon")
    return None


def _leading(start: int, opening: int, names: Names, last: str | None) -> str | None:
    """The one whom the words before a colon name: "An X wandte sie sich mit einer Bitte:" means her, not X."""
    free = names.free_within(start, opening, "PER")
    if free:
        return free[0].name
    named = names.within(start, opening, "PER")
    pronoun = next((m for m in _WORD.finditer(names.text, start, opening) if m[0] in _PERSONAL), None)
    if named and pronoun:
        governed = frozenset(n.name for n in named)
        return _meant(pronoun[0], names, start, last, governed) or named[0].name
    bodies = named or names.within(start, opening, "ORG")
    return bodies[0].name if bodies else _stand_in(start, opening, names, last)


def _subject(start: int, end: int, names: Names, last: str | None) -> str | None:
    """The one named behind a verb: the first person, else an office or pronoun, else an organisation close by."""
    first = _WORD.search(names.text, start, end)
    if first and first[0] in _PERSONAL and (meant := _stand_in(start, end, names, last)):
        return meant
    people = names.free_within(start, end, "PER") or names.within(start, end, "PER")
    if people:
        return people[0].name
    organisations = names.within(start, min(end, start + 80), "ORG")
    stand_in = _stand_in(start, end, names, last)
    return stand_in or (organisations[0].name if organisations else None)


def _nearest_before(start: int, end: int, names: Names) -> str | None:
    chosen = (
        names.free_within(start, end, "PER") or names.within(start, end, "PER") or names.within(start, end, "ORG")
    )
    return chosen[-1].name if chosen else None


def _governed(text: str, start: int, name: NameSpan) -> bool:
    left = _WORD.findall(text[max(start, name.start - 40) : name.start])[-2:]
    return any(word.lower() in PREPOSITIONS for word in left)


def _stand_in(start: int, end: int, names: Names, last: str | None) -> str | None:
    """From "die Oberbürgermeisterin" or "sie" to the name meant, if it is clear."""
    found = [m[0] for m in _WORD.finditer(names.text, start, min(end, start + 120))][:6]
    if not found:
        return None
    nouns = [word for word in found[1:] if word[:1].isupper()]
    if found[0].lower() in PRONOUNS and not (len(found) > 1 and found[1][:1].isupper()):
        return _meant(found[0].lower(), names, start, last)
    return names.by_office(nouns[0], start) if found[0].lower() in ARTICLES and nouns else None


def _meant(
    pronoun: str, names: Names, at: int, last: str | None, others: frozenset[str] = frozenset()
) -> str | None:
    """Whom "er" or "sie" means: the last speaker, else the one person of the paragraph, else the one named most.

    None of ``others``, who stand beside the pronoun in another part; nobody whose first name is of the other
    gender: a quote put into the wrong mouth is worse than an open one.
    """
    other = "f" if pronoun in _MASCULINE else "m"
    barred = {n.name for n in names.spans if n.gender == other} | others
    if last and last not in barred:
        return last
    paragraph = names.text.rfind("\n\n", max(0, at - _PARAGRAPH), at) + 1
    return _only(names, paragraph, at, barred) or (_only(names, 0, at, barred) if barred else None)


def _only(names: Names, start: int, end: int, barred: set[str]) -> str | None:
    """The person named most between two offsets, if nobody is named as often."""
    counts = Counter(n.name for n in names.within(start, end, "PER") if n.name not in barred)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and (start > 0 or ranked[0][1] == ranked[1][1])):
        return None
    return ranked[0][0]
