"""Offices that stand for a person: "die Oberbürgermeisterin" in a release -> one more mention of who held it.

Safe where the release gives that office to exactly one person, or where the issuer's releases before and after
agree on its holder. Only offices that there are once (``offices.toml``), after an article of their gender.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.core.records import Mention, Sentence
from pipeline.register import rules
from pipeline.register.again import of
from pipeline.register.beside import OFFICES, longest_first
from pipeline.register.clusters import OFFICE, Cluster, Member, Releases, Source
from pipeline.register.looks import Looks, look_at
from pipeline.register.tenure import Tenures, attested, office

_NAMED = re.compile(
    rf"\b(?:(?:[Dd]er|[Dd]em|[Dd]en)\s(?P<he>{longest_first(OFFICES['once'])})s?"
    rf"|(?:[Dd]ie|[Dd]er)\s(?P<she>{longest_first(OFFICES['once_feminine'])}))\b"
    # a name, a complement or a hyphen makes it an office with a bearer, or another office
    rf"(?!-|\s(?:{longest_first(OFFICES['not_before'])})\b|\s[A-ZÄÖÜ]|,\s[A-ZÄÖÜ][\w-]+\s[A-ZÄÖÜ]|[,\s]+(?:Prof\.|Dr\.|Herr|Frau)|\s?\|)"
)
# "das Amt der Oberbürgermeisterin", "die Wahl der Landrätin" speak of the office, whoever holds it
_OFFICE_ITSELF = re.compile(rf"\b(?:{longest_first(OFFICES['not_after'])})\s$")
_BEFORE = 30
_HERE, _ACROSS = ("office", "only_holder"), ("office", "in_office", "same_issuer")
_ZONES = frozenset({"body"})


def join(
    persons: Sequence[Cluster], releases: Releases, sentences: Iterable[Sentence], looks: Looks | None = None
) -> list[Cluster]:
    """Persons -> the same with the places where only their office stands, each with its reason."""
    looks = looks or look_at((), releases, ())
    tenures, bearers = _tenures(persons, releases), _bearers(persons)
    taken = _taken(persons)
    found: defaultdict[int, list[Member]] = defaultdict(list)
    for sentence in of(sentences, _asked(bearers, tenures, releases, looks)):
        if sentence.zone not in _ZONES:
            continue
        release = releases[sentence.release_id]
        for start, end, word in _offices(release.text, sentence):
            if chosen := _bearer(word, release, bearers, tenures):
                number, reason = chosen
                if not any(a < end and start < b for a, b in taken[release.release_id]):
                    found[number].append(Member(_mention(release, start, end, persons[number]), reason))
    return [
        Cluster(c.type, c.name, (*c.members, *found[number]), c.link) if number in found else c
        for number, c in enumerate(persons)
    ]


def _asked(
    bearers: Mapping[tuple[str, str], set[int]], tenures: Tenures, releases: Releases, looks: Looks
) -> set[str]:
    """The releases that speak of an office, and give it to somebody, or whose issuer has others that do."""
    here = {release_id for release_id, _ in bearers}
    return {i for i in looks.offices if i in here or releases[i].issuer in tenures.issuers}


def _tenures(persons: Sequence[Cluster], releases: Releases) -> Tenures:
    return attested(
        (release.issuer or "", m.mention.role, release.published, str(number))
        for number, cluster in enumerate(persons)
        for m in cluster.members
        if m.mention.role
        for release in [releases[m.mention.release_id]]
    )


def _taken(persons: Sequence[Cluster]) -> defaultdict[str, list[tuple[int, int]]]:
    taken: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for cluster in persons:
        for member in cluster.members:
            taken[member.mention.release_id].append((member.mention.start, member.mention.end))
    return taken


def _offices(text: str, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    for match in _NAMED.finditer(text, sentence.start, sentence.end):
        if _OFFICE_ITSELF.search(text[max(0, match.start() - _BEFORE) : match.start()]):
            continue
        group = "he" if match["he"] else "she"
        yield match.start(group), match.end(group), match[group]


def _bearers(persons: Sequence[Cluster]) -> dict[tuple[str, str], set[int]]:
    """(release, office) -> the persons to whom the release gives it."""
    found: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for number, cluster in enumerate(persons):
        for mention in (m.mention for m in cluster.members if m.mention.role):
            found[mention.release_id, office(mention.role or "")].add(number)
    return dict(found)


def _bearer(
    word: str, release: Source, bearers: dict[tuple[str, str], set[int]], tenures: Tenures
) -> tuple[int, str] | None:
    """The person whom an office means in a release, and why."""
    if here := bearers.get((release.release_id, office(word))):
        return (min(here), rules.because(_HERE)) if len(here) == 1 and rules.enough(_HERE) else None
    holder = tenures.holder(release.issuer, word, release.published)
    return (int(holder), rules.because(_ACROSS)) if holder and rules.enough(_ACROSS) else None


def _mention(release: Source, start: int, end: int, person: Cluster) -> Mention:
    return Mention(
        release.release_id, start, end, "PER", release.text[start:end], person.name,
        None, None, None, "body", OFFICE, 1.0,
    )  # fmt: skip
