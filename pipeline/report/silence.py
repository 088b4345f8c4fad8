"""What was written about once and is not any more: initiatives and given themes that fell silent."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.theme_records import Theme
from pipeline.report import german, lists, paths
from pipeline.report.corpus import Corpus
from pipeline.report.parts import Cell, Column, Link, Ranked, RankedList, Section, Table
from pipeline.report.quoting import Quoting

ANCHOR = "still"
_ROWS = 500


def silence(corpus: Corpus, quoting: Quoting, limit: int) -> RankedList:
    """Silent initiatives, the once commonest first, then themes at rest: as many as the limit allows of each."""
    initiatives, themes = silent_initiatives(corpus), silent_themes(corpus)
    told = [_initiative(corpus, quoting, *found) for found in initiatives[: limit - 2]]
    told += [_theme(corpus, *found) for found in themes[: limit - len(told)]]
    left = len(initiatives) + len(themes) - len(told)
    more = Link(f"und {german.number(left)} weitere", f"{paths.TIMELINE}#{ANCHOR}") if left > 0 else None
    return RankedList("Was still geworden ist", tuple(told), more, "Nichts: Alles kam im letzten Jahr vor.")


def _initiative(corpus: Corpus, quoting: Quoting, number: int, months: int) -> Ranked:
    """A silent initiative; the value leads to the last sentence that names it."""
    value = f"seit {german.count(months, 'Monat', 'Monaten')}"
    last = quoting.link(*corpus.mentions_of(number)[0][:2])
    return Ranked(lists.entity_link(corpus, number), value, 0.0, corpus.abouts[number], opens=last)


def _theme(corpus: Corpus, theme: Theme, last: str) -> Ranked:
    value = f"seit {german.month(last)}" if len(last) >= 7 else (f"seit {last}" if last else "noch nie")
    opens = corpus.releases_of(theme.theme_id)[0].path if last else ""
    return Ranked(Link(theme.label, paths.theme(theme)), value, 0.0, "Thema", opens=opens)


def section(corpus: Corpus) -> Section:
    """All that fell silent, for the timeline."""
    found = (*_initiative_rows(corpus), *_theme_rows(corpus))
    rows, left = found[:_ROWS], len(found) - _ROWS
    title = "Was still geworden ist"
    if not rows:
        return Section(ANCHOR, title, "Nichts: Alles kam im letzten Jahr vor.")
    text = (
        "Initiativen, die lange keine Mitteilung mehr nennt, und vorgegebene Themen ohne Mitteilung seit einem "
        f"Jahr vor dem {german.date(corpus.stand)}. Vielleicht ist etwas zu Ende, vielleicht nur vergessen worden."
    )
    columns = Column("Name"), Column("Art"), Column("Zuletzt", narrow=True), Column("Mitteilungen", number=True)
    more = f"und {german.number(left)} weitere im Register der Initiativen" if left > 0 else ""
    return Section(ANCHOR, title, text, Table(title, columns, rows, more, more_path=paths.index("initiativen")))


def _initiative_rows(corpus: Corpus) -> Iterator[tuple[Cell, ...]]:
    numbers = [number for number, _ in silent_initiatives(corpus)]
    for number, entity in zip(numbers, corpus.entities.pick(numbers), strict=True):
        yield (
            Cell(entity.name, corpus.path_of(number), german.sort_key(entity.name)),
            Cell(lists.about(entity) or "Initiative"),
            Cell(german.date(entity.last), sort=entity.last),
            Cell(german.number(entity.n_releases), lists.releases_with(corpus, number), str(entity.n_releases)),
        )


def _theme_rows(corpus: Corpus) -> Iterator[tuple[Cell, ...]]:
    for theme, last in silent_themes(corpus):
        count = len(corpus.by_theme.get(theme.theme_id, ()))
        yield (
            Cell(theme.label, paths.theme(theme), german.sort_key(theme.label)),
            Cell("Thema"),
            Cell(german.date(last) if last else "noch nie", sort=last),
            Cell(german.number(count), paths.filtered(thema=theme.theme_id) if count else "", str(count)),
        )


def silent_initiatives(corpus: Corpus) -> list[tuple[int, int]]:
    """(number of the initiative, months of silence), those first that most releases spoke of."""
    found = [
        (corpus.entity_at[fact.entity_id], fact.count)
        for fact in corpus.initiative_facts
        if fact.fact == "silence" and fact.entity_id in corpus.entity_at
    ]
    return sorted(found, key=lambda x: (-corpus.releases_with[x[0]], -x[1], x[0]))


def silent_themes(corpus: Corpus) -> list[tuple[Theme, str]]:
    """Given themes without a release in the year before the newest one, the longest silent first."""
    if not corpus.stand:
        return []
    year_ago = f"{int(corpus.stand[:4]) - 1}{corpus.stand[4:]}"
    found = []
    for theme in (x for x in corpus.themes if x.scheme == "guided"):
        heads = corpus.releases_of(theme.theme_id)
        last = heads[0].published if heads else ""
        if last < year_ago:
            found.append((theme, last))
    return sorted(found, key=lambda item: (not item[1], item[1], item[0].label))
