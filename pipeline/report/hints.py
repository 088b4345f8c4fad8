"""What cannot be right in a release: as hints on its page, all together on the page about quality, and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.core.records import Finding
from pipeline.report import german, paths
from pipeline.report.corpus import Corpus
from pipeline.report.parts import Attention, Cell, Column, Link, Section, Table
from pipeline.report.quoting import Quoting

ANCHOR = "widersprueche"
_TITLE = "Widersprüche in Daten"


def notices(findings: Sequence[Finding], link: Callable[[int], str]) -> Iterator[Link]:
    """The findings of a release -> a hint each; ``link``: offset -> address of its sentence."""
    for row in findings:
        yield Link(f"Bitte prüfen: {row.text_de}", link(row.start), row.fits_de or "")


def section(corpus: Corpus, quoting: Quoting) -> Section:
    """All findings, those of the newest release first."""
    total = len(corpus.findings)
    if not total:
        return Section(ANCHOR, _TITLE, "Kein Datum in den Mitteilungen widerspricht dem Kalender.")
    rows = tuple(_rows(corpus, quoting))
    text = (
        f"{german.count(total, 'Angabe kann', 'Angaben können')} nach dem Kalender nicht stimmen: ein Wochentag, "
        "der nicht zum Datum passt, ein Tag, den es nicht gibt, ein Ende vor dem Beginn oder ein Termin, der beim "
        "Erscheinen schon vorbei war. Am Text wird nichts geändert; bitte sehen Sie nach."
    )
    columns = Column("Mitteilung"), Column("Im Text"), Column("Was nicht stimmt"), Column("Was passen würde")
    return Section(ANCHOR, _TITLE, text, Table(_TITLE, columns, rows))


def _rows(corpus: Corpus, quoting: Quoting) -> Iterator[tuple[Cell, ...]]:
    for head in corpus.newest:
        for row in corpus.findings.at(head.position):
            words = " ".join(quoting.text(head)[row.start : row.end].split())
            yield (
                Cell(head.title, head.path, german.sort_key(head.title), german.date(head.published)),
                Cell(f"„{words}“", quoting.link(head, row.start)),
                Cell(row.text_de),
                Cell(row.fits_de or ""),
            )


def attention(corpus: Corpus) -> Iterator[Attention]:
    """The findings, counted, for the first page."""
    if total := len(corpus.findings):
        title = german.count(total, "Widerspruch in einem Datum", "Widersprüche in Daten")
        yield Attention(title, "Etwa ein Wochentag, der nicht passt.", f"{paths.QUALITY}#{ANCHOR}", urgent=True)
