"""Figures -> small drawings as inline SVG; colours and fonts come from the page's style sheet.

Every drawing has a title and a description for screen readers; the page puts the figures as a table below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_PLOT = 150  # height of the plotting area
_TOP, _BOTTOM, _LEFT = 22, 24, 8


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
        height = round(bar.height * _PLOT, 1)
        x, y = _LEFT + place * step, _TOP + _PLOT - height
        centre = x + step / 2
        parts.append(
            Markup('<g><title>{}</title><rect class="bar" x="{}" y="{}" width="{}" height="{}" rx="2"/>').format(
                bar.tip, x + 6, _n(y), step - 12, _n(height)
            )
            + _text("value", centre, y - 5, bar.value)
            + _text("tick", centre, _TOP + _PLOT + 16, bar.label)
            + (_text("tick faint", centre, _TOP + _PLOT + 32, bar.below) if bar.below else Markup(""))
            + Markup("</g>")
        )
    below = 16 if any(bar.below for bar in bars) else 0
    return _svg(words, width, _TOP + _PLOT + _BOTTOM + below, parts)


def months(words: Words, bars: Sequence[Bar]) -> Markup:
    """Many thin bars; a label where a bar has one (the first month of a year)."""
    step = max(3.0, min(14.0, 1060 / max(len(bars), 1)))
    width = round(len(bars) * step + 2 * _LEFT + 40)
    parts = [_axis(width)]
    for place, bar in enumerate(bars):
        height = round(bar.height * _PLOT, 1)
        x = _LEFT + place * step
        if bar.label:
            parts.append(_line("grid", x, _TOP, x, _TOP + _PLOT + 6))
            parts.append(_text("tick start", x, _TOP + _PLOT + 18, bar.label))
        parts.append(
            Markup('<g><title>{}</title><rect class="bar" x="{}" y="{}" width="{}" height="{}"/></g>').format(
                bar.tip, _n(x + step * 0.1), _n(_TOP + _PLOT - height), _n(step * 0.8), _n(height)
            )
        )
        if bar.value:
            parts.append(_text("value", x + step / 2, _TOP + _PLOT - height - 5, bar.value))
    return _svg(words, width, _TOP + _PLOT + _BOTTOM, parts)


def lives(words: Words, spans: Sequence[Span], years: tuple[int, int]) -> Markup:
    """A bar a name from its first to its last mention, under a scale of years."""
    width, row, top = 1120, 34, 26
    first, last = years[0], years[1] + 1
    scale = (width - 2 * _LEFT) / (last - first)
    height = top + len(spans) * row + 8
    parts: list[Markup] = []
    every = max(1, -(-(last - first) // 12))
    for year in range(first, last, every):
        x = _LEFT + (year - first) * scale
        parts += [_line("grid", x, 18, x, height), _text("tick start", x + 3, 13, str(year))]
    for place, span in enumerate(spans):
        x = _LEFT + (span.first - first) * scale
        long = max((span.last - span.first) * scale, 7)
        y = top + place * row
        near_end = x + len(span.name) * 7.5 > width
        anchor, at = ("end", max(x + long, 0)) if near_end else ("start", x)
        parts.append(
            Markup('<a href="{}"><title>{}</title>').format(span.path, span.text)
            + _text(f"name {anchor}", at, y + 14, span.name)
            + Markup('<rect class="bar" x="{}" y="{}" width="{}" height="8" rx="4"/></a>').format(
                _n(x), y + 19, _n(long)
            )
        )
    return _svg(words, width, height, parts, role="group")  # an image may hold no links


def spark(values: Sequence[float]) -> Markup:
    """Shares by year as a strip of bars, 0 to the highest; a decoration beside figures that stand in words."""
    top = max(values, default=0) or 1
    bars = [
        Markup('<rect x="{}" y="{}" width="5" height="{}"/>').format(
            place * 7, _n(22 - max(value / top * 22, 1)), _n(max(value / top * 22, 1))
        )
        for place, value in enumerate(values)
    ]
    head = Markup(
        '<svg class="spark" aria-hidden="true" focusable="false" viewBox="0 0 {0} 22" width="{0}" height="22">'
    )
    return head.format(max(len(values) * 7, 7)) + Markup("").join(bars) + Markup("</svg>")


def year_with_fraction(date: str) -> float:
    """A date of any precision as a number: "2021-07-01" -> 2021.5, "2021" -> 2021.0."""
    parts = [int(part) for part in date[:10].split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    return year + (month - 1) / 12 + (day - 1) / 372


def _svg(words: Words, width: int, height: int, parts: Sequence[Markup], role: str = "img") -> Markup:
    ids = f"{words.name}-titel", f"{words.name}-text"
    head = Markup(
        '<svg class="chart" role="{6}" aria-labelledby="{0} {1}" viewBox="0 0 {2} {3}" width="{2}" height="{3}">'
        '<title id="{0}">{4}</title><desc id="{1}">{5}</desc>'
    ).format(*ids, width, height, words.title, words.description, role)
    return head + Markup("").join(parts) + Markup("</svg>")


def _axis(width: int) -> Markup:
    return _line("axis", _LEFT, _TOP + _PLOT + 0.5, width - _LEFT, _TOP + _PLOT + 0.5)


def _line(css: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(css, _n(x1), _n(y1), _n(x2), _n(y2))


def _text(css: str, x: float, y: float, content: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(css, _n(x), _n(y), escape(content))


def _n(value: float) -> str:
    """A coordinate with at most one decimal, so that files stay small and equal."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
