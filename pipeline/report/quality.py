"""How far the report can be trusted: measured figures in plain words, rejected files, corrections, duplicates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from pipeline.core.records import CorrectionResult
from pipeline.report import german, hints, paths, unsure, words
from pipeline.report.corpus import Corpus
from pipeline.report.paging import paged
from pipeline.report.parts import Cell, Column, Fact, Frame, Link, Section, Table
from pipeline.report.quoting import Quoting
from pipeline.report.views import Page, QualityPage

Quality = Mapping[str, Mapping[str, Any]]
NAMES = {
    "PER": ("Personen", "Namen von Personen"),
    "LOC": ("Orte", "Ortsnamen"),
    "ORG": ("Organisationen", "Namen von Organisationen"),
    "INITIATIVE": ("Initiativen", "Initiativen"),
    "DATE": ("Daten", "Datumsangaben mit ihrem Wert"),
    "PEOPLE": ("Personenregister", "Personen einer Mitteilung"),
    "ROLE": ("Ämter", "Ämter und Funktionen"),
    "QUOTE": ("Zitate", "wörtliche Zitate"),
    "SPEAKER": ("Sprecher", "Sprecher der Zitate"),
    "ENTITIES": ("Zusammenführung", "zusammengeführte Namen im Register (B³)"),
    "PLACE_LINKS": ("Ortsverknüpfung", "Orte mit ihrer GeoNames-Kennung"),
    "THEMES": ("Themen", "Themen einer Mitteilung"),
}

_GRADES = ((0.9, "sehr zuverlässig"), (0.75, "meist zuverlässig"), (0.5, "mit Vorsicht"), (0.0, "nur ein Anhalt"))


def quality_pages(corpus: Corpus, quoting: Quoting, quality: Quality, limit: int, rows: int) -> Iterator[Page]:
    """Everything that tells how good the report is, and pages on which its long lists stand whole."""
    measured = {kind: quality[kind] for kind in NAMES if _has_figures(quality.get(kind))}
    sections = (
        _rejected(corpus),
        hints.section(corpus, quoting),
        unsure.section(corpus, quoting),
        _duplicates(corpus),
        _estimated(corpus),
        _corrections(corpus),
        *_theme_corrections(corpus),
    )
    lead = "Wie zuverlässig dieser Bericht ist und was nicht hineinkam."
    frame = Frame(paths.QUALITY, "Qualität", paths.QUALITY, lead)
    yield QualityPage(
        frame,
        bool(measured),
        tuple(_statement(kind, row) for kind, row in measured.items()),
        tuple(_cut(section, limit) for section in sections),
        _figures(measured) if measured else None,
    )
    for section in sections:
        if section.table and len(section.table.rows) > limit:
            path = partial(paths.portion, paths.QUALITY, section.anchor)
            crumbs = (Link(frame.title, frame.path),)
            whole = Frame(path(1), section.title, paths.QUALITY, section.text, crumbs)
            yield from paged(whole, path, section.table, rows)


def _cut(section: Section, limit: int) -> Section:
    """A section with no more rows than a page can bear, and the way to all of them."""
    if section.table is None or len(section.table.rows) <= limit:
        return section
    table, left = section.table, len(section.table.rows) - limit
    told, path = f"und {german.number(left)} weitere", paths.portion(paths.QUALITY, section.anchor)
    return replace(section, table=replace(table, rows=table.rows[:limit], more=told, more_path=path))


def _has_figures(row: Mapping[str, Any] | None) -> bool:
    """Whether anything was there to measure on."""
    return row is not None and isinstance(row.get("f1"), int | float) and bool(row.get("gold"))


def _statement(kind: str, row: Mapping[str, Any]) -> Fact:
    """Two shares in a sentence that needs no statistics."""
    right = german.number(round(row["precision"] * 100))
    found = german.number(round(row["recall"] * 100))
    text = f"Von 100 gefundenen sind {right} richtig, von 100 vorhandenen werden {found} gefunden."
    return Fact(NAMES[kind][0], text, note=_grade(row))


def _grade(row: Mapping[str, Any]) -> str:
    """A word for a figure, so that it can be taken in at a glance; the lower end of its interval counts."""
    safe = row["f1"] if row.get("low") is None else row["low"]
    return next(word for least, word in _GRADES if safe >= least)


def _figures(measured: Quality) -> Table:
    columns = (
        Column("Was"),
        Column("Genauigkeit", number=True, means=paths.MEASURES),
        Column("Vollständigkeit", number=True, means=paths.MEASURES),
        Column("F1", number=True, means=paths.MEASURES),
        Column("95-%-Bereich von F1", number=True, means=paths.MEASURES),
        Column("Markiert", number=True, means=paths.MEASURES),
        Column("Gefunden", number=True, means=paths.MEASURES),
    )
    return Table("Gemessene Werte", columns, tuple(_figure_row(k, row) for k, row in measured.items()))


def _figure_row(kind: str, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    shares = [Cell(german.percent(row[key], 1), sort=f"{row[key]:.6f}") for key in ("precision", "recall", "f1")]
    return (
        Cell(NAMES[kind][1][0].upper() + NAMES[kind][1][1:]),
        *shares,
        Cell(_interval(row), sort=f"{row.get('low') or 0:.6f}"),
        *(Cell(german.number(int(row.get(key) or 0)), sort=str(row.get(key) or 0)) for key in ("gold", "found")),
    )


def _interval(row: Mapping[str, Any]) -> str:
    low, high = row.get("low"), row.get("high")
    if low is None or high is None:
        return "–"
    return f"{german.percent(low)} bis {german.percent(high)}"


def _rejected(corpus: Corpus) -> Section:
    rows = tuple((Cell(row.source_path), Cell(row.reason_de)) for row in corpus.rejected)
    total, taken = len(corpus.rejected), len(corpus.heads)
    text = (
        f"{german.count(total, 'Datei wurde', 'Dateien wurden')} nicht eingelesen, "
        f"{german.number(taken)} schon. Zusammen sind das alle Dateien im Ordner."
        if total
        else "Alle Dateien im Ordner wurden eingelesen."
    )
    columns = Column("Datei"), Column("Warum")
    return Section(
        "abgelehnt", "Nicht eingelesene Dateien", text, _table("Nicht eingelesene Dateien", columns, rows)
    )


def _duplicates(corpus: Corpus) -> Section:
    rows = tuple(_duplicate_rows(corpus))
    text = (
        "Mitteilungen, die das Gleiche sagen oder eine frühere berichtigen. Gezählt werden beide Fassungen."
        if rows
        else "Keine Dubletten und keine berichtigten Fassungen gefunden."
    )
    columns = (
        Column("Zu lesende Fassung"),
        Column("Frühere Fassung"),
        Column("Art"),
        Column("Ähnlichkeit", number=True, means=paths.LIKENESS),
    )
    name = "Dubletten und berichtigte Fassungen"
    return Section("dubletten", name, text, _table(name, columns, rows))


def _duplicate_rows(corpus: Corpus) -> Iterator[tuple[Cell, ...]]:
    for row in corpus.duplicates:
        newer, older = corpus.at.get(row.release_id), corpus.at.get(row.other_id)
        if newer and older:
            yield (
                Cell(newer.title, newer.path, note=german.date(newer.published)),
                Cell(older.title, older.path, note=german.date(older.published)),
                Cell(words.DUPLICATES[row.kind], note=row.because),
                Cell(german.percent(row.similarity), sort=f"{row.similarity:.6f}"),
            )


def _estimated(corpus: Corpus) -> Section:
    heads = [head for head in corpus.newest if head.estimated]
    text = (
        "Diese Mitteilungen nennen kein eigenes Datum; es wurde aus den Daten in ihrem Text geschätzt."
        if heads
        else "Jede Mitteilung nennt ihr Datum selbst."
    )
    rows = tuple(
        (Cell(german.date(h.published), sort=h.published), Cell(h.title, h.path), Cell(h.issuer)) for h in heads
    )
    columns = Column("Geschätztes Datum", narrow=True), Column("Mitteilung"), Column("Herausgeber")
    return Section("datum", "Geschätzte Daten", text, _table("Geschätzte Daten", columns, rows))


_RESULT = (Column("Zeile", narrow=True), Column("Betrifft"), Column("Ergebnis"), Column("Erläuterung"))


def _correction(row: CorrectionResult) -> tuple[Cell, ...]:
    return (
        Cell(german.number(row.row), sort=str(row.row)),
        Cell(row.target),
        Cell(words.STATUS.get(row.status, row.status)),
        Cell(row.message_de),
    )


def _corrections(corpus: Corpus) -> Section:
    rows = tuple(_correction(row) for row in corpus.corrections)
    applied = sum(row.status == "applied" for row in corpus.corrections)
    text = (
        f"{german.number(applied)} von {german.count(len(corpus.corrections), 'Korrektur', 'Korrekturen')} "
        "aus data/curation/corrections.csv wirken."
        if rows
        else "Die Liste data/curation/corrections.csv enthält keine Korrekturen."
    )
    table = _table("Korrekturen von Hand", _RESULT, rows)
    return Section("korrekturen", "Korrekturen von Hand", text, table)


def _theme_corrections(corpus: Corpus) -> Iterator[Section]:
    """What became of the names that people gave to themes."""
    found = corpus.theme_facts.corrections
    if found:
        rows = tuple(_correction(row) for row in found)
        name = "Entscheidungen über Themen"
        yield Section("themenliste", name, "Zeilen aus data/curation/themes.csv.", _table(name, _RESULT, rows))


def _table(caption: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]) -> Table | None:
    return Table(caption, columns, rows) if rows else None
