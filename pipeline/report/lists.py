"""Counts -> ranked lists and tables of releases, cut at the limit with a word about the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from pipeline.core.records import Entity
from pipeline.report import german, paths, words
from pipeline.report.corpus import Corpus, Head
from pipeline.report.parts import Cell, Column, Link, Ranked, RankedList, Table


def title(entity: Entity) -> str:
    """A name with its academic title."""
    return f"{entity.title} {entity.name}" if entity.title else entity.name


def about(entity: Entity) -> str:
    """What an entity is: office, kind or region."""
    if entity.type == "initiative":
        return words.KINDS.get(entity.kind or "", entity.kind or "")
    return (entity.role or "") if entity.type == "person" else (entity.region or "")


def entity_link(corpus: Corpus, number: int) -> Link:
    """An entity -> link to its page."""
    return Link(title(corpus.entities[number]), corpus.entity_paths[number])


def ranked(
    corpus: Corpus, counts: Iterable[tuple[int, int]], one: str, many: str, limit: int
) -> tuple[Ranked, ...]:
    """(entity, count) -> the strongest entries; equal counts by name."""
    ordered = sorted(counts, key=lambda x: (-x[1], german.sort_key(corpus.entities[x[0]].name), x[0]))
    weight = weigher(count for _, count in ordered)
    return tuple(
        Ranked(
            entity_link(corpus, number),
            german.count(count, one, many),
            weight(count),
            about(corpus.entities[number]),
        )
        for number, count in ordered[:limit]
    )


def weigher(counts: Iterable[int]) -> Callable[[int], float]:
    """Counts -> what the bar of each is as long as; no bars where nothing is above one."""
    top = max(counts, default=0)
    return lambda count: count / top if top > 1 else 0.0


def by_type(
    corpus: Corpus, counts: dict[int, int], types: Sequence[str], limit: int, without: int = -1
) -> tuple[RankedList, ...]:
    """Releases in which entities occur -> one list a type."""
    lists = []
    for kind in types:
        chosen = [(n, c) for n, c in counts.items() if corpus.entities[n].type == kind and n != without]
        items = ranked(corpus, chosen, "Mitteilung", "Mitteilungen", limit)
        more = _rest(len(chosen) - len(items))
        lists.append(RankedList(words.TYPES[kind][1], items, more))
    return tuple(lists)


def _rest(left: int) -> Link | None:
    return Link(f"und {german.number(left)} weitere") if left > 0 else None


def theme_lists(corpus: Corpus, heads: Sequence[Head], limit: int) -> RankedList:
    """Releases -> the given themes among them."""
    counts: dict[str, int] = {}
    for head in heads:
        for assignment in corpus.by_release.get(head.release_id, ()):
            counts[assignment.theme_id] = counts.get(assignment.theme_id, 0) + 1
    guided = [x for x in corpus.themes_by_weight if x.scheme == "guided" and x.theme_id in counts]
    guided.sort(key=lambda x: (-counts[x.theme_id], x.label))
    weight = weigher(counts.values())
    items = tuple(
        Ranked(
            Link(x.label, paths.theme(x)),
            german.count(counts[x.theme_id], "Mitteilung", "Mitteilungen"),
            weight(counts[x.theme_id]),
        )
        for x in guided[:limit]
    )
    return RankedList("Themen", items, empty="Keinem Thema zugeordnet.")


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
