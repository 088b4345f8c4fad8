"""Figures and judgements: shares, changes, what is silent, what needs attention, what was measured."""

from __future__ import annotations

import pytest

from pipeline.core import records as r
from pipeline.core import theme_records as tr
from pipeline.report import changes, theme_pages
from pipeline.report.memory import Memory
from pipeline.report.overview import attention, overview_page
from pipeline.report.quality import quality_pages
from pipeline.report.quoting import Quoting
from pipeline.report.silence import silent_themes
from tests import builders as b
from tests.report import sample


@pytest.fixture(scope="module")
def corpus(tables):
    return sample.corpus(tables)


def _years(tmp_path, before, last, assigned):
    """``before`` releases of 2021 and ``last`` of 2022; the theme is assigned to those with a number given."""
    releases = [
        b.release(f"{n:012}", f"Mitteilung {n}.", published="2021-04-01" if n < before else "2022-04-01")
        for n in range(before + last)
    ]
    rows = [tr.ThemeAssignment(f"{n:012}", "transport", 0.5, 1, [], None) for n in assigned]
    empty = {name: [] for name in ("zones", "sentences", "mentions", "dates", "quotes", "duplicates")}
    sample.write_tables(tmp_path, releases=releases, assignments=rows, entities=[], entity_mentions=[], **empty)
    return sample.corpus(tmp_path)


def test_a_change_is_the_difference_of_shares_in_points(tmp_path):
    """4 of 20 releases before, 12 of 24 after: from 20 to 50 per cent."""
    corpus = _years(tmp_path, 20, 24, [*range(4), *range(20, 32)])
    assert changes.change(corpus, "transport") == changes.Change("+30,0 Punkte", "mehr", "0.300000")
    assert changes.compared(corpus) == "2022 (bis 1. April 2022) gegenüber 2021, in Prozentpunkten"


def test_of_few_releases_the_counts_are_shown_and_no_direction(tmp_path):
    """One release more in five would be twenty points: chance, not a change."""
    corpus = _years(tmp_path, 20, 5, [0, 20, 21])
    assert changes.change(corpus, "transport") == changes.Change("1 → 2", "offen", "1")
    assert "es zu wenige" in changes.compared(corpus)


def test_without_a_year_before_there_is_no_change(tmp_path):
    corpus = _years(tmp_path, 0, 4, [0])
    assert changes.change(corpus, "transport") == changes.Change("", "offen", "0")
    assert "nichts zum Vergleich" in changes.compared(corpus)


def test_a_theme_without_release_in_the_last_year_is_silent(corpus):
    """Bildung was last spoken of in September 2020, the newest release is of February 2022."""
    assert [(theme.label, last) for theme, last in silent_themes(corpus)] == [("Bildung", "2020-09-14")]


def test_stand_is_the_newest_publication_date(corpus):
    assert corpus.stand == "2022-02-11"


def test_attention_names_rejected_files_idle_corrections_duplicates_and_estimates(corpus):
    titles = [note.title for note in attention(corpus)]
    assert titles == [
        "1 Datei nicht eingelesen",
        "1 Widerspruch in einem Datum",
        "1 Korrektur ohne Wirkung",
        "1 mögliche Dublette",
        "1 geschätztes Datum",
    ]


def test_the_overview_counts_quotes_by_speaker_and_opens_them(corpus):
    page = overview_page(corpus, Quoting(corpus), Memory(), "Bericht")
    speakers = page.lists[0].items
    assert [(item.link.text, item.value, item.note) for item in speakers] == [
        ("Dr. Jana Holzapfel", "1 Zitat", "Bürgermeisterin")
    ]
    assert speakers[0].opens.startswith("personen/jana-holzapfel-")
    assert speakers[0].opens.endswith("#zitate")


def test_typical_sentences_repeat_nothing(tmp_path):
    """Two releases with the same sentence show it once."""
    releases = [b.release(f"{n:012}", "Der Bus fährt.", published=f"202{n}-01-01") for n in range(2)]
    rows = [tr.ThemeAssignment(f"{n:012}", "transport", 0.5, 1, [], 0) for n in range(2)]
    empty = {name: [] for name in ("zones", "mentions", "dates", "quotes", "duplicates")}
    sentences = [r.Sentence(f"{n:012}", 0, 14, "body") for n in range(2)]
    sample.write_tables(
        tmp_path,
        releases=releases,
        assignments=rows,
        sentences=sentences,
        entities=[],
        entity_mentions=[],
        **empty,
    )
    corpus = sample.corpus(tmp_path)
    page = theme_pages.theme_page(corpus, Quoting(corpus), corpus.themes_by_weight[0], 9)
    assert ["".join(bit.text for bit in q.bits) for q in page.sentences] == ["Der Bus fährt."]


def test_quality_says_in_words_what_was_measured_and_leaves_out_what_was_not(corpus):
    page = next(quality_pages(corpus, Quoting(corpus), sample.QUALITY, 9, 9))
    assert [(fact.label, fact.note) for fact in page.statements] == [
        ("Personen", "meist zuverlässig"),
        ("Themen", "nur ein Anhalt"),
    ]
    assert (
        page.statements[0].value == "Von 100 gefundenen sind 91 richtig, von 100 vorhandenen werden 88 gefunden."
    )


@pytest.mark.parametrize("quality", [{}, {"PER": {}}, {"PER": {"f1": 0.0, "gold": 0}}])
def test_nothing_measured_is_said_honestly(corpus, quality):
    page = next(quality_pages(corpus, Quoting(corpus), quality, 9, 9))
    assert not page.measured
    assert page.figures is None


def test_rejected_files_stand_with_their_german_reason(corpus):
    page = next(quality_pages(corpus, Quoting(corpus), {}, 9, 9))
    assert [[cell.text for cell in row] for row in page.tables[0].table.rows] == [
        ["leer.txt", "Die Datei enthält keinen Text."]
    ]
