"""Releases -> discovered themes, and the stage as a whole."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from pipeline import themes
from pipeline.core.records import Duplicate, Term
from pipeline.themes.factors import agreement, coherence
from pipeline.themes.labels import alike, label, unique
from pipeline.themes.matrix import build
from pipeline.themes.rows import assignment_rows
from pipeline.themes.settings import ThemesParams
from pipeline.themes.vocabulary import content, issuer_words, parse_stop_terms
from pipeline.themes.work import Corpus, Found, find_themes
from tests.builders import release, term
from tests.themes.parts import sentence

HERE = Path(themes.__file__).parent
SCHEME, STOP = ((HERE / name).read_text(encoding="utf-8") for name in ("scheme.toml", "stopterms.toml"))
SETTINGS = ThemesParams(seed=0, min_releases=12, max_themes=6, terms_per_theme=5, min_share=0.15)
FIELDS = [
    text.split()
    for text in (
        "breitband glasfaser router rechenzentrum datenleitung netzausbau funkmast server mobilfunk anschluss",
        "schule lehrkraft unterricht klassenzimmer zeugnis schulhof lernheft einschulung abitur nachhilfe",
        "museum ausstellung gemälde konzert orchester bühne theater skulptur lesung galerie",
    )
]


def corpus(size: int = 36, seed: int = 1) -> Corpus:
    """Releases that each speak of one field, with a word of all of them."""
    rng, releases, terms = random.Random(seed), [], []
    for i in range(size):
        words = rng.sample(FIELDS[i % 3], 6)
        text = " ".join(word.capitalize() for word in words) + " in Falkenrode."
        releases.append(release(f"{i:012x}", text))
        terms += [term(word, 1 + rng.randrange(3), f"{i:012x}") for word in (*words, "vorhaben")]
    sentences = [sentence(0, len(r.text), r.release_id) for r in releases]
    return Corpus(releases, sentences, terms, [])


def found(rows: Corpus, settings: ThemesParams = SETTINGS) -> Found:
    return find_themes(rows, SCHEME, STOP, settings)


def test_the_fields_of_a_corpus_are_found_each_release_in_its_own():
    result = found(corpus())
    assert len(result.discovered) == 3
    for number in range(3):
        firsts = {result.by_discovered[f"{i:012x}"][0].theme_id for i in range(number, 36, 3)}
        assert len(firsts) == 1


def test_labels_are_of_the_field_and_never_the_word_of_all():
    themes = found(corpus()).discovered
    assert themes
    for theme in themes:
        words = [word.lower() for word in theme.label.split(" und ")]
        assert 1 <= len(words) <= 2
        assert any(set(words) <= set(field) for field in FIELDS)


def test_two_runs_and_any_order_of_rows_give_the_same_result():
    rows = corpus()
    turned = Corpus(
        *(list(reversed(part)) for part in (rows.releases, rows.sentences, rows.terms, rows.duplicates))
    )
    one, other = found(rows), found(turned)
    assert one.discovered == other.discovered
    assert sorted(assignment_rows(one.by_discovered), key=repr) == sorted(
        assignment_rows(other.by_discovered), key=repr
    )


def test_a_small_corpus_gets_guided_themes_only():
    result = found(corpus(11))
    assert result.discovered == []
    assert {theme.theme_id for theme in result.guided} >= {"digitalisation", "education", "culture"}


def test_one_release_alone_gets_its_guided_theme_with_the_sentence_that_shows_it():
    result = found(corpus(1))
    assert [theme.theme_id for theme in result.guided] == ["digitalisation"]
    (row,) = assignment_rows(result.by_guided)
    assert (row.rank, row.sentence_start) == (1, 0)
    assert "Glasfaser" in row.terms or "Breitband" in row.terms


def test_releases_that_repeat_others_are_assigned_but_not_learnt_from():
    rows = corpus(12)
    copies = [Duplicate("000000000000", f"{i:012x}", "near", 0.9, "") for i in range(1, 3)]
    result = found(Corpus(rows.releases, rows.sentences, rows.terms, copies))
    assert result.discovered == []
    assert result.by_guided["000000000001"]


def test_an_empty_corpus_has_no_themes():
    result = found(Corpus([], [], [], []))
    assert (result.guided, result.discovered, result.without) == ([], [], 0)


def test_a_corpus_without_terms_has_no_themes():
    rows = corpus()
    assert found(Corpus(rows.releases, rows.sentences, [], [])).discovered == []


def test_press_talk_issuers_and_numbers_never_make_a_theme():
    stop, own = parse_stop_terms(STOP), issuer_words([release(issuer="Stadt Falkenrode")])
    words = ["pressemitteilung", "falkenrode", "mittwochabend", "2021", "falkenroder weg", "schule", "neu schule"]
    kept = content([term(word) for word in words] + [term("digital", pos="ADJ")], stop, own)
    assert [t.term for t in kept] == ["schule", "neu schule"]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["breitbandausbau", "glasfaser", "netz"], "Breitbandausbau und Glasfaser"),
        (["schule", "grundschule", "lehrkraft"], "Grundschule und Lehrkraft"),
        (["digital souveränität", "standard"], "Digital souveränität"),
        (["museum"], "Museum"),
        ([], "Ohne Namen"),
    ],
)
def test_a_theme_is_named_by_a_phrase_or_two_nouns(terms: list[str], expected: str):
    weighted = [(word, 1 - i / 10) for i, word in enumerate(terms)]
    assert label(weighted, {word: word.capitalize() for word in terms}) == expected


def test_words_that_say_the_same_twice_are_alike():
    assert alike("Schule", "Grundschule")
    assert alike("Radentscheid", "Radentscheids")
    assert not alike("Breitband", "Museum")


def test_no_two_themes_are_named_alike():
    assert unique(["Schule", "Museum", "Schule"]) == ["Schule", "Museum", "Schule (2)"]


def test_rarity_is_learnt_from_the_fitted_releases_only():
    terms: dict[str, list[Term]] = {
        "a": [term("schule"), term("kita")],
        "b": [term("schule"), term("kita")],
        "c": [term("x1"), term("x2")],
        "d": [term("x1")],
        "e": [term("schule"), term("neu")],
    }
    matrix = build(terms, ["a", "b", "c", "d"], ["a", "b", "c", "d", "e"])
    assert matrix.terms == ("kita", "schule", "x1")
    assert matrix.weights.shape == (5, 3)
    assert np.allclose(sparse.linalg.norm(matrix.weights, axis=1), 1)


def test_agreement_is_one_for_the_same_themes_in_any_order_and_zero_for_others():
    one, other = [frozenset({1, 2}), frozenset({3, 4})], [frozenset({4, 3}), frozenset({2, 1})]
    assert agreement(one, other) == 1.0
    assert agreement(one, [frozenset({5, 6}), frozenset({7, 8})]) == 0.0


def test_coherence_is_high_for_words_that_stand_together_and_lowest_for_those_that_never_do():
    together = sparse.csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1]], dtype=float))
    assert coherence([frozenset({0, 1})], together) == pytest.approx(1.0)
    assert coherence([frozenset({0, 2})], together) == pytest.approx(-1.0)


@pytest.mark.parametrize(
    "word", ["bildung", "bildungsauftrag", "programmierung", "menschenrecht", "zahlung", "kindergarten"]
)
def test_a_stop_term_does_not_take_its_neighbours_with_it(word: str):
    assert not parse_stop_terms(STOP)(word)


@pytest.mark.parametrize(
    "word", ["Jahre", "Bürgerinnen", "Projekts", "Kultusministerin", "Donnerstagabend", "Bildern"]
)
def test_stop_terms_are_known_inflected_and_offices_by_their_end(word: str):
    assert parse_stop_terms(STOP)(word)
