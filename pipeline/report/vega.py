"""Figures -> drawings by Vega-Altair as inline SVG; colours and fonts come from the page's style sheet.

For pages that stand once: a drawing takes 50 ms, so the thousands of register pages keep those of :mod:`charts`.
Sizes are fixed and nothing is laid out by the width of a text, so that the same figures give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup, escape

from pipeline.report.charts import Bar, Words

_PLOT, _STEP, _MOST_WIDE = 150, 46, 1060
# stand-ins for colours: the style sheet knows light and dark, Vega does not
_CLASSES = {"#010203": "bar", "#010204": "value", "#010205": "tick", "#010206": "axis", "#010207": "tick faint"}
_BAR, _VALUE, _TICK, _AXIS, _FAINT = _CLASSES
_EMPTY = re.compile(r'<path class="(?:background|foreground)"[^>]*/>|<path[^>]*display="none"[^>]*/>')
_TOLD = re.compile(r'<path aria-label="([^"]*)"([^>]*)/>')
_ARIA = re.compile(r' (?:role|aria-[a-z]+|pointer-events|font-family|font-size|opacity|stroke-width)="[^"]*"')
_LONG = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_COLOUR = re.compile(r' (?:fill|stroke)="(#01020[3-7])"')


def columns(words: Words, bars: Sequence[Bar]) -> Markup:
    """Bars side by side, with their value above, their label below, and perhaps a second line."""
    width = max(len(bars) * _STEP, 150)
    below = 34 if any(bar.below for bar in bars) else 22
    return _draw(words, bars, _chart(_top(bars), (("paddingInner", 0.26), ("paddingOuter", 0.13))), width, below)


def months(words: Words, bars: Sequence[Bar]) -> Markup:
    """Many thin bars; a label where a bar has one (the first month of a year)."""
    width = max(round(len(bars) * max(3.0, min(14.0, _MOST_WIDE / max(len(bars), 1)))), 150)
    return _draw(words, bars, _chart(_top(bars), (("padding", 0.1),)), width, 22)


def _top(bars: Sequence[Bar]) -> float:
    return max([bar.height for bar in bars], default=1) or 1


@lru_cache
def _chart(top: float, padding: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """The drawing without its bars, as Vega-Lite: Altair takes four times as long for that as Vega to draw it."""
    places = alt.X("place:O", axis=None, scale=alt.Scale(**dict(padding)))
    base = alt.Chart(alt.NamedData(name="bars")).encode(places)
    chart = alt.layer(*_bars(base, alt.Scale(domain=[0, top])), *_labels(base)).properties(
        height=_PLOT, autosize=alt.AutoSizeParams(type="none"), background="transparent"
    )
    found: dict[str, Any] = chart.configure(font="Liberation Sans").configure_view(stroke=None).to_dict()
    return found


def _bars(base: alt.Chart, top: alt.Scale) -> list[alt.Chart]:
    """The bars with what a screen reader or a pointer is told of each, and the values above them."""
    height = alt.Y("height:Q", axis=None, scale=top)
    drawn = base.mark_bar(color=_BAR).encode(height, description="tip:N")
    above = base.mark_text(color=_VALUE, dy=-9, fontSize=12).encode(height, text="value:N")
    nothing = alt.Data(values=[{}])  # type: ignore[no-untyped-call]
    foot = alt.Chart(nothing).mark_rule(color=_AXIS).encode(y=alt.datum(0, scale=top))
    return [drawn, above, foot]


def _labels(base: alt.Chart) -> list[alt.Chart]:
    """What stands below the bars: labels, and a fainter second line."""
    first = base.mark_text(color=_TICK, baseline="top", fontSize=12).encode(y=alt.value(_PLOT + 6), text="label:N")
    second = base.mark_text(color=_FAINT, baseline="top", fontSize=11).encode(
        y=alt.value(_PLOT + 22), text="below:N"
    )
    return [first, second]


def _draw(words: Words, bars: Sequence[Bar], chart: dict[str, Any], width: int, below: int) -> Markup:
    rows = [
        {"place": n, "height": b.height, "value": b.value, "label": b.label, "below": b.below, "tip": b.tip}
        for n, b in enumerate(bars)
    ]
    padding = {"left": 8, "right": 8, "top": 24, "bottom": below}
    finished = {**chart, "datasets": {"bars": rows}, "width": width, "padding": padding}
    return _dressed(words, vl_convert.vegalite_to_svg(finished))


def _dressed(words: Words, svg: str) -> Markup:
    """Vega's SVG -> ours: title and description, classes for colours, one decimal, no attributes without use."""
    size = re.search(r'width="(\d+)" height="(\d+)"', svg)
    assert size is not None
    body = svg[svg.index(">") + 1 :]
    body = _TOLD.sub(_with_title, _EMPTY.sub("", body))
    body = _COLOUR.sub(lambda found: f' class="{_CLASSES[found[1]]}"', _ARIA.sub("", body))
    body = re.sub(r' class="(?:mark|role)[^"]*"', "", body)
    body = re.sub(r"<text[^>]*(?:/>|></text>)|<g></g>", "", _LONG.sub(lambda found: _short(found[0]), body))
    width, height = size.groups()
    ids = f"{words.name}-titel", f"{words.name}-text"
    return Markup(  # noqa: S704  Vega escapes what it draws, the rest goes through escape
        f'<svg class="chart" role="img" aria-labelledby="{ids[0]} {ids[1]}" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><title id="{ids[0]}">{escape(words.title)}</title>'
        f'<desc id="{ids[1]}">{escape(words.description)}</desc>{body}'
    )


def _with_title(found: re.Match[str]) -> str:
    """A bar that a screen reader is told of -> one that shows the same words under the pointer."""
    return f"<path{found[2]}><title>{escape(unescape(found[1]))}</title></path>"


def _short(number: str) -> str:
    short = f"{float(number):.1f}".removesuffix(".0")
    return "0" if short == "-0" else short
