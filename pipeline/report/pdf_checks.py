"""What a person should look at, and how far to trust the figures, in print."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pipeline.report import german, words
from pipeline.report.corpus import Corpus
from pipeline.report.overview import attention
from pipeline.report.pdf_parts import Block, Cell, Column, Points, Section, Table, Text
from pipeline.report.pdf_themes import rest
from pipeline.report.quality import NAMES, Quality
from pipeline.report.quoting import Quoting

_ATTENTION, _HINTS, _REJECTED, _REPEATS, _CORRECTIONS = 10, 6, 10, 6, 8


def check_section(corpus: Corpus, quoting: Quoting) -> Section:
    """Contradictions, rejected files, repeated releases, corrections."""
    return Section("Was zu prüfen ist", tuple(_checks(corpus, quoting)))


def _checks(corpus: Corpus, quoting: Quoting) -> Iterator[Block]:
    listed = tuple((f"{entry.title}.", entry.text) for entry in islice(attention(corpus), _ATTENTION))
    yield Points(listed) if listed else Text("Nichts ist aufgefallen.")
    yield from _contradictions(corpus, quoting)
    if corpus.rejected:
        columns = Column("Datei", 3), Column("Warum sie nicht eingelesen wurde", 5)
        rows = tuple((Cell(row.source_path), Cell("", note=row.reason_de)) for row in corpus.rejected[:_REJECTED])
        more = rest(len(corpus.rejected) - len(rows), "Abgelehnt")
        yield Table("Nicht eingelesene Dateien", columns, rows, more)
    yield from _repeats(corpus)
    yield from _corrections(corpus)


def _contradictions(corpus: Corpus, quoting: Quoting) -> Iterator[Block]:
    total = len(corpus.findings)
    if not total:
        return
    columns = Column("Mitteilung", 3.2), Column("Im Text", 2), Column("Was nicht stimmt", 3.6)
    found = ((head, row) for head in corpus.newest for row in corpus.findings.at(head.position))
    rows = tuple(
        (
            Cell(head.title, note=german.date(head.published)),
            Cell(f"„{' '.join(quoting.text(head)[row.start : row.end].split())}“"),
            Cell("", note=" ".join(filter(None, (row.text_de, row.fits_de)))),
        )
        for head, row in islice(found, _HINTS)
    )
    left = total - len(rows)
    more = f"und {german.number(left)} weitere, siehe im Bericht die Seite „Qualität“" if left > 0 else ""
    yield Table("Widersprüche in Daten", columns, rows, more)


def _repeats(corpus: Corpus) -> Iterator[Block]:
    pairs = [
        (corpus.at[row.release_id], corpus.at[row.other_id], row.kind)
        for row in corpus.duplicates
        if row.release_id in corpus.at and row.other_id in corpus.at
    ]
    if not pairs:
        return
    columns = Column("Zu lesende Fassung", 3), Column("Frühere Fassung", 3), Column("Art", 1.6)
    rows = tuple(
        (
            Cell(newer.title, note=german.date(newer.published)),
            Cell(older.title, note=german.date(older.published)),
            Cell(words.DUPLICATES.get(kind, kind)),
        )
        for newer, older, kind in pairs[:_REPEATS]
    )
    left = len(pairs) - len(rows)
    more = f"und {german.number(left)} weitere, siehe im Bericht die Seite „Qualität“" if left > 0 else ""
    yield Table("Dubletten und berichtigte Fassungen", columns, rows, more)


def _corrections(corpus: Corpus) -> Iterator[Block]:
    if not corpus.corrections:
        return
    applied = sum(row.status == "applied" for row in corpus.corrections)
    idle = [row for row in corpus.corrections if row.status != "applied"]
    total = german.count(len(corpus.corrections), "Korrektur", "Korrekturen")
    yield Text(f"{german.number(applied)} von {total} aus data/curation/corrections.csv wirken.")
    if idle:
        columns = Column("Betrifft", 2.5), Column("Ergebnis", 1.5), Column("Erläuterung", 5)
        rows = tuple(
            (Cell(row.target), Cell(words.STATUS.get(row.status, row.status)), Cell("", note=row.message_de))
            for row in idle[:_CORRECTIONS]
        )
        yield Table("Korrekturen ohne Wirkung", columns, rows, rest(len(idle) - len(rows), "Korrekturen"))


def quality_section(corpus: Corpus, quality: Quality) -> Section:
    """Measured figures with their intervals."""
    return Section("Wie zuverlässig das ist", tuple(_quality(corpus, quality)))


def _quality(corpus: Corpus, quality: Quality) -> Iterator[Block]:
    read = german.count(len(corpus.heads), "Datei oder Teil davon wurde", "Dateien oder Teile davon wurden")
    out = german.number(len(corpus.rejected))
    yield Text(f"{read} eingelesen, {out} nicht. Ein Programm hat sie ausgewertet; es übersieht und verwechselt.")
    measured = [(NAMES[kind], quality[kind]) for kind in NAMES if _has_figures(quality.get(kind))]
    if not measured:
        yield Text("Für diese Mitteilungen ist nichts von Hand markiert; deshalb ist hier nichts gemessen.")
        return
    columns = (
        Column("Was", 4),
        Column("Genauigkeit", 1.5, number=True),
        Column("Vollständigkeit", 1.6, number=True),
        Column("F1", 1.1, number=True),
        Column("95-%-Bereich von F1", 2.3, number=True),
    )
    rows = tuple(
        (
            Cell(name[1][:1].upper() + name[1][1:]),
            *(Cell(german.percent(row[key])) for key in ("precision", "recall", "f1")),
            Cell(_interval(row.get("low"), row.get("high"))),
        )
        for name, row in measured
    )
    yield Table("Gemessen an von Hand markierten Mitteilungen", columns, rows)
    yield Text(
        "Genauigkeit: wie viel vom Gefundenen richtig ist. Vollständigkeit: wie viel vom Vorhandenen gefunden "
        "wird. F1 fasst beide zusammen; der Bereich sagt, wo der Wert bei anderen Mitteilungen dieser Art läge."
    )


def _has_figures(row: object) -> bool:
    return isinstance(row, dict) and isinstance(row.get("f1"), int | float) and bool(row.get("gold"))


def _interval(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{german.percent(low)} bis {german.percent(high)}"
