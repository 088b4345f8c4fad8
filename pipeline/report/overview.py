"""The first page: what do we write about, what changed, who speaks, where, what needs attention."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from pipeline.core.theme_records import Theme
from pipeline.report import charts, german, hints, lists, paths, unsure, words
from pipeline.report.changes import change, comparable, compared, shares
from pipeline.report.corpus import Corpus, Counts
from pipeline.report.memory import Memory
from pipeline.report.news import in_a_sentence, news
from pipeline.report.parts import Attention, Fact, Frame, Link, Quoted, Ranked, RankedList, ThemeLine
from pipeline.report.quoting import Quoting
from pipeline.report.silence import silence
from pipeline.report.views import OverviewPage

_THEMES, _NAMES, _NEWEST = 7, 5, 4


def overview_page(corpus: Corpus, quoting: Quoting, memory: Memory, title: str) -> OverviewPage:
    """Everything in one screen."""
    return OverviewPage(
        Frame(paths.OVERVIEW, title, paths.OVERVIEW, _lead(corpus)),
        _news(corpus, memory),
        _facts(corpus),
        tuple(_theme_line(corpus, theme) for theme in _top_themes(corpus)),
        tuple(
            Link(name, paths.CHANGES, compared(corpus, grain))
            for name, grain in _COMPARED
            if comparable(corpus, grain)
        ),
        (_speakers(corpus), *_names(corpus, "place", "initiative")),
        tuple(_moving(corpus)),
        silence(corpus, quoting, _NAMES),
        (*_names(corpus, "organisation"), _issuers(corpus)),
        tuple(attention(corpus)),
        tuple(_newest(corpus, quoting)),
    )


_COMPARED = ("Vorjahr", "year"), ("Vorquartal", "quarter")


def _news(corpus: Corpus, memory: Memory) -> Link | None:
    """What is new since the report that was remembered."""
    found = news(corpus, memory)
    if found.state:
        return None
    told = f"Neu seit dem Bericht vom {german.date(found.since)}"
    return Link(told, paths.NEWS, in_a_sentence(corpus, found))


def _lead(corpus: Corpus) -> str:
    if not corpus.heads:
        return "Noch keine Pressemitteilung ist eingelesen. Legen Sie Dateien in den Ordner data/raw."
    releases = german.count(len(corpus.heads), "Pressemitteilung", "Pressemitteilungen")
    issuers = german.count(len(corpus.by_issuer), "Herausgeber", "Herausgebern")
    parts = [f"{releases} von {issuers}, {period(corpus)}."]
    top = [theme.label for theme in _top_themes(corpus)[:3]]
    if top:
        parts.append(f"Am häufigsten geht es um {german.listing(top)}.")
    return " ".join(parts)


def period(corpus: Corpus) -> str:
    """From the first to the last publication date."""
    first = min(head.published for head in corpus.heads)
    if first == corpus.stand:
        return german.date(first)
    return f"{german.date(first)} bis {german.date(corpus.stand)}"


def _facts(corpus: Corpus) -> tuple[Fact, ...]:
    kinds = corpus.per_type
    facts = [
        Fact("Mitteilungen", german.number(len(corpus.heads)), paths.RELEASES),
        Fact("Herausgeber", german.number(len(corpus.by_issuer)), paths.ISSUERS),
    ]
    for kind, (one, many) in words.TYPES.items():
        folder = words.TYPE_DIRS[kind]
        facts.append(Fact(one if kinds[kind] == 1 else many, german.number(kinds[kind]), paths.index(folder)))
    return tuple(facts)


def _top_themes(corpus: Corpus) -> list[Theme]:
    guided = [x for x in corpus.themes_by_weight if x.scheme == "guided" and x.theme_id in corpus.by_theme]
    return guided[:_THEMES]


def _theme_line(corpus: Corpus, theme: Theme) -> ThemeLine:
    found = len(corpus.by_theme[theme.theme_id])
    top = len(corpus.by_theme[_top_themes(corpus)[0].theme_id])
    changes = [change(corpus, theme.theme_id, grain) for _, grain in _COMPARED if comparable(corpus, grain)]
    return ThemeLine(
        Link(theme.label, paths.theme(theme)),
        german.number(found),
        german.percent(found / len(corpus.heads)),
        found / top,
        charts.spark(list(shares(corpus, theme.theme_id).values())),
        tuple(Fact(found.direction, found.words) for found in changes),
    )


def _names(corpus: Corpus, *kinds: str) -> Iterator[RankedList]:
    for kind in kinds:
        numbers = np.array(corpus.of_type(kind), dtype=np.int32)
        chosen = Counts(numbers, corpus.releases_with[numbers])
        items = lists.ranked(corpus, chosen, ("Mitteilung", "Mitteilungen"), _NAMES, lists.opener(corpus))
        name = words.TYPES[kind][1]
        yield RankedList(name, items, Link(f"Alle {name}", paths.index(words.TYPE_DIRS[kind])))


def _moving(corpus: Corpus) -> Iterator[Fact]:
    """Themes that rise or fade over the whole time, as far as that is more than chance."""
    for direction, label in (("rising", "Nimmt zu"), ("fading", "Nimmt ab")):
        known = [corpus.theme_at[x] for x in corpus.theme_facts.moving(direction) if x in corpus.theme_at]
        if known:
            yield Fact(label, "", links=tuple(Link(theme.label, paths.theme(theme)) for theme in known[:3]))


def _speakers(corpus: Corpus) -> RankedList:
    items = lists.ranked(corpus, corpus.speeches.counts(), ("Zitat", "Zitate"), _NAMES, partial(_quotes, corpus))
    more = Link("Alle Personen", paths.index("personen"))
    return RankedList("Wer spricht", items, more, "Keine wörtliche Rede gefunden.")


def _quotes(corpus: Corpus, number: int) -> str:
    """Where what somebody said is listed."""
    path = corpus.path_of(number)
    return f"{path}#zitate" if corpus.has_page(number) else path


def _issuers(corpus: Corpus) -> RankedList:
    weight = lists.weigher(len(heads) for heads in corpus.by_issuer.values())
    items = tuple(
        Ranked(
            Link(issuer, paths.issuer(issuer)),
            german.count(len(heads), "Mitteilung", "Mitteilungen"),
            weight(len(heads)),
            opens=f"{paths.issuer(issuer)}#mitteilungen",
        )
        for issuer, heads in list(corpus.by_issuer.items())[:_NAMES]
    )
    return RankedList("Herausgeber", items, Link("Alle Herausgeber", paths.ISSUERS))


def _newest(corpus: Corpus, quoting: Quoting) -> Iterator[Quoted]:
    for head in corpus.newest[:_NEWEST]:
        body = (s.start for s in corpus.sentences.at(head.position) if s.zone == "body")
        yield quoting.quote(head, next(body, 0))


def attention(corpus: Corpus) -> Iterator[Attention]:
    """What a person should look at, the most pressing first."""
    if corpus.rejected:
        title = german.count(len(corpus.rejected), "Datei nicht eingelesen", "Dateien nicht eingelesen")
        yield Attention(title, "Der Grund steht bei jeder Datei.", f"{paths.QUALITY}#abgelehnt", urgent=True)
    yield from hints.attention(corpus)
    yield from unsure.attention(corpus)
    yield from _corrections(corpus)
    yield from _repeats(corpus)
    estimated = sum(head.estimated for head in corpus.heads)
    if estimated:
        title = german.count(estimated, "geschätztes Datum", "geschätzte Daten")
        yield Attention(title, "Die Mitteilung selbst nennt keines.", f"{paths.QUALITY}#datum")


def _corrections(corpus: Corpus) -> Iterator[Attention]:
    idle = [row for row in corpus.corrections if row.status != "applied"]
    if idle:
        title = german.count(len(idle), "Korrektur ohne Wirkung", "Korrekturen ohne Wirkung")
        text = "Zeilen der Korrekturliste, die nichts änderten."
        yield Attention(title, text, f"{paths.QUALITY}#korrekturen", urgent=True)


def _repeats(corpus: Corpus) -> Iterator[Attention]:
    fixed = sum(row.kind == "correction" for row in corpus.duplicates)
    if fixed:
        title = german.count(fixed, "berichtigte Fassung", "berichtigte Fassungen")
        yield Attention(title, "Die frühere Fassung liegt auch vor.", f"{paths.QUALITY}#dubletten")
    if same := len(corpus.duplicates) - fixed:
        title = german.count(same, "mögliche Dublette", "mögliche Dubletten")
        yield Attention(title, "Gleicher oder fast gleicher Text.", f"{paths.QUALITY}#dubletten")
