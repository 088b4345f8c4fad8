"""The tables and the state that was remembered -> what is new since the last report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.report import german, lists, paths, words
from pipeline.report.corpus import TYPES, Corpus, Counts, Head, newest_first
from pipeline.report.memory import Memory, key
from pipeline.report.names import Names
from pipeline.report.parts import Fact, Frame, Link, Ranked, RankedList, Section
from pipeline.report.views import NewsPage, Page

_NAMES = 25  # of a list of new names
_HOW = "Mit „make merken“ wird der Stand eines Berichts gemerkt; der nächste sagt dann hier, was seitdem neu ist."


@dataclass(frozen=True, slots=True)
class News:
    """What is new; ``state`` is why nothing can be said, where that is so."""

    since: str
    releases: tuple[Head, ...] = ()
    entities: tuple[int, ...] = ()  # numbers of the entities
    gone: int = 0
    state: str = ""


def news(corpus: Corpus, memory: Memory) -> News:
    """What the remembered report did not hold."""
    if not memory.releases:
        return News("", state="Noch ist kein früherer Bericht gemerkt.")
    known = {head.release_id for head in corpus.heads}
    if not known & memory.releases:
        return News("", state="Der gemerkte Bericht handelte von anderen Mitteilungen.")
    fresh = newest_first([head for head in corpus.heads if head.release_id not in memory.releases])
    entities = (n for n, name in enumerate(corpus.entity_at) if key(name) not in memory.names)
    return News(memory.stand, tuple(fresh), tuple(entities), len(memory.releases - known))


def in_a_sentence(corpus: Corpus, found: News) -> str:
    """What is new, for the first page; nothing where nothing was remembered."""
    if found.state:
        return ""
    counts = Counter(TYPES[corpus.kinds[n]] for n in found.entities)
    parts = [german.count(len(found.releases), "Mitteilung", "Mitteilungen")] if found.releases else []
    parts += [german.count(counts[kind], *names) for kind, names in words.TYPES.items() if counts[kind]]
    return german.listing(parts) if parts else "nichts"


def news_pages(corpus: Corpus, memory: Memory, limit: int, rows: int) -> Iterator[Page]:
    """What is new since the last report -> its page, and those with all of the new names."""
    found = news(corpus, memory)
    frame = Frame(paths.NEWS, "Neu seit dem letzten Bericht", paths.OVERVIEW, _lead(corpus, found))
    if found.state:
        yield NewsPage(frame, (), (), None, _HOW)
        return
    facts = [Fact("Gemerkter Bericht", f"Stand {german.date(found.since)}")]
    if found.gone:
        gone = german.count(found.gone, "Mitteilung", "Mitteilungen")
        facts.append(
            Fact("Nicht mehr dabei", gone, note="Dateien, die fehlen, ersetzt wurden oder sich geändert haben")
        )
    table = lists.release_table(found.releases, "Neue Mitteilungen", limit, paths.filtered(neu="1"))
    names = _names(corpus, found)
    section = Section("mitteilungen", "Neue Mitteilungen", "", table) if found.releases else None
    listed = (_themes(corpus, found), *names.lists("Neue {}", "Keine neuen."))
    yield NewsPage(frame, tuple(facts), listed, section, _HOW)
    yield from names.pages(frame, "Neue Namen", rows)


def _lead(corpus: Corpus, found: News) -> str:
    if found.state:
        return found.state
    return f"Seit dem Bericht mit Stand {german.date(found.since)} neu: {in_a_sentence(corpus, found)}."


def _themes(corpus: Corpus, found: News) -> RankedList:
    """Themes by the number of new releases."""
    counts = Counter(
        theme.theme_id for head in found.releases for theme in corpus.themes_of(head) if theme.scheme == "guided"
    )
    ordered = sorted(counts.items(), key=lambda item: (-item[1], corpus.theme_at[item[0]].label))
    weight = lists.weigher(counts.values())
    items = tuple(
        Ranked(
            Link(corpus.theme_at[theme_id].label, paths.theme(corpus.theme_at[theme_id])),
            german.count(count, "neue Mitteilung", "neue Mitteilungen"),
            weight(count),
            opens=paths.filtered(thema=theme_id, neu="1"),
        )
        for theme_id, count in ordered
    )
    return RankedList("Themen der neuen Mitteilungen", items)


def _names(corpus: Corpus, found: News) -> Names:
    """Names that stood in no release before."""
    numbers = np.array(found.entities, dtype=np.int32)
    counts = Counts(numbers, corpus.releases_with[numbers])
    return Names(corpus, counts, lists.opener(corpus), paths.NEWS, _NAMES)
