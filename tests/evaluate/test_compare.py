"""Gold against found: what counts as right."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import InputError
from pipeline.evaluate.annotation import from_dict, load_folder
from pipeline.evaluate.compare import Counts, compare
from pipeline.evaluate.metrics import score, summarise

GOLD = Path(__file__).parents[2] / "data" / "gold"


def span(text, label="PER", start=0):
    return {"start": start, "end": start + len(text), "text": text, "label": label}


def both(gold, found, zones=None):
    return compare(from_dict("g", gold), from_dict("f", found), zones)


def test_each_gold_mention_is_matched_at_most_once():
    counts = both({"spans": [span("Anna")]}, {"spans": [span("Anna"), span("Anna", start=9)]})
    assert counts["PER"] == Counts(1, 1, 2)


def test_text_and_label_must_both_agree():
    assert both({"spans": [span("Jena", "LOC")]}, {"spans": [span("Jena", "ORG")]})["LOC"] == Counts(0, 1, 0)


def test_quotation_marks_and_dashes_do_not_count_as_differences():
    counts = both(
        {"spans": [span("Haus „Am Park“ – Jena", "ORG")]}, {"spans": [span('Haus "Am Park" - Jena', "ORG")]}
    )
    assert counts["ORG"].hit == 1


def test_a_name_inside_an_initiative_is_neither_asked_for_nor_held_against_the_finder():
    gold = {"spans": [span("Netzwerk Weimar", "INITIATIVE")]}
    assert both(gold, {"spans": [span("Weimar", "LOC")]})["LOC"] == Counts(0, 0, 0)
    assert both(gold, {"spans": [span("Jena", "LOC")]})["LOC"] == Counts(0, 0, 1)


def test_mentions_outside_the_zones_that_count_are_left_out():
    zones = [{"start": 50, "end": 90, "zone": "contact"}]
    gold = {"zones": zones, "spans": [span("Anna"), span("Otto", start=60)]}
    assert both(gold, gold, frozenset({"body"}))["PER"] == Counts(1, 1, 1)
    assert both(gold, gold)["PER"] == Counts(2, 2, 2)


def test_a_date_that_gold_leaves_open_is_not_scored():
    open_date = {"start": 0, "end": 7, "text": "demnächst", "type": "DATE", "value": None}
    found = {**open_date, "value": "2021"}
    assert both({"dates": [open_date]}, {"dates": [found]})["DATE"] == Counts(0, 0, 0)


def test_roles_match_by_their_content_words():
    gold = {"people": [{"name": "Anna Muster", "role": "Leiterin der Abteilung Kultur", "spans": [[0, 4]]}]}
    near = {"people": [{"name": "Anna Muster", "role": "Leiterin Abteilung Kultur", "spans": [[0, 4]]}]}
    far = {"people": [{"name": "Anna Muster", "role": "Leiterin", "spans": [[0, 4]]}]}
    assert both(gold, near)["ROLE"].hit == 1
    assert both(gold, far)["ROLE"].hit == 0


def test_the_speaker_counts_only_where_the_quote_was_found():
    quote = {"start": 0, "end": 9, "text": "Das hilft", "speaker": "Anna Muster", "kind": "direct"}
    other = {**quote, "text": "Nie", "speaker": None}
    counts = both({"quotes": [quote, other]}, {"quotes": [{**quote, "speaker": "Otto"}]})
    assert counts["QUOTE"] == Counts(1, 2, 1)
    assert counts["SPEAKER"] == Counts(0, 1, 1)


@given(st.lists(st.builds(Counts, st.just(3), st.integers(3, 9), st.integers(3, 9)), min_size=1))
def test_f1_lies_between_precision_and_recall(column):
    result = score(column, 20)
    low, high = sorted((result.precision, result.recall))
    assert low - 1e-4 <= result.f1 <= high + 1e-4


def test_gold_measured_against_itself_is_perfect():
    """Also proves that every shipped gold file fits its text."""
    gold = load_folder(GOLD)
    assert len(gold) >= 12
    direct = [from_dict(g.name, {**g.data, "quotes": _direct(g.data)}, g.text) for g in gold]
    figures = summarise([compare(g, d, None) for g, d in zip(gold, direct, strict=True)], 10)
    assert {kind: f["f1"] for kind, f in figures.items()} == dict.fromkeys(figures, 1.0)


def _direct(data):
    return [{**quote, "kind": "direct"} for quote in data["quotes"]]


def test_an_annotation_that_does_not_fit_its_text_is_named(tmp_path):
    (tmp_path / "a.txt").write_text("Weimar", encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"spans": [span("Jena", "LOC")]}), encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.json: 0: .*Weim.*Jena"):
        load_folder(tmp_path)
