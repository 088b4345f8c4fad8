"""The corpus -> the print edition: the same overview as the site, every list cut with a word about the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.report import german, words
from pipeline.report.changes import change
from pipeline.report.corpus import Corpus
from pipeline.report.overview import period
from pipeline.report.pdf_checks import check_section, quality_section
from pipeline.report.pdf_initiatives import dates_section, initiative_section, silent
from pipeline.report.pdf_names import people_section, places_section, quoted
from pipeline.report.pdf_parts import Points, Print, Section
from pipeline.report.pdf_reading import reading_section
from pipeline.report.pdf_themes import shown_themes, themes_section, years
from pipeline.report.quality import Quality
from pipeline.report.quoting import Quoting

_EPOCH = (1980, 1, 1)  # of a report without any release: a file needs some date
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def print_edition(corpus: Corpus, quoting: Quoting, quality: Quality, title: str) -> Print:
    """Everything that was found -> what is printed."""
    stand = f"Stand: {german.date(corpus.stand)}" if corpus.stand else "Noch ohne Mitteilungen"
    return Print(
        title,
        stand,
        _lead(corpus),
        _day(corpus.stand),
        tuple(_facts(corpus)),
        tuple(_sections(corpus, quoting, quality)),
        ("Pressemitteilungen", "Themenbericht", *(theme.label for theme in shown_themes(corpus)[:5])),
    )


def _day(stand: str) -> tuple[int, int, int]:
    found = _DAY.match(stand)
    if not found:
        return _EPOCH
    year, month, day = (int(part or 1) for part in found.groups())
    return year, month, day


def _lead(corpus: Corpus) -> str:
    if not corpus.heads:
        return "Noch keine Pressemitteilung ist eingelesen. Legen Sie Dateien in den Ordner data/raw."
    releases = german.count(len(corpus.heads), "Pressemitteilung", "Pressemitteilungen")
    issuers = german.count(len(corpus.by_issuer), "Herausgeber", "Herausgebern")
    return f"{releases} von {issuers}, {period(corpus)}."


def _facts(corpus: Corpus) -> Iterator[tuple[str, str]]:
    kinds = corpus.per_type
    yield "Mitteilung" if len(corpus.heads) == 1 else "Mitteilungen", german.number(len(corpus.heads))
    yield "Herausgeber", german.number(len(corpus.by_issuer))
    for kind, (one, many) in words.TYPES.items():
        yield one if kinds[kind] == 1 else many, german.number(kinds[kind])


def _sections(corpus: Corpus, quoting: Quoting, quality: Quality) -> Iterator[Section]:
    course = (years(corpus.per_year),) if len(corpus.per_year) > 1 else ()
    yield Section("Das Wichtigste", (Points(tuple(_points(corpus))), *course))
    if corpus.heads:
        yield themes_section(corpus)
        yield people_section(corpus)
        yield places_section(corpus)
        yield initiative_section(corpus)
        yield dates_section(corpus)
    yield check_section(corpus, quoting)
    yield quality_section(corpus, quality)
    yield reading_section()


def _points(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """What one would say on the telephone."""
    if not corpus.heads:
        yield "Noch nichts zu berichten.", "Nach dem ersten Lauf mit Mitteilungen steht hier das Wichtigste."
        return
    yield from _theme_points(corpus)
    speakers = quoted(corpus)
    if speakers:
        number, said = speakers[0]
        note = f"mit {german.count(said, 'wörtlichen Zitat', 'wörtlichen Zitaten')}."
        yield f"Am häufigsten kommt {corpus.entities[number].name} zu Wort,", note
    for kind, text in (
        ("place", "Am häufigsten genannter Ort ist"),
        ("initiative", "Meistgenannte Initiative ist"),
    ):
        for best in (corpus.entities[number] for number in corpus.ordered(kind)[:1]):
            yield f"{text} {best.name},", f"in {german.count(best.n_releases, 'Mitteilung', 'Mitteilungen')}."
    if quiet := silent(corpus):
        name, last, _ = quiet[0]
        many = german.count(len(quiet), "Initiative ist", "Initiativen sind")
        yield f"{many} verstummt,", f"am längsten „{name}“ (zuletzt genannt: {german.date(last)})."
    if corpus.rejected:
        many = german.count(len(corpus.rejected), "Datei wurde", "Dateien wurden")
        yield f"{many} nicht eingelesen;", "die Gründe stehen unter „Was zu prüfen ist“."


def _theme_points(corpus: Corpus) -> Iterator[tuple[str, str]]:
    themes = shown_themes(corpus)
    if not themes:
        return
    first = themes[0]
    found, total = len(corpus.by_theme[first.theme_id]), len(corpus.heads)
    share = f"{german.number(found)} von {german.number(total)} Mitteilungen ({german.percent(found / total)})"
    yield f"Häufigstes Thema ist {first.label}:", f"{share}."
    changes = [(float(c.sort), t.label, c) for t in themes for c in [change(corpus, t.theme_id)]]
    for wanted, text in (("mehr", "Am stärksten gewachsen ist"), ("weniger", "Am stärksten zurückgegangen ist")):
        moved = [entry for entry in changes if entry[2].direction == wanted]
        if moved:
            best = (max if wanted == "mehr" else min)(moved, key=lambda entry: (entry[0], entry[1]))
            yield f"{text} {best[1]}:", f"{best[2].words} gegenüber dem Jahr davor."
