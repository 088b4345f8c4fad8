"""The finished register -> what it knows about each initiative: years, partners, voices, silence.

A partner is an organisation or place in the same sentence, a voice a person who is named in it or whose words name
the initiative. Silence is counted to the newest release of the corpus, never to today.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.records import InitiativeFact, Mention, Quote, Sentence
from pipeline.register.again import Again, of
from pipeline.register.clusters import Releases
from pipeline.register.draft import Entry

_RELATION = {"organisation": "partner", "place": "partner", "person": "voice"}
Spot = tuple[str, int]  # a release and the start of a sentence in it


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry is named."""

    entry: Entry
    mention: Mention


def initiative_facts(
    entries: Sequence[Entry],
    sentences: Iterable[Sentence],
    quotes: Iterable[Quote],
    releases: Releases,
    silent_months: int,
) -> Iterator[InitiativeFact]:
    """Entries that are in the register -> the facts about their initiatives."""
    wanted = {m.mention.release_id for e in entries if e.type == "initiative" for m in e.members}
    starts = _starts(sentences, wanted)
    named = _named(entries, starts, wanted)
    told = _told(entries, quotes, wanted)
    newest = max((release.published for release in releases.values()), default="")
    for entry in entries:
        if entry.type == "initiative":
            yield from _years(entry, releases)
            yield from _company(entry, named, told, starts)
            yield from _silence(entry, releases, newest, silent_months)


def _named(entries: Sequence[Entry], starts: dict[str, list[int]], wanted: set[str]) -> dict[Spot, list[_Place]]:
    """The sentences that name an initiative -> all that is named in them."""
    initiatives = (m.mention for e in entries if e.type == "initiative" for m in e.members)
    named: dict[Spot, list[_Place]] = {_spot(mention, starts): [] for mention in initiatives}
    for entry in entries:
        for mention in (m.mention for m in entry.members):
            # a spot is no larger than a sentence: most names have none of these for company
            if mention.release_id in wanted and (spot := _spot(mention, starts)) in named:
                named[spot].append(_Place(entry, mention))
    return named


def _starts(sentences: Iterable[Sentence], wanted: set[str]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for release_id, start in _columns(sentences, wanted):
        found[release_id].append(start)
    return {release_id: sorted(starts) for release_id, starts in found.items()}


def _columns(sentences: Iterable[Sentence], wanted: set[str]) -> Iterator[Spot]:
    if isinstance(sentences, Again):
        return sentences.columns_of(wanted, "release_id", "start")
    return ((sentence.release_id, sentence.start) for sentence in of(sentences, wanted))


def _spot(mention: Mention, starts: dict[str, list[int]]) -> Spot:
    """The sentence of a mention; one that lies in none has itself for company."""
    within = starts.get(mention.release_id, ())
    number = bisect_right(within, mention.start)
    return mention.release_id, within[number - 1] if number else -mention.start - 1


def _told(
    entries: Sequence[Entry], quotes: Iterable[Quote], wanted: set[str]
) -> dict[str, list[tuple[int, int, Entry]]]:
    """Release -> (start, end, speaker) of its quotes whose speaker is a person of the register."""
    speakers = {
        (m.mention.release_id, m.mention.name): entry
        for entry in entries
        if entry.type == "person"
        for m in entry.members
        if m.mention.release_id in wanted
    }
    told: defaultdict[str, list[tuple[int, int, Entry]]] = defaultdict(list)
    for quote in of(quotes, wanted):
        if quote.speaker and (entry := speakers.get((quote.release_id, quote.speaker))):
            told[quote.release_id].append((quote.start, quote.end, entry))
    return told


def _years(entry: Entry, releases: Releases) -> Iterator[InitiativeFact]:
    ids = {m.mention.release_id for m in entry.members}
    counts = Counter(releases[release_id].published[:4] for release_id in ids)
    return (InitiativeFact(entry.entity_id, "year", year, count) for year, count in sorted(counts.items()))


def _company(
    entry: Entry,
    named: dict[Spot, list[_Place]],
    told: dict[str, list[tuple[int, int, Entry]]],
    starts: dict[str, list[int]],
) -> Iterator[InitiativeFact]:
    together: defaultdict[tuple[str, str], set[Spot]] = defaultdict(set)
    for mention in (m.mention for m in entry.members):
        spot = _spot(mention, starts)
        beside = [place.entry for place in named[spot] if not _overlap(place.mention, mention)]
        saying = [who for start, end, who in told.get(mention.release_id, ()) if start <= mention.start < end]
        for other in (*beside, *saying):
            if relation := _RELATION.get(other.type):
                together[relation, other.entity_id].add(spot)
    for (relation, other_id), spots in sorted(together.items()):
        yield InitiativeFact(entry.entity_id, relation, other_id, len(spots))


def _overlap(one: Mention, other: Mention) -> bool:
    """Whether a name is part of the initiative's own: the village in the name of its festival is no partner."""
    return one.start < other.end and other.start < one.end


def _silence(entry: Entry, releases: Releases, newest: str, least: int) -> Iterator[InitiativeFact]:
    last = max(releases[m.mention.release_id].published for m in entry.members)
    if (count := months(last, newest)) >= least:
        yield InitiativeFact(entry.entity_id, "silence", last, count)


def months(earlier: str, later: str) -> int:
    """Two dates -> whole months between them; what a date leaves open counts for the shorter time.

    >>> months("2022-05-12", "2023-11-11"), months("2022", "2023-11-11"), months("2022-05", "2022-04")
    (17, 10, 0)
    """
    (y1, m1, d1), (y2, m2, d2) = _parts(earlier, (12, 31)), _parts(later, (1, 1))
    return max(0, (y2 - y1) * 12 + m2 - m1 - (d2 < d1))


def _parts(date: str, unknown: tuple[int, int]) -> tuple[int, int, int]:
    parts = [int(part) for part in date[:10].split("-")]
    year, month, day = (*parts, *unknown[len(parts) - 1 :])
    return year, month, day
