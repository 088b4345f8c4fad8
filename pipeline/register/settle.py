"""Mentions -> mentions under the label that the corpus speaks for, where one name was found as different things.

A model that reads sentence by sentence takes "Weißbach" for a place here and for a person there. The corpus knows
better: who is somebody's whole name, or the surname of somebody in the same release, is a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.core.records import Mention
from pipeline.register.clusters import Releases
from pipeline.register.gazetteer import Gazetteer
from pipeline.register.looks import Looks, look_at
from pipeline.register.names import fold, organisation, person, place, surname

DOUBTFUL = frozenset({"model", "rule:repeat"})
NAMES = frozenset({"PER", "LOC", "ORG"})
OTHER = frozenset({"LOC", "ORG"})  # labels under which a person may be found by mistake
# from so many occurrences on, a word that is a name in less than a third of them is none
MANY, SHARE = 6, 3


def settle(
    mentions: Sequence[Mention], releases: Releases, gazetteer: Gazetteer, looks: Looks | None = None
) -> defaultdict[str, list[Mention]]:
    """Mentions -> the same by the label that counts; a company's own name taken for an initiative is left out."""
    whole = {person(m.name).key for m in mentions if m.label == "PER" and person(m.name).first}
    here = {(m.release_id, part) for m in mentions if m.label == "PER" for part in _surnames(m)}
    bearing = {part for _, part in here}
    alone = {
        name: _alone(name, whole, bearing, gazetteer) for name in {m.name for m in mentions if m.label in OTHER}
    }
    companies = _companies(releases)
    corpus = _corpus(mentions, looks or look_at((), releases, ()))
    settled: defaultdict[str, list[Mention]] = defaultdict(list)
    decided: dict[tuple[str, str, str, str], str | None] = {}
    for mention in mentions:
        said = mention.label, mention.text, mention.name, mention.found_by
        if said not in decided:
            decided[said] = _decide(mention, corpus, companies, gazetteer)
        if (label := decided[said]) is None:
            continue
        is_person = (
            (told := alone.get(mention.name)) and mention.label in OTHER and _is_person(mention, told, here)
        )
        settled["PER" if is_person else label].append(mention)
    return settled


def _decide(mention: Mention, corpus: _Corpus, companies: set[str], gazetteer: Gazetteer) -> str | None:
    """The label that the corpus gives a mention, wherever it stands; None where it is left out."""
    if mention.label == "INITIATIVE" and organisation(mention.name)[0] in companies:
        return None
    return None if corpus.is_stray(mention) else corpus.label(mention, gazetteer)


@dataclass(frozen=True, slots=True)
class _Corpus:
    """What all releases together say about a name."""

    votes: dict[str, Counter[str]]  # name -> label -> in how many releases it is found so
    mentions: Counter[str]  # a word that only the model calls a name -> how often it does
    occurrences: Counter[str]  # the same word -> how often it stands in the texts

    def is_stray(self, mention: Mention) -> bool:
        """Whether a word is a name in a small share of its occurrences only."""
        seen = self.occurrences.get(mention.text, 0)
        return mention.label in {"PER", "LOC"} and seen >= MANY and self.mentions[mention.text] * SHARE < seen

    def label(self, mention: Mention, gazetteer: Gazetteer) -> str:
        """The label that most releases give a name, for a mention that only the model speaks for."""
        if mention.found_by not in DOUBTFUL or mention.label not in NAMES:
            return mention.label
        key = fold(mention.name)
        if mention.label == "ORG" and gazetteer.certain(key):
            return "LOC"
        votes = self.votes[key]
        if len(votes) == 1:
            return mention.label
        label, most = min(votes.items(), key=lambda pair: (-pair[1], pair[0]))
        return label if most >= SHARE * votes[mention.label] else mention.label


def _corpus(mentions: Sequence[Mention], looks: Looks) -> _Corpus:
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    weak: Counter[str] = Counter()
    sure: set[str] = set()
    for mention in mentions:
        if mention.label in NAMES:
            found[fold(mention.name), mention.label].add(mention.release_id)
        if mention.found_by not in DOUBTFUL:
            sure.add(mention.text)
        elif mention.text.isalpha():
            weak[mention.text] += 1
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (name, label), ids in found.items():
        votes[name][label] = len(ids)
    for text in sure & set(weak):
        del weak[text]
    return _Corpus(votes, weak, looks.occurrences(weak))


def _surnames(mention: Mention) -> set[str]:
    name = person(mention.name)
    return {name.last, surname(name.last)} if name.first else set()


def _companies(releases: Releases) -> set[str]:
    """The names of issuers with a legal form: a firm's name is not the name of something it undertakes."""
    issuers = {release.issuer for release in releases.values() if release.issuer}
    return {key for issuer in issuers for key, legal in [organisation(issuer)] if legal and legal != "ev"}


@dataclass(frozen=True, slots=True)
class _Alone:
    """What a name says of itself, wherever it stands."""

    whole: bool  # somebody's whole name
    lasts: frozenset[str] = frozenset()  # surnames that it may be


def _alone(name: str, whole: set[str], bearing: set[str], gazetteer: Gazetteer) -> _Alone | None:
    """What a name says of a person; None where it says nothing, as most names of places do."""
    taken = person(name)
    if taken.first:
        return _Alone(whole=True) if taken.key in whole else None
    lasts = frozenset({taken.last, taken.last.removesuffix("s")} & bearing)
    # a town may bear a family's name: then the label stands
    return _Alone(whole=False, lasts=lasts) if lasts and not gazetteer.candidates(place(name)) else None


def _is_person(mention: Mention, alone: _Alone, here: set[tuple[str, str]]) -> bool:
    return alone.whole or any((mention.release_id, last) in here for last in alone.lasts)
