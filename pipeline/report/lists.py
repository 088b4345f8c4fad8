"""Counts -> ranked lists and tables of releases, cut at the limit with a word about the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

import numpy as np

from pipeline.core.records import Entity
from pipeline.report import german, paths, words
from pipeline.report.corpus import Corpus, Counts, Head
from pipeline.report.parts import Cell, Column, Link, Ranked, RankedList, Table


def title(entity: Entity) -> str:
    """A name with its academic title."""
    return f"{entity.title} {entity.name}" if entity.title else entity.name


def about(entity: Entity) -> str:
    """What an entity is: office, kind or region."""
    return words.about(entity.type, entity.role, entity.kind, entity.region)


def entity_link(corpus: Corpus, number: int) -> Link:
    """An entity -> link to its page."""
    return Link(corpus.titled[number], corpus.path_of(number))


Opens = Callable[[int], str]  # number of an entity -> where its count leads


def ranked(corpus: Corpus, counts: Counts, what: tuple[str, str], limit: int, opens: Opens) -> tuple[Ranked, ...]:
    """(entity, count) -> the strongest entries; equal counts by name."""
    ordered = strongest(corpus, counts, limit)
    weight = weigher(count for _, count in ordered)
    return tuple(
        Ranked(
            entity_link(corpus, number),
            german.count(count, *what),
            weight(count),
            corpus.abouts[number],
            opens=opens(number),
        )
        for number, count in ordered
    )


def releases_with(corpus: Corpus, number: int, *others: int, **chosen: str) -> str:
    """An entity -> the list of its releases; of the only one that names it, the sentence.

    With ``others`` only releases that name all of them, with ``chosen`` only those of a theme, a year, an issuer.
    """
    return opener(corpus, *others, **chosen)(number)


def opener(corpus: Corpus, *others: int, **chosen: str) -> Opens:
    """The same for many entities: what their addresses have in common is spelled once."""
    start = paths.filtered(*map(corpus.key_of, others), **chosen)
    start += "name=" if start.endswith("?") else "&name="
    return lambda number: start + corpus.key_of(number) if corpus.has_page(number) else corpus.path_of(number)


def strongest(corpus: Corpus, counts: Counts, limit: int) -> list[tuple[int, int]]:
    """(entity, count) -> those with the highest counts; equal counts by name."""
    order = np.lexsort((corpus.alphabet[counts.numbers], -counts.counts))[:limit]
    return list(counts.where(order).items())


def weigher(counts: Iterable[int]) -> Callable[[int], float]:
    """Counts -> what the bar of each is as long as; no bars where nothing is above one."""
    top = max(counts, default=0)
    return lambda count: count / top if top > 1 else 0.0


def theme_lists(corpus: Corpus, heads: Sequence[Head], limit: int, opens: Callable[[str], str]) -> RankedList:
    """Releases -> the given themes among them; ``opens``: theme_id -> those releases that have it."""
    counts = corpus.theme_counts(heads)
    guided = [x for x in corpus.themes_by_weight if x.scheme == "guided" and x.theme_id in counts]
    guided.sort(key=lambda x: (-counts[x.theme_id], x.label))
    weight = weigher(counts.values())
    items = tuple(
        Ranked(
            Link(x.label, paths.theme(x)),
            german.count(counts[x.theme_id], "Mitteilung", "Mitteilungen"),
            weight(counts[x.theme_id]),
            opens=opens(x.theme_id),
        )
        for x in guided
    )
    more = Link(f"und {german.number(len(items) - limit)} weitere") if len(items) > limit else None
    return RankedList("Themen", items[:limit], more, "Keinem Thema zugeordnet.", items[limit:])


def release_row(head: Head) -> tuple[Cell, ...]:
    """A release -> date, title, issuer."""
    note = "Datum geschätzt" if head.estimated else ""
    return (
        Cell(german.date(head.published), sort=head.published, note=note),
        Cell(head.title, head.path, german.sort_key(head.title)),
        Cell(head.issuer, paths.issuer(head.issuer), german.sort_key(head.issuer)),
    )


def release_table(heads: Sequence[Head], caption: str, limit: int, whole: str = "") -> Table:
    """Releases -> their table, as many as the limit allows; ``whole``: where all of them are listed."""
    rows = tuple(release_row(head) for head in islice(heads, limit))
    left = len(heads) - len(rows)
    more = f"und {german.count(left, 'weitere Mitteilung', 'weitere Mitteilungen')}" if left > 0 else ""
    columns = Column("Datum", narrow=True), Column("Mitteilung"), Column("Herausgeber")
    return Table(caption, columns, rows, more, more_path=whole if more else "")
