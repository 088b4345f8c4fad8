"""Releases -> discovered themes, and the stage as a whole."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.metrics import adjusted_rand_score

from pipeline.core import tables as t
from pipeline.core.records import Duplicate
from pipeline.themes import vectors
from pipeline.themes.clusters import grow, middles, nearest
from pipeline.themes.coded import encode, named
from pipeline.themes.compounds import splitter, stem
from pipeline.themes.groups import by_place, theme_groups
from pipeline.themes.keywords import coherence, diversity, strongest, theme_terms
from pipeline.themes.placing import placed, shares
from pipeline.themes.space import learn as learn_space
from pipeline.themes.vocabulary import chooser, issuer_words, parse_stop_terms
from pipeline.themes.worker import told_by
from tests.builders import mention, release
from tests.themes.parts import FIELDS, SETTINGS, STOP, Corpus, arrow, corpus, run


def test_the_fields_of_a_corpus_are_found_each_release_in_its_own():
    result = run(corpus())
    assert len(result.discovered) == 3
    for number in range(3):
        firsts = {result.of(f"{i:012x}", "discovered")[0].theme_id for i in range(36) if i // 2 % 3 == number}
        assert len(firsts) == 1


def test_labels_are_of_the_field_and_never_the_word_of_all_nor_a_place():
    found = run(corpus()).discovered
    assert found
    for theme in found:
        words = [word.lower() for word in theme.label.split(" und ")]
        assert 1 <= len(words) <= 2
        assert any(set(words) <= set(field) for field in FIELDS)
        assert "falkenrode" not in theme.label.lower()


def test_two_runs_and_any_order_of_rows_give_the_same_result():
    rows = corpus()
    turned = Corpus(
        rows.releases,
        *(list(reversed(part)) for part in (rows.sentences, rows.terms, rows.duplicates, rows.mentions)),
    )
    one, other = run(rows), run(turned)
    assert one.discovered == other.discovered
    assert [(r.release_id, r.theme_id, r.share) for r in one.rows] == [
        (r.release_id, r.theme_id, r.share) for r in other.rows
    ]


def test_a_small_corpus_gets_guided_themes_only_and_is_told_why():
    result = run(corpus(11))
    assert result.discovered == []
    assert {theme.theme_id for theme in result.guided} >= {"digitalisation", "education", "culture"}
    assert result.learnt.found.summary.status == "too_few"
    assert "mindestens 12 verschiedene Mitteilungen; hier sind es 11" in result.learnt.found.summary.message_de


def test_one_release_alone_gets_its_guided_theme_with_the_sentence_that_shows_it():
    result = run(corpus(1))
    assert [theme.theme_id for theme in result.guided] == ["digitalisation"]
    assert result.guided[0].sentences == ["000000000000:0"]
    (row,) = result.rows
    assert (row.rank, row.sentence_start) == (1, 0)
    assert "Glasfaser" in row.terms or "Breitband" in row.terms


def test_releases_that_repeat_others_are_assigned_but_not_learnt_from():
    rows = corpus(12)
    rows.duplicates = [Duplicate("000000000000", f"{i:012x}", "near", 0.9, "") for i in range(1, 3)]
    result = run(rows)
    assert result.discovered == []
    assert result.of("000000000001", "guided")


def test_an_empty_corpus_and_one_without_terms_have_no_themes():
    assert run(Corpus([], [], [])).tables.themes == []
    rows = corpus()
    result = run(Corpus(rows.releases, rows.sentences, []))
    assert result.discovered == []
    assert result.learnt.found.summary.status == "no_words"


def test_a_discovered_theme_is_tied_to_the_guided_theme_that_has_most_of_it():
    tied = {theme.nearest: theme.iptc for theme in run(corpus()).discovered}
    assert set(tied) == {"digitalisation", "education", "culture"}
    assert tied["culture"] == "20000038"


def test_names_of_organisations_help_to_match_and_are_never_shown():
    rows = corpus()
    rows.mentions += [
        mention("Kulturring Auental", "ORG", 0, release_id=r.release_id) for r in rows.releases[2::3]
    ]
    shown = " ".join(" ".join((theme.label, *theme.terms)) for theme in run(rows).discovered)
    assert "ulturring" not in shown
    assert "†" not in shown


def test_press_talk_issuers_and_numbers_never_make_a_theme():
    welcome = chooser(parse_stop_terms(STOP), issuer_words(["Stadt Falkenrode", None]))
    words = ["pressemitteilung", "falkenrode", "mittwochabend", "2021", "falkenroder weg", "schule", "neu schule"]
    assert [word for word in words if welcome(word, "NOUN")] == ["schule", "neu schule"]
    assert not welcome("digital", "ADJ")


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


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("radwegebau", ("radweg", "bau")),
        ("schulhof", ("schul", "hof")),
        ("theater", ()),
        ("open-air-bühn", ("bühn",)),
    ],
)
def test_compounds_are_split_where_both_parts_are_words(word: str, parts: tuple[str, ...]):
    assert splitter({"radweg", "bau", "weg", "schul", "hof", "bühn", "heat"})(word) == parts


@settings(deadline=None)  # the first call builds caches
@given(st.text("abcdefghijklmnopqrstuvwxyzäöüß-", max_size=60))
def test_the_parts_of_a_word_are_known_words_and_its_stem_begins_it(word: str):
    known = {"radweg", "bau", "weg", "abc", "abcd"}
    assert set(splitter(known)(word)) <= known
    assert word.startswith(stem(word))


def test_words_that_belong_together_lie_together_though_the_corpus_never_joins_them():
    known = vectors.load()
    near = float(known.rows[known.place["museum"]] @ known.rows[known.place["ausstellung"]])
    far = float(known.rows[known.place["museum"]] @ known.rows[known.place["haushalt"]])
    assert near > 0.5 > far + 0.2


def test_clusters_return_whatever_the_seed_and_every_share_adds_up_to_one():
    rng = np.random.default_rng(0)
    points = np.repeat(np.eye(5), 20, axis=0) + rng.normal(0, 0.1, (100, 5))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    tree = grow(points)
    labels = [nearest(points, middles(points, tree, 5, seed)) for seed in range(3)]
    assert adjusted_rand_score(labels[0], np.repeat(np.arange(5), 20)) == 1.0
    assert adjusted_rand_score(labels[0], labels[1]) == adjusted_rand_score(labels[0], labels[2]) == 1.0
    assert np.allclose(shares(points, middles(points, tree, 5)).sum(axis=1), 1)


def test_a_release_without_a_known_term_lies_nowhere_and_has_no_share():
    learnt = run(corpus()).learnt.found
    space = learn_space(learnt.terms, np.arange(36), vectors.load())
    points = space.points(sparse.csr_matrix((1, len(learnt.terms.terms)), dtype=np.int32))
    assert not points.any()
    assert not shares(points, np.eye(points.shape[1])[:3]).any()


def test_a_term_that_stands_everywhere_speaks_for_no_theme():
    counts = sparse.csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1], [1, 0, 1]]))
    weights = theme_terms(counts, np.array([0, 0, 1, 1]), 2)
    assert strongest(weights) == [[1], [2]]
    assert diversity(strongest(weights)) == 1.0


def test_coherence_is_high_for_words_that_stand_together_and_lowest_for_those_that_never_do():
    together = sparse.csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1]], dtype=float))
    assert coherence([[0, 1], [0, 2]], together) == pytest.approx([1.0, -1.0])


def test_issuers_and_places_get_their_share_of_each_theme():
    groups = {(g.theme_id, g.by, g.name): g for g in run(corpus()).tables.groups}
    assert groups["education", "issuer", "Stadt Falkenrode"].n_releases == 12
    assert groups["education", "issuer", "Stadt Falkenrode"].n_all == 36
    assert groups["education", "place", "Falkenrode"].share == 0.5
    assert release().issuer == "Stadt Falkenrode"


def test_a_place_that_a_release_names_twice_counts_once_even_across_two_pieces():
    ids = pa.chunked_array([pa.array(["a", "b", "c"])])
    rows = [("a", "p"), ("a", "q"), ("a", "p"), ("b", "x"), ("b", "p"), ("c", "p"), ("z", "p")]
    whole = pa.table({"release_id": [r for r, _ in rows], "entity_id": [e for _, e in rows]})
    found = [
        [
            (row.theme_id, row.group, row.n_releases, row.n_all)
            for row in theme_groups(
                {"t": np.array([0, 2])}, 3, [by_place(ids, {"p": "P", "q": "Q"}, whole.to_batches(size))]
            )
        ]
        for size in (1, 2, 3, 100)
    ]
    assert found == [[("t", "p", 2, 3), ("t", "q", 1, 1)]] * 4


def test_a_release_leans_on_the_same_themes_whether_it_was_learnt_from_or_met_later():
    rows = corpus()
    result = run(rows)
    ids = tuple(name.theme_id for name in result.naming.discovered)
    found = told_by(result.gauge, ids, SETTINGS.min_share)[1]
    terms = [[t for t in rows.terms if t.release_id == r.release_id] for r in rows.releases]
    mentions = [[m for m in rows.mentions if m.release_id == r.release_id] for r in rows.releases]
    assert np.allclose(placed(terms, mentions, found), result.learnt.found.shares)


def test_words_are_shown_in_the_nominative_where_the_texts_use_it_too():
    def shown(*surfaces: str) -> str:
        rows = [{"release_id": "a", "term": "x", "surface": s, "pos": "NOUN", "count": 1} for s in surfaces]
        return encode(["a"], pa.Table.from_pylist(rows), named(arrow(t.MENTIONS, []))).surfaces[0]

    assert shown("Dächern", "Dächern", "Dächer") == "Dächer"
    assert shown(*["Drogen"] * 9, "Droge") == "Drogen"
    assert shown("Wahlen") == "Wahlen"
