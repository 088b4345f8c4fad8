"""One issuer -> its page, of the same kind as that of a name."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report import german, lists, paths
from pipeline.report.corpus import Corpus
from pipeline.report.names import Names
from pipeline.report.parts import Fact, Frame, Link
from pipeline.report.views import EntityPage, Page
from pipeline.report.year_chart import year_chart

_TOGETHER = 8  # entries of a list of names


def issuer_pages(corpus: Corpus, issuer: str, limit: int, rows: int) -> Iterator[Page]:
    """An issuer -> its page: releases, themes and names."""
    ordered = corpus.by_issuer[issuer]
    facts = (
        Fact("Mitteilungen", german.number(len(ordered)), "#mitteilungen"),
        Fact("Erste", german.date(ordered[-1].published), ordered[-1].path),
        Fact("Neueste", german.date(ordered[0].published), ordered[0].path),
    )
    page, crumbs = paths.issuer(issuer), (Link("Herausgeber", paths.ISSUERS),)
    frame = Frame(page, issuer, paths.RELEASES, "Herausgeber", crumbs, dated=False)
    counts = corpus.entities_in(ordered)
    names = Names(corpus, counts, lists.opener(corpus, herausgeber=issuer), page, _TOGETHER)
    yield EntityPage(
        frame,
        facts,
        year_chart(ordered, lambda year: paths.filtered(herausgeber=issuer, jahr=year)),
        (),
        (),
        None,
        lists.theme_lists(corpus, ordered, _TOGETHER, lambda t: paths.filtered(herausgeber=issuer, thema=t)),
        names.lists(),
        lists.release_table(
            ordered, "Mitteilungen dieses Herausgebers", limit, paths.filtered(herausgeber=issuer)
        ),
    )
    yield from names.pages(frame, f"Namen in Mitteilungen: {issuer}", rows)
