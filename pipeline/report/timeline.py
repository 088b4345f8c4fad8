"""When releases came out, month by month, and from when to when initiatives were spoken of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.report import charts, columns, german, lists, paths
from pipeline.report.corpus import Corpus
from pipeline.report.parts import Cell, Chart, Column, Frame, Table
from pipeline.report.silence import section
from pipeline.report.views import TimelinePage

_LIVES = 40  # initiatives in the drawing


def timeline_page(corpus: Corpus) -> TimelinePage:
    """Releases by month, initiatives by their first and last mention."""
    lead = "Wann Mitteilungen erschienen und von wann bis wann Initiativen genannt werden."
    found = [chart for chart in (_months(corpus), _initiatives(corpus)) if chart]
    return TimelinePage(Frame(paths.TIMELINE, "Zeitleiste", paths.TIMELINE, lead), tuple(found), section(corpus))


def _months(corpus: Corpus) -> Chart | None:
    counts = Counter(head.published[:7] for head in corpus.heads if len(head.published) >= 7)
    if not counts:
        return None
    top = max(counts.values())
    peak = max(counts, key=lambda month: (counts[month], month))
    bars = [
        charts.Bar(
            month[:4] if month.endswith("-01") else "",
            counts[month] / top,
            german.number(top) if month == peak else "",
            _tip(month, counts[month]),
        )
        for month in _between(min(counts), max(counts))
    ]
    description = (
        f"Säulen je Monat von {german.month(min(counts))} bis {german.month(max(counts))}; "
        f"am meisten {_tip(peak, counts[peak])}."
    )
    words = charts.Words("monate", "Mitteilungen je Monat", description)
    return Chart(columns.months(words, bars), _month_table(counts))


def _tip(month: str, value: int) -> str:
    return f"{german.month(month)}: {german.count(value, 'Mitteilung', 'Mitteilungen')}"


def _between(first: str, last: str) -> Iterator[str]:
    """Every month from the first to the last."""
    year, month = int(first[:4]), int(first[5:7])
    while (here := f"{year:04}-{month:02}") <= last:
        yield here
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _month_table(counts: Counter[str]) -> Table:
    """A row a year, a column a month: short enough to read."""
    years = sorted({month[:4] for month in counts})
    columns = (
        Column("Jahr"),
        *(Column(name[:3], number=True) for name in german.MONTHS),
        Column("Summe", number=True),
    )
    rows = tuple(
        (
            Cell(year),
            *(_counted(counts[f"{year}-{m:02}"], f"{year}-{m:02}") for m in range(1, 13)),
            _counted(sum(counts[f"{year}-{m:02}"] for m in range(1, 13)), year),
        )
        for year in years
    )
    return Table("Mitteilungen je Monat", columns, rows, sortable=False)


def _counted(value: int, period: str) -> Cell:
    """Releases of a month or a year, with the list of just those."""
    return Cell(german.number(value), paths.filtered(jahr=period) if value else "")


def _initiatives(corpus: Corpus) -> Chart | None:
    chosen = corpus.ordered("initiative")
    if not chosen:
        return None
    drawn = [(n, corpus.entities[n]) for n in chosen[:_LIVES]]
    shown = sorted(drawn, key=lambda x: (x[1].first, x[1].last, german.sort_key(x[1].name)))
    years = int(min(e.first for _, e in shown)[:4]), int(max(e.last for _, e in shown)[:4])
    spans = [
        charts.Span(
            _short(e.name),
            charts.year_with_fraction(e.first),
            charts.year_with_fraction(e.last),
            f"{e.name}: {german.date(e.first)} bis {german.date(e.last)}",
            corpus.path_of(n),
        )
        for n, e in shown
    ]
    description = (
        f"Balken von der ersten bis zur letzten Nennung für {len(shown)} von {len(chosen)} Initiativen, "
        f"nach der ersten Nennung geordnet, {years[0]} bis {years[1]}."
    )
    words = charts.Words("initiativen", "Initiativen von der ersten bis zur letzten Nennung", description)
    rows = tuple(
        (
            Cell(lists.title(e), corpus.path_of(n), german.sort_key(e.name)),
            Cell(german.date(e.first), sort=e.first),
            Cell(german.date(e.last), sort=e.last),
            Cell(german.number(e.n_releases), lists.releases_with(corpus, n), str(e.n_releases)),
        )
        for n, e in shown
    )
    columns = (
        Column("Initiative"),
        Column("Zuerst", narrow=True),
        Column("Zuletzt", narrow=True),
        Column("Mitteilungen", number=True),
    )
    left = len(chosen) - len(shown)
    more = f"und {german.count(left, 'weitere Initiative', 'weitere Initiativen')} im Register" if left else ""
    return Chart(
        charts.lives(words, spans, years),
        Table(words.title, columns, rows, more, more_path=paths.index("initiativen")),
    )


def _short(name: str) -> str:
    return name if len(name) <= 60 else name[:58].rsplit(" ", 1)[0] + " …"
