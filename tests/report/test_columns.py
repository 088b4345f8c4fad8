"""Drawings put together from a frame: the same bytes as Vega draws of the figures themselves."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.report import columns, vega
from pipeline.report.charts import Bar, Words

WORDS = Words("x", "Titel", "Text")
_texts = st.sampled_from(["", "12", "12 %", "0,5 %", "<1", "R & B", "von 7", "„so“ \"und\" 'so'"])
_bars = st.builds(Bar, _texts, st.integers(0, 600).map(lambda n: n / 600), _texts, _texts.filter(bool), _texts)


def by_vega(kind, bars, below):
    rows = [
        {"place": n, "height": b.height, "value": b.value, "label": b.label, "below": b.below, "tip": b.tip}
        for n, b in enumerate(bars)
    ]
    top = max([bar.height for bar in bars], default=1) or 1
    return vega.drawn(kind, rows, top, below)


def body(svg):
    return re.sub(r"^<svg[^>]*>(<title.*?</desc>)?", "", svg)


@settings(max_examples=60, deadline=None)
@given(st.lists(_bars, min_size=1, max_size=30))
def test_columns_are_as_vega_draws_them(bars):
    below = 34 if any(bar.below for bar in bars) else 22
    theirs, ours = by_vega("columns", bars, below), columns.columns(WORDS, bars)
    assert body(ours) == body(theirs)
    assert re.search(r' width="\d+" height="\d+"', theirs)[0] in ours


@settings(max_examples=20, deadline=None)
@given(st.lists(_bars, min_size=1, max_size=300))
def test_months_are_as_vega_draws_them(bars):
    bars = [Bar(bar.label, bar.height, bar.value, bar.tip) for bar in bars]
    theirs, ours = by_vega("months", bars, 22), columns.months(WORDS, bars)
    assert body(ours) == body(theirs)
    assert re.search(r' width="\d+" height="\d+"', theirs)[0] in ours


@pytest.mark.parametrize("known", [{}, {"columns 2": "<svg>"}])
def test_a_frame_is_drawn_once_and_told_of_once(known, monkeypatch):
    asked = []
    monkeypatch.setattr(vega, "frame", lambda *what: asked.append(what) or "<svg>")
    frames = columns.Frames()
    frames.learn(known)
    assert [frames.of("columns", 2), frames.of("columns", 2)] == ["<svg>"] * 2
    assert len(asked) == 1 - len(known)
    assert frames.news() == ({} if known else {"columns 2": "<svg>"})
    assert frames.news() == {}


def test_thousands_in_the_words_of_a_bar_are_no_coordinates():
    svg = columns.columns(WORDS, [Bar("2020", 1.0, "1 %", "2020: 2 von 2.549 Mitteilungen", "von 2.549")])
    assert "2020: 2 von 2.549 Mitteilungen" in svg
    assert ">von 2.549<" in svg
