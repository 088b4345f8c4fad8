"""What the themes stage knows of themes over time stands on their pages; without it they show less."""

from __future__ import annotations

import dataclasses

import pytest

from pipeline.core import records as r
from pipeline.core import theme_records as tr
from pipeline.report import registers, theme_pages
from pipeline.report.corpus import USED, Corpus
from pipeline.report.memory import Memory
from pipeline.report.overview import overview_page
from pipeline.report.quality import quality_pages
from pipeline.report.quoting import Quoting
from pipeline.report.theme_facts import DIRECTIONS, EVENTS, TABLES
from pipeline.report.work import load_corpus
from tests import builders as b
from tests.report import sample

ROWS = {
    "theme_periods": [
        tr.ThemePeriod("transport", grain, period, found, total, found / total)
        for grain, period, found, total in (
            ("year", "2022", 2, 2),
            ("quarter", "2021-Q2", 1, 1),
            ("quarter", "2022-Q1", 2, 2),
            ("month", "2021-05", 1, 1),
            ("month", "2022-02", 2, 2),
        )
    ],
    "theme_trends": [
        tr.ThemeTrend(
            "education", "fading", 0.03, 0.5, 0.1, "2020-09", "2022-02", "Von der Hälfte auf ein Zehntel."
        ),
        tr.ThemeTrend("transport", "rising", 0.01, 0.1, 0.9, "2020-09", "2022-02", "Von wenigen auf fast alle."),
    ],
    "theme_groups": [
        tr.ThemeGroup("transport", "issuer", b.release("x" * 12, "").issuer, "Stadt", 3, 3, 1.0),
        tr.ThemeGroup("transport", "issuer", "Unbekannt", "Unbekannt", 1, 9, 0.1),
    ],
    "theme_passport": [
        tr.ThemePassport(
            "neu-01", "merged", "Rad, Weg", "Rad", ["neu-rad", "neu-weg"], 0.2, "Aus zweien wurde eines."
        ),
    ],
    "theme_numbers": [tr.ThemeNumber(4, 0.1, 0.6, 0.4, chosen=True)],
    "theme_discovery": [tr.ThemeDiscovery("found", 52, 800, 4, 0.1, 0.9, "Vier Themen wurden entdeckt.")],
    "theme_corrections": [r.CorrectionResult(2, "rename", "neu-01", "applied", "Heißt jetzt Rad, Weg.")],
}


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    sample.write_tables(tmp_path)
    for name, table in TABLES.items():
        table.write(ROWS[name], tmp_path)
    monkeypatch.chdir(tmp_path)
    return load_corpus()


def _texts(value):
    """Every text in a page, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _texts(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))


def test_a_theme_page_says_how_it_moves_and_who_writes_about_it(corpus):
    theme = corpus.theme_at["transport"]
    page = theme_pages.theme_page(corpus, Quoting(corpus), theme, 9)
    told = {fact.label: (fact.value, fact.note) for fact in page.facts}
    assert told["Auf lange Sicht"] == ("nimmt zu", "Von wenigen auf fast alle.")
    assert [item.value for item in page.issuers.items] == ["3 Mitteilungen"]
    assert "thema=transport&herausgeber=" in page.issuers.items[0].opens


def test_a_theme_page_has_its_share_by_quarter_and_month_each_count_with_its_releases(corpus):
    page = theme_pages.theme_page(corpus, Quoting(corpus), corpus.theme_at["transport"], 9)
    assert [table.caption for table in page.course] == ["Anteil je Quartal", "Anteil je Monat"]
    quarter, found, total, share = page.course[0].rows[0]
    assert (quarter.text, found.text, total.text, share.text) == ("1. Quartal 2022", "2", "2", "100,0\u202f%")
    assert found.path.endswith("?thema=transport&jahr=2022-Q1")
    assert total.path.endswith("?jahr=2022-Q1")


def test_a_discovered_theme_says_what_became_of_it(corpus):
    page = theme_pages.theme_page(corpus, Quoting(corpus), corpus.theme_at["neu-01"], 9)
    assert ("zusammengewachsen", "Aus zweien wurde eines.") in [(fact.value, fact.note) for fact in page.facts]


def test_the_register_of_themes_shows_directions_and_what_changed(corpus):
    page = registers.themes_page(corpus)
    assert "Vier Themen wurden entdeckt." in page.frame.lead
    assert {"nimmt zu", "nimmt ab"} <= set(_texts(page.tables))
    assert page.tables[-1].caption == "Was aus den entdeckten Themen wurde"


def test_the_overview_names_what_rises_and_what_fades(corpus):
    page = overview_page(corpus, Quoting(corpus), Memory(), "Bericht")
    assert [(fact.label, [link.text for link in fact.links]) for fact in page.moving] == [
        ("Nimmt zu", ["Verkehr"]),
        ("Nimmt ab", ["Bildung"]),
    ]


def test_decisions_about_themes_stand_on_the_page_about_quality(corpus):
    page = next(quality_pages(corpus, Quoting(corpus), {}, 9, 9))
    assert "Heißt jetzt Rad, Weg." in list(_texts(page.tables[-1]))


def test_without_these_tables_the_pages_show_less(tmp_path):
    sample.write_tables(tmp_path)
    corpus = Corpus({table.path.stem: table.read_arrow(tmp_path) for table in USED})
    page = theme_pages.theme_page(corpus, Quoting(corpus), corpus.theme_at["transport"], 9)
    assert "Auf lange Sicht" not in [fact.label for fact in page.facts]
    assert len(registers.themes_page(corpus).tables[0].columns) == 5
    assert overview_page(corpus, Quoting(corpus), Memory(), "Bericht").moving == ()


def test_every_code_of_the_tables_has_german_words():
    assert set(DIRECTIONS) == set(tr.DIRECTIONS)
    assert set(EVENTS) == set(tr.EVENTS)
