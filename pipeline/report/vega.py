"""Kinds of drawings by Vega-Altair as inline SVG; colours and fonts come from the page's style sheet.

Vega takes a second to start and 50 ms a drawing. So it draws each kind once, and :mod:`columns` puts figures in.
Sizes are fixed and nothing is laid out by the width of a text, so that the same figures give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from typing import Any

import altair as alt
import vl_convert
from markupsafe import escape

from pipeline.report.columns import PLOT, one_decimal

_STEP, _MOST_WIDE = 46, 1060
# stand-ins for colours: the style sheet knows light and dark, Vega does not
_CLASSES = {"#010203": "bar", "#010204": "value", "#010205": "tick", "#010206": "axis", "#010207": "tick faint"}
_BAR, _VALUE, _TICK, _AXIS, _FAINT = _CLASSES
_EMPTY = re.compile(r'<path class="(?:background|foreground)"[^>]*/>|<path[^>]*display="none"[^>]*/>')
_TOLD = re.compile(r'<path aria-label="([^"]*)"([^>]*)/>')
_ARIA = re.compile(r' (?:role|aria-[a-z]+|pointer-events|font-family|font-size|opacity|stroke-width)="[^"]*"')
_LONG = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_COLOUR = re.compile(r' (?:fill|stroke)="(#01020[3-7])"')


def frame(kind: str, count: int) -> str:
    """A kind of drawing with so many bars of full height, each with marks in place of its words, as SVG."""
    rows = [
        {"place": n, "height": 1, "value": f"v{n}", "label": f"l{n}", "below": f"b{n}", "tip": f"t{n}"}
        for n in range(count)
    ]
    return drawn(kind, rows, 1, 34)


def drawn(kind: str, rows: list[dict[str, Any]], top: float, below: int) -> str:
    """Bars, one a row, on an axis from 0 to ``top`` -> their drawing; ``below``: room for what stands there."""
    width, gaps = KINDS[kind]
    padding = {"left": 8, "right": 8, "top": 24, "bottom": below}
    finished = {**_chart(top, gaps), "datasets": {"bars": rows}, "width": width(len(rows)), "padding": padding}
    return _plain(vl_convert.vegalite_to_svg(finished))


def _columns_width(bars: int) -> int:
    return max(bars * _STEP, 150)


def _months_width(bars: int) -> int:
    return max(round(bars * max(3.0, min(14.0, _MOST_WIDE / max(bars, 1)))), 150)


KINDS: dict[str, tuple[Callable[[int], int], tuple[tuple[str, float], ...]]] = {
    "columns": (_columns_width, (("paddingInner", 0.26), ("paddingOuter", 0.13))),
    "months": (_months_width, (("padding", 0.1),)),
}


@lru_cache
def _chart(top: float, padding: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """The drawing without its bars, as Vega-Lite: Altair takes four times as long for that as Vega to draw it."""
    places = alt.X("place:O", axis=None, scale=alt.Scale(**dict(padding)))
    base = alt.Chart(alt.NamedData(name="bars")).encode(places)
    chart = alt.layer(*_bars(base, alt.Scale(domain=[0, top])), *_labels(base)).properties(
        height=PLOT, autosize=alt.AutoSizeParams(type="none"), background="transparent"
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
    first = base.mark_text(color=_TICK, baseline="top", fontSize=12).encode(y=alt.value(PLOT + 6), text="label:N")
    second = base.mark_text(color=_FAINT, baseline="top", fontSize=11).encode(
        y=alt.value(PLOT + 22), text="below:N"
    )
    return [first, second]


def _plain(svg: str) -> str:
    """Vega's SVG -> the same with classes for colours, one decimal, no attributes without use."""
    body = _TOLD.sub(_with_title, _EMPTY.sub("", svg))
    body = _COLOUR.sub(lambda found: f' class="{_CLASSES[found[1]]}"', _ARIA.sub("", body))
    body = re.sub(r' class="(?:mark|role)[^"]*"', "", body)
    return re.sub(
        r"<text[^>]*(?:/>|></text>)|<g></g>", "", _LONG.sub(lambda found: one_decimal(float(found[0])), body)
    )


def _with_title(found: re.Match[str]) -> str:
    """A bar that a screen reader is told of -> one that shows the same words under the pointer."""
    return f"<path{found[2]}><title>{escape(unescape(found[1]))}</title></path>"
