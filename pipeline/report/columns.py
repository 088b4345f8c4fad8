"""Figures -> drawings of columns, by putting them into a frame that Vega drew; the bytes are those of Vega.

A frame has as many bars, all of full height. It holds nothing of any release and is kept from run to run.
``tests/report/test_columns.py`` compares with drawings that Vega makes of the figures themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape as plain

from markupsafe import Markup, escape

from pipeline.report.charts import Bar, Words

PLOT = 150  # height of the plotting area
_VALUE = 5  # by how much the words stand above their bar
_SIZE = re.compile(r'<svg[^>]* width="(\d+)" height="(\d+)"[^>]*>')
_BAR = re.compile(rf'<path d="M([\d.]+),0h([\d.]+)v{PLOT}h-[\d.]+Z" class="bar"><title>t(\d+)</title></path>')
_ABOVE = re.compile(rf'(<text [^>]*translate\([\d.]+,)-{_VALUE}(\)"[^>]*>)v(\d+)</text>')
_BELOW = re.compile(r"(<text [^>]*>)([lb])(\d+)</text>")


class Frames:
    """The frames that are known, by kind and number of bars; others are drawn when they are asked for."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        self._told: set[str] = set()

    def of(self, kind: str, count: int) -> str:
        """The frame of a kind of drawing with so many bars."""
        name = f"{kind} {count}"
        if name not in self.known:
            from pipeline.report import vega  # noqa: PLC0415  Altair and Vega take a second to start

            self.known[name] = vega.frame(kind, count)
        return self.known[name]

    def learn(self, frames: dict[str, str]) -> None:
        """Take over what was drawn elsewhere."""
        self.known |= frames
        self._told |= frames.keys()

    def news(self) -> dict[str, str]:
        """What was drawn since this was asked last."""
        found = {name: frame for name, frame in self.known.items() if name not in self._told}
        self._told |= found.keys()
        return found


FRAMES = Frames()  # of this process


def columns(words: Words, bars: Sequence[Bar]) -> Markup:
    """Bars side by side, with their value above, their label below, and perhaps a second line."""
    return _drawn("columns", words, bars, 34 if any(bar.below for bar in bars) else 22)


def months(words: Words, bars: Sequence[Bar]) -> Markup:
    """Many thin bars; a label where a bar has one (the first month of a year)."""
    return _drawn("months", words, bars, 22)


def _drawn(kind: str, words: Words, bars: Sequence[Bar], below: int) -> Markup:
    frame = FRAMES.of(kind, len(bars))
    size = _SIZE.search(frame)
    assert size is not None
    width, height = int(size[1]), int(size[2]) - 34 + below
    ids = f"{words.name}-titel", f"{words.name}-text"
    return Markup(  # noqa: S704  Vega escaped what it drew, the rest goes through escape
        f'<svg class="chart" role="img" aria-labelledby="{ids[0]} {ids[1]}" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><title id="{ids[0]}">{escape(words.title)}</title>'
        f'<desc id="{ids[1]}">{escape(words.description)}</desc>{filled(frame[size.end() :], bars)}'
    )


def filled(frame: str, bars: Sequence[Bar]) -> str:
    """A frame -> with the height and the words of each bar, to the bit as Vega reckons."""
    top = max((bar.height for bar in bars), default=1) or 1
    tops = [PLOT * (1 - bar.height / top) for bar in bars]

    def column(found: re.Match[str]) -> str:
        x, width, at = found[1], found[2], int(found[3])
        y, height = one_decimal(tops[at]), one_decimal(PLOT - tops[at])
        told = escape(bars[at].tip)
        return f'<path d="M{x},{y}h{width}v{height}h-{width}Z" class="bar"><title>{told}</title></path>'

    def above(found: re.Match[str]) -> str:
        at = int(found[3])
        y, text = one_decimal(tops[at] - _VALUE), bars[at].value
        return f"{found[1]}{y}{found[2]}{plain(text, quote=False)}</text>" if text else ""

    def below(found: re.Match[str]) -> str:
        bar = bars[int(found[3])]
        text = bar.label if found[2] == "l" else bar.below
        return f"{found[1]}{plain(text, quote=False)}</text>" if text else ""

    return _BELOW.sub(below, _ABOVE.sub(above, _BAR.sub(column, frame)))


def one_decimal(number: float) -> str:
    """A coordinate with at most one decimal."""
    short = f"{number:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short
