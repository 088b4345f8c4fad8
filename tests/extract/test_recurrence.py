"""Initiatives across releases: what one release proves, others need not."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.records import Mention
from pipeline.extract import packed, recurrence
from pipeline.extract.rows import Rows


def mention(text="Moosfunk", start=0, release="a" * 12, sure=0.9, **values):
    """An initiative of a release."""
    row = Mention(
        release, start, start + len(text), "INITIATIVE", text, text, None, None, "project", "body", "rule:x", sure
    )
    return replace(row, **values)


def corpus(*releases):
    """Releases as (found, doubted) -> what the corpus knows."""
    known = recurrence.Known()
    for found, doubted in releases:
        known.add(recurrence.found(found), recurrence.forms(doubted))
    return known


def test_a_name_that_one_release_is_sure_of_is_found_where_another_doubts_it():
    doubted = mention(start=40, sure=0.1)
    known = corpus(([mention()], []), ([], [doubted]))
    [found] = recurrence.settle([], [doubted], known)
    assert (found.start, found.found_by, found.confidence) == (40, "rule:initiative-recurs", 0.6)


def test_an_unsure_find_proves_nothing_elsewhere():
    doubted = mention(sure=0.1)
    assert recurrence.settle([], [doubted], corpus(([mention(sure=0.7)], []), ([], [doubted]))) == []


def test_a_name_that_most_releases_doubt_is_not_raised():
    doubted = mention(sure=0.1)
    few = corpus(([mention()], []), *[([], [doubted])] * 3)
    many = corpus(([mention()], []), *[([], [doubted])] * 4)
    assert recurrence.settle([], [doubted], few)
    assert not recurrence.settle([], [doubted], many)


def test_a_raised_form_gets_the_name_that_the_sure_release_gave_it():
    genitive = mention("Moosfunks", sure=0.1)
    known = corpus(([mention("Moosfunks", name="Moosfunk")], []), ([], [genitive]))
    assert recurrence.settle([], [genitive], known)[0].name == "Moosfunk"


def test_of_overlapping_doubts_the_longest_is_raised_and_the_models_body_gives_way():
    long, short = mention("Moosfunk Gera", sure=0.1), mention(sure=0.1)
    known = corpus(([mention("Moosfunk Gera"), mention()], []), ([], [long, short]))
    body = mention("Moosfunk Gera", label="ORG", found_by="model", kind=None)
    place = mention("Gera", start=90, label="LOC", kind=None)
    assert [(m.label, m.text) for m in recurrence.settle([body, place], [short, long], known)] == [
        ("INITIATIVE", "Moosfunk Gera"),
        ("LOC", "Gera"),
    ]


def test_a_piece_of_a_name_that_a_rule_found_stays_one():
    piece, body = (
        mention(sure=0.1),
        mention("Moosfunk e. V.", label="ORG", found_by="rule:org-legal-form", kind=None),
    )
    assert recurrence.settle([body], [piece], corpus(([mention()], []), ([], [piece]))) == [body]


NAMES = st.sampled_from(["Moosfunk", "Wehrblick", "Wehrblick Gera", "Uferlauf"])
MENTIONS = st.lists(st.builds(mention, NAMES, st.integers(0, 60), sure=st.sampled_from([0.1, 0.5, 0.85, 0.95])))


@given(st.lists(st.tuples(MENTIONS, MENTIONS), max_size=6), st.integers(0, 9))
def test_the_order_of_releases_changes_nothing(releases, seed):
    """Every order of the releases gives every release the same mentions, and none overlap."""
    shuffled = random.Random(seed).sample(releases, len(releases))
    one, other = corpus(*releases), corpus(*shuffled)
    for _, doubted in releases:
        raised = recurrence.settle([], doubted, one)
        assert raised == recurrence.settle([], doubted, other)
        assert all(a.end <= b.start for a, b in pairwise(raised))


def test_packed_releases_tell_the_corpus_what_they_prove():
    doubted = mention(release="b" * 12, start=7, sure=0.1)
    sure, unsure = (
        packed.pack("a" * 12, Rows(mentions=[mention()])),
        packed.pack("b" * 12, Rows(doubted=[doubted])),
    )
    known = recurrence.Known()
    assert "mentions" not in packed.unpack(unsure, known)
    for data in (unsure, sure):
        packed.note(data, known)
    columns = packed.unpack(unsure, known)["mentions"]
    assert columns[0] == ["b" * 12]
    assert [list(values) for values in columns[-2:]] == [["rule:initiative-recurs"], [0.6]]


def test_candidates_below_the_threshold_are_doubted_and_everyday_words_are_not(read, gazetteers):
    from pipeline.extract.components import mentions  # noqa: PLC0415  beside the only test that reads

    text = "Der Verein begrüßt Moosfunk Gera. Das Fest beginnt um zehn Uhr."
    found, doubted = mentions.look(read(text), gazetteers)
    forms = {text[s.start : s.end] for s in doubted}
    assert not {s.label for s in found} & {"INITIATIVE"}
    assert "Fest" not in forms
    assert all(0.05 <= s.confidence < 0.3 for s in doubted)
