"""One release -> its page: the text with marks, what was found in it, its themes and what to know about it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

from pipeline.core.records import Duplicate, Event, Release
from pipeline.report import german, hints, marks, paths, words
from pipeline.report.corpus import TYPES, Corpus, Head
from pipeline.report.dated import when
from pipeline.report.found import found_table
from pipeline.report.marks import Rows, Target, Targets
from pipeline.report.parts import Cell, Column, Fact, Frame, Link, Table, ThemeEvidence
from pipeline.report.quoting import Quoting, source
from pipeline.report.views import ReleasePage


def release_page(corpus: Corpus, quoting: Quoting, head: Head) -> ReleasePage:
    """A release -> its page."""
    place = head.position
    release, sentences = corpus.releases.at(place)[0], corpus.bounds.of(place)
    rows = Rows(
        sentences,
        corpus.quotes.at(place),
        corpus.mentions.at(place),
        corpus.dates.at(place),
        _targets(corpus, place),
    )
    link = _linker(head, sentences)
    found = found_table(rows, link)
    return ReleasePage(
        _frame(head),
        release.subtitle or "",
        (
            *hints.notices(corpus.findings.at(place), link),
            *_estimate(release),
            *_related(corpus, head.release_id),
        ),
        _facts(release, head),
        marks.zone_views(release.text, corpus.zones.at(place), marks.layers(rows)),
        tuple(_themes(corpus, quoting, head, "guided")),
        tuple(_themes(corpus, quoting, head, "discovered")),
        _events(corpus.events.at(place), link),
        found,
        german.count(len(found.rows), "Fundstelle", "Fundstellen") + " als Tabelle",
    )


def _frame(head: Head) -> Frame:
    crumbs = (Link("Mitteilungen", paths.RELEASES),)
    return Frame(head.path, head.title, paths.RELEASES, source(head), crumbs, dated=False)


def _linker(head: Head, sentences: list[tuple[int, int]]) -> Callable[[int], str]:
    """For one release what ``Quoting.link`` is for all: offset -> address of its sentence, else of the page."""
    starts = [start for start, _ in sentences]

    def link(at: int) -> str:
        place = bisect_right(starts, at) - 1
        return paths.sentence(head.path, starts[place]) if place >= 0 and at < sentences[place][1] else head.path

    return link


def _targets(corpus: Corpus, place: int) -> Targets:
    found = {}
    first, last = corpus.links.span(place)
    for link, number in zip(corpus.links.at(place), corpus.linked[first:last].tolist(), strict=True):
        if number >= 0:
            page = corpus.path_of(number) if corpus.has_page(number) else ""
            label = words.LABEL_OF[TYPES[corpus.kinds[number]]]
            found[link.start, link.end, link.label] = Target(label, corpus.titled[number], page, link.because)
    return found


def _estimate(release: Release) -> list[Link]:
    if release.published_basis != "text":
        return []
    day = german.date(release.published)
    return [Link(f"Das Datum {day} ist aus Daten im Text geschätzt; die Mitteilung nennt keines.")]


def _facts(release: Release, head: Head) -> tuple[Fact, ...]:
    basis = words.PUBLISHED.get(release.published_basis, release.published_basis)
    issuer_basis = words.ISSUER.get(release.issuer_basis or "", "")
    facts = [
        Fact("Veröffentlicht", german.date(release.published), note=basis),
        Fact("Herausgeber", head.issuer, paths.issuer(head.issuer), issuer_basis),
        Fact("Nummer", release.number or ""),
        Fact("Ort der Datumszeile", release.dateline_place or ""),
        Fact("Sperrfrist", german.date(release.embargo) if release.embargo else ""),
        Fact("Datei", release.source_path, note=f"Prüfsumme {release.source_sha256[:12]}"),
    ]
    return tuple(fact for fact in facts if fact.value)


def _themes(corpus: Corpus, quoting: Quoting, head: Head, scheme: str) -> Iterator[ThemeEvidence]:
    for assignment in corpus.assignments_of(head):
        theme = corpus.theme_at.get(assignment.theme_id)
        if theme is None or theme.scheme != scheme:
            continue
        at = assignment.sentence_start
        evidence = Link("Satz, der es zeigt", quoting.link(head, at)) if at is not None else None
        link = Link(theme.label, paths.theme(theme))
        yield ThemeEvidence(link, german.percent(assignment.share), tuple(assignment.terms[:8]), evidence)


def _events(events: list[Event], link: Callable[[int], str]) -> Table | None:
    """What a release announces, by its begin."""
    rows = tuple(
        (Cell(when(e), link(e.start), e.begin), Cell(e.title), Cell(e.place or ""), Cell(words.finder(e.found_by)))
        for e in sorted(events, key=lambda e: (e.begin, e.start))
    )
    columns = Column("Wann"), Column("Was"), Column("Wo"), Column("Gefunden durch")
    return Table("Angekündigte Termine", columns, rows) if rows else None


def _related(corpus: Corpus, release_id: str) -> Iterator[Link]:
    """The notices about a release that repeats or corrects another one."""
    for duplicate in corpus.duplicates_of.get(release_id, ()):
        yield from (link for about, link in _relation(corpus, duplicate) if about == release_id)


def _relation(corpus: Corpus, found: Duplicate) -> Iterator[tuple[str, Link]]:
    """A pair of releases -> a notice for each of the two."""
    newer, older = corpus.at.get(found.release_id), corpus.at.get(found.other_id)
    if newer is None or older is None:
        return
    replaces, replaced = (
        ("Berichtigt eine frühere Fassung", "Überholt: Es gibt eine berichtigte Fassung")
        if found.kind == "correction"
        else (f"Hat {_same(found)} wie", f"Hat {_same(found)} wie die neuere Mitteilung")
    )
    note = f"{found.because}; Ähnlichkeit {german.percent(found.similarity)}"
    yield newer.release_id, Link(f"{replaces}: {older.title} ({german.date(older.published)})", older.path, note)
    yield older.release_id, Link(f"{replaced}: {newer.title} ({german.date(newer.published)})", newer.path, note)


def _same(found: Duplicate) -> str:
    return "den gleichen Text" if found.kind == "identical" else "fast den gleichen Text"
