"""Figures -> small drawings as inline SVG; colours and fonts come from the page's style sheet.

Every drawing has a title and a description for screen readers; the page puts the figures as a table below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_PLOT = 150  # height of the plotting area
_TOP, _BOTTOM, _LEFT = 22, 24, 8
_FOOT = _TOP + _PLOT  # where bars stand
_WIDE, _ROW, _SCALE = 1120, 34, 26  # of the drawing of lives: its width, a row, the scale above


@dataclass(frozen=True, slots=True)
class Words:
    """What a drawing is called: its id on the page, its title, its description in a sentence."""

    name: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its label below, its height 0 to 1 of the axis, what stands above it."""

    label: str
    height: float
    value: str
    tip: str
    below: str = ""  # a second line under the label


@dataclass(frozen=True, slots=True)
class Span:
    """One life: from where to where (years with fraction), what is written over it, where it leads."""

    name: str
    first: float
    last: float
    text: str
    path: str


def columns(words: Words, bars: Sequence[Bar], step: int = 46) -> Markup:
    """Bars side by side with their value above, for a handful of years."""
    width = max(len(bars) * step + 2 * _LEFT, 160)
    parts = [_axis(width)]
    for place, bar in enumerate(bars):
        x, centre = _LEFT + place * step, _LEFT + place * step + step / 2
        texts = _text("value", centre, _top(bar) - 5, bar.value) + _text("tick", centre, _FOOT + 16, bar.label)
        parts.append(
            _bar(bar, x + step * 0.13, step * 0.74, texts + _text("tick faint", centre, _FOOT + 32, bar.below))
        )
    below = 16 if any(bar.below for bar in bars) else 0
    return _svg(words, width, _FOOT + _BOTTOM + below, parts)


def lives(words: Words, spans: Sequence[Span], years: tuple[int, int]) -> Markup:
    """A bar a name from its first to its last mention, under a scale of years."""
    first, last = years[0], years[1] + 1
    scale = (_WIDE - 2 * _LEFT) / (last - first)
    height = _SCALE + len(spans) * _ROW + 8
    parts = []
    for year in range(first, last, max(1, -(-(last - first) // 12))):
        x = _LEFT + (year - first) * scale
        parts += [_line("grid", x, 18, x, height), _text("tick start", x + 3, 13, str(year))]
    for place, span in enumerate(spans):
        x, long = _LEFT + (span.first - first) * scale, max((span.last - span.first) * scale, 7)
        parts.append(_life(span, x, _SCALE + place * _ROW, long))
    return _svg(words, _WIDE, height, parts, role="group")  # an image may hold no links


def _life(span: Span, x: float, y: float, long: float) -> str:
    at_end = x + len(span.name) * 7.5 > _WIDE  # so that a name never leaves the drawing
    name = _text(f"name {'end' if at_end else 'start'}", x + long if at_end else x, y + 14, span.name)
    bar = f'<rect class="bar" x="{_n(x)}" y="{y + 19}" width="{_n(long)}" height="8" rx="4"/>'
    return f'<a href="{escape(span.path)}"><title>{escape(span.text)}</title>{name}{bar}</a>'


def spark(values: Sequence[float]) -> Markup:
    """Shares by year as a strip of bars, 0 to the highest; a decoration beside figures that stand in words."""
    top, width = max(values, default=0) or 1, max(len(values) * 7, 7)
    heights = [max(value / top * 22, 1) for value in values]
    bars = "".join(
        f'<rect x="{place * 7}" y="{_n(22 - height)}" width="5" height="{_n(height)}"/>'
        for place, height in enumerate(heights)
    )
    size = f'viewBox="0 0 {width} 22" width="{width}" height="22"'
    return _safe(f'<svg class="spark" aria-hidden="true" focusable="false" {size}>{bars}</svg>')


def year_with_fraction(date: str) -> float:
    """A date of any precision as a number: "2021-07-01" -> 2021.5, "2021" -> 2021.0."""
    parts = [int(part) for part in date[:10].split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    return year + (month - 1) / 12 + (day - 1) / 372


def _svg(words: Words, width: int, height: int, parts: Sequence[str], role: str = "img") -> Markup:
    ids = f"{words.name}-titel", f"{words.name}-text"
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return _safe(
        f'<svg class="chart" role="{role}" aria-labelledby="{ids[0]} {ids[1]}" {size}>'
        f'<title id="{ids[0]}">{escape(words.title)}</title><desc id="{ids[1]}">{escape(words.description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _safe(svg: str) -> Markup:
    """A finished drawing; every word in it went through ``escape`` on its way."""
    return Markup(svg)  # noqa: S704  see above


def _top(bar: Bar) -> float:
    return _FOOT - round(bar.height * _PLOT, 1)


def _bar(bar: Bar, x: float, width: float, texts: str) -> str:
    height = round(bar.height * _PLOT, 1)
    size = f'x="{_n(x)}" y="{_n(_top(bar))}" width="{_n(width)}" height="{_n(height)}"'
    return f'<g><title>{escape(bar.tip)}</title><rect class="bar" {size}/>{texts}</g>'


def _axis(width: int) -> str:
    return _line("axis", _LEFT, _FOOT + 0.5, width - _LEFT, _FOOT + 0.5)


def _line(css: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{css}" x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"/>'


def _text(css: str, x: float, y: float, content: str) -> str:
    return f'<text class="{css}" x="{_n(x)}" y="{_n(y)}">{escape(content)}</text>' if content else ""


def _n(value: float) -> str:
    """A coordinate with at most one decimal, so that files stay small and equal."""
    return f"{value:.1f}".removesuffix(".0")
