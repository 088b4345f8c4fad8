"""One theme -> its page: share over time, typical sentences, who and what occurs with it, its releases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.core.text import fold
from pipeline.core.theme_records import Theme, ThemeAssignment
from pipeline.report import charts, columns, course, german, lists, paths
from pipeline.report.changes import change, compared
from pipeline.report.corpus import Corpus, Head
from pipeline.report.names import Names
from pipeline.report.parts import Cell, Chart, Column, Fact, Frame, Link, Quoted, Ranked, RankedList, Table
from pipeline.report.quoting import Quoting
from pipeline.report.theme_facts import DIRECTIONS, EVENTS, LABEL_BY
from pipeline.report.views import IndexPage, ThemePage

_TYPICAL = 6  # sentences that show the theme
_ISSUERS = 6
_NAMES = 10  # entries of a list of names


def theme_page(corpus: Corpus, quoting: Quoting, theme: Theme, limit: int) -> ThemePage:
    """A theme -> its page."""
    heads = corpus.releases_of(theme.theme_id)
    return ThemePage(
        _frame(corpus, theme),
        _facts(corpus, theme, heads),
        tuple(theme.terms),
        share_chart(corpus, theme),
        tuple(_typical(corpus, quoting, theme)),
        _issuers(corpus, theme),
        _names(corpus, theme).lists(),
        lists.release_table(heads, "Mitteilungen zu diesem Thema", limit, paths.filtered(thema=theme.theme_id)),
        tuple(course.tables(corpus, theme)),
    )


def names_pages(corpus: Corpus, theme: Theme, rows: int) -> Iterator[IndexPage]:
    """A theme -> the pages with all of its names."""
    yield from _names(corpus, theme).pages(_frame(corpus, theme), f"Namen beim Thema {theme.label}", rows)


def _names(corpus: Corpus, theme: Theme) -> Names:
    counts = corpus.entities_in(corpus.heads_of(theme.theme_id))
    return Names(corpus, counts, lists.opener(corpus, thema=theme.theme_id), paths.theme(theme), _NAMES)


def _frame(corpus: Corpus, theme: Theme) -> Frame:
    found = theme.definition or "Vorgegebenes Thema"
    if theme.scheme != "guided":
        near = corpus.theme_at.get(theme.nearest or "")
        told = (
            f"; am nächsten bei „{near.label}“"
            if near
            else "; bei keinem vorgegebenen Thema"
            if theme.nearness
            else ""
        )
        found = f"Aus den Texten entdecktes Thema{told}"
    return Frame(paths.theme(theme), theme.label, paths.THEMES, found, (Link("Themen", paths.THEMES),))


def _facts(corpus: Corpus, theme: Theme, heads: list[Head]) -> tuple[Fact, ...]:
    facts = [
        Fact("Mitteilungen", german.number(len(heads)), "#mitteilungen"),
        Fact("Anteil an allen", german.percent(len(heads) / max(len(corpus.heads), 1), 1), paths.SHARES),
        Fact("Veränderung", change(corpus, theme.theme_id).words, paths.CHANGES, compared(corpus)),
    ]
    facts += _course(corpus, theme)
    if heads:
        facts.append(Fact("Neueste", german.date(heads[0].published), heads[0].path))
    return tuple(fact for fact in facts if fact.value)


def _course(corpus: Corpus, theme: Theme) -> Iterator[Fact]:
    """What the themes stage says of a theme over all the time, and since the accepted run."""
    if trend := corpus.theme_facts.trends.get(theme.theme_id):
        yield Fact("Auf lange Sicht", DIRECTIONS.get(trend.direction, ""), paths.TRENDS, trend.because)
    if event := corpus.theme_facts.event(theme.theme_id):
        yield Fact("Seit dem angenommenen Stand", EVENTS.get(event.event, ""), note=event.because)
    if told := LABEL_BY.get(theme.label_by, ""):
        yield Fact("Name", told)


def _issuers(corpus: Corpus, theme: Theme) -> RankedList | None:
    """Who writes about a theme, and how much of what they write that is."""
    groups = corpus.theme_facts.groups(theme.theme_id, "issuer")
    weight = lists.weigher(group.n_releases for group in groups)
    groups = [group for group in groups if group.group in corpus.by_issuer]
    items = tuple(
        Ranked(
            Link(group.name, paths.issuer(group.group)),
            german.count(group.n_releases, "Mitteilung", "Mitteilungen"),
            weight(group.n_releases),
            f"{german.percent(group.share)} von dem, was er schreibt",
            opens=paths.filtered(thema=theme.theme_id, herausgeber=group.group),
        )
        for group in groups
    )
    left = len(items) - _ISSUERS
    more = Link(f"und {german.number(left)} weitere") if left > 0 else None
    return RankedList("Wer darüber schreibt", items[:_ISSUERS], more, rest=items[_ISSUERS:]) if items else None


def share_chart(corpus: Corpus, theme: Theme) -> Chart | None:
    """Releases of a theme -> columns with their share by year; nothing where there is one year only."""
    if len(corpus.per_year) < 2:
        return None
    counts = corpus.per_theme(theme.theme_id, "year")
    share = {year: counts[year] / total for year, total in corpus.per_year.items()}
    top = max(share.values()) or 1
    bars = [
        charts.Bar(
            year,
            share[year] / top,
            german.percent(share[year]),
            _of(year, counts, corpus),
            f"von {german.number(corpus.per_year[year])}",
        )
        for year in share
    ]
    peak = max(share, key=lambda year: (share[year], year))
    description = (
        f"Säulen je Jahr von {min(share)} bis {max(share)}; "
        f"der höchste Anteil ist {german.percent(share[peak], 1)} im Jahr {peak}."
    )
    named = charts.Words("anteil", "Anteil des Themas je Jahr", description)
    return Chart(columns.columns(named, bars), _table(corpus, theme, counts))


def _of(year: str, counts: Counter[str], corpus: Corpus) -> str:
    total = german.count(corpus.per_year[year], "Mitteilung", "Mitteilungen")
    return f"{year}: {german.number(counts[year])} von {total}"


def _table(corpus: Corpus, theme: Theme, counts: Counter[str]) -> Table:
    columns = (
        Column("Jahr"),
        Column("Mitteilungen zum Thema", number=True),
        Column("Alle Mitteilungen", number=True),
        Column("Anteil", number=True, means=paths.SHARES),
    )
    rows = tuple(
        (
            Cell(year),
            Cell(
                german.number(counts[year]),
                paths.filtered(thema=theme.theme_id, jahr=year) if counts[year] else "",
            ),
            Cell(german.number(total), paths.filtered(jahr=year)),
            Cell(german.percent(counts[year] / total, 1)),
        )
        for year, total in corpus.per_year.items()
    )
    return Table("Anteil des Themas je Jahr", columns, rows, sortable=False)


def _typical(corpus: Corpus, quoting: Quoting, theme: Theme) -> Iterator[Quoted]:
    """The sentences that show a theme best: from its strongest releases, no sentence and no issuer at length."""
    seen: set[str] = set()
    issuers: Counter[str] = Counter()
    for assignment in corpus.by_theme.get(theme.theme_id, ()):
        if len(seen) == _TYPICAL:
            return
        issuer = corpus.at[assignment.release_id].issuer
        if issuers[issuer] >= 2 and len(corpus.by_issuer) > 2:
            continue
        quoted = _evidence(corpus, quoting, assignment)
        if quoted is None or (key := fold("".join(bit.text for bit in quoted.bits))) in seen:
            continue
        seen.add(key)
        issuers[issuer] += 1
        yield quoted


def _evidence(corpus: Corpus, quoting: Quoting, assignment: ThemeAssignment) -> Quoted | None:
    if assignment.sentence_start is None:
        return None
    note = f"{german.percent(assignment.share)} der Mitteilung"
    return quoting.quote(corpus.at[assignment.release_id], assignment.sentence_start, note=note)
