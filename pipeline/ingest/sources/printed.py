"""Pieces of text on a printed page -> lines -> columns -> paragraphs; coordinates count upwards, as in PDF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.ingest import layout

# between the cells of a table's row
CELL = " | "
# gaps, in line heights: wider ones part two columns, two words; narrower ones no words, whatever the file says
_COLUMN_GAP = 1.6
_WORD_GAP = 0.16
_LEAST_GAP = 0.02


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, its box, and whether white space follows it in the file."""

    left: float
    bottom: float
    right: float
    top: float
    letter: str
    spaced: bool

    @property
    def height(self) -> float:
        """The height of the box: about the size of the type."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and its box."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """The height of the box: about the size of the type."""
        return self.top - self.bottom


def lines(glyphs: list[Glyph]) -> list[Piece]:
    """Characters that stand side by side -> one line; a wide gap keeps two columns apart."""
    result: list[Piece] = []
    for row in _rows(glyphs):
        current = [row[0]]
        for before, glyph in pairwise(row):
            if glyph.left - before.right > _COLUMN_GAP * max(before.height, glyph.height, 6):
                result.append(_piece(current))
                current = []
            current.append(glyph)
        result.append(_piece(current))
    return [piece for piece in result if piece.text]


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Characters of the same height on the page, from top to bottom, each row from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (-(g.top + g.bottom), g.left)):
        row = rows[-1] if rows else []
        # compared with the row's first and last, so that a raised figure stays in its line
        if row and max(overlap(row[0], glyph), overlap(row[-1], glyph)) > 0.5:
            row.append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: g.left) for row in rows]


def overlap(a: Glyph | Piece, b: Glyph | Piece) -> float:
    """Share of the lower box's height that both have in common."""
    common = min(a.top, b.top) - max(a.bottom, b.bottom)
    return common / max(min(a.height, b.height), 0.1)


def _piece(glyphs: list[Glyph]) -> Piece:
    text = glyphs[0].letter
    for before, glyph in pairwise(glyphs):
        # bold type is sometimes the same letter printed twice; a ligature is two letters in one box
        shift = (glyph.left - before.left) / max(before.right - before.left, 0.1)
        if glyph.letter == before.letter and (0 < shift < 0.3 or (glyph.letter == "-" and shift == 0)):
            continue
        gap = glyph.left - before.right
        wide = gap > _WORD_GAP * max(before.height, 1)
        text += (" " if wide or (before.spaced and gap > _LEAST_GAP * before.height) else "") + glyph.letter
    return Piece(
        glyphs[0].left,
        min(glyph.bottom for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.top for glyph in glyphs),
        text.strip(),
    )


def paragraphs(found: list[list[Piece]]) -> tuple[list[str], int]:
    """Stretches of lines in reading order -> paragraphs, and how many hyphenations were undone."""
    result: list[str] = []
    repairs = 0
    known = layout.words("\n".join(line.text for flow in found for line in flow))
    margins = _margins(found)
    for block in _blocks(found):
        full = [_is_full(line, following, margins[id(line)]) for line, following in pairwise(block)]
        text, undone = layout.join([line.text.strip() for line in block], [*full, False], known)
        repairs += undone
        result.append(text)
    return result, repairs


def _column(line: Piece) -> int:
    """Lines that begin at about the same place across the page stand in one column."""
    return round(line.left / 20)


def _margins(found: list[list[Piece]]) -> dict[int, float]:
    """The id of each line -> the right margin of its column: where the widest line that begins there ends.

    A stretch of short lines does not show its margin and takes that of the whole document.
    """
    margins: dict[int, float] = {}
    whole = _widest(line for flow in found for line in flow)
    for flow in found:
        own = _widest(flow) if _is_wrapped(flow) else whole
        margins.update((id(line), own[_column(line)]) for line in flow)
    return margins


def _is_wrapped(flow: list[Piece]) -> bool:
    """Whether most lines end near the same margin, as those of running text do."""
    left, right = min(line.left for line in flow), max(line.right for line in flow)
    return sum(line.right > left + 0.8 * (right - left) for line in flow) >= 0.6 * len(flow) > 1


def _widest(found: Iterable[Piece]) -> dict[int, float]:
    widest: dict[int, float] = {}
    for line in found:
        widest[_column(line)] = max(widest.get(_column(line), 0.0), line.right)
    return widest


def _blocks(found: list[list[Piece]]) -> list[list[Piece]]:
    """Lines -> blocks parted by white space or a change of type; a sentence runs on over a page's end."""
    steps = [a.bottom - b.bottom for flow in found for a, b in pairwise(flow) if a.bottom > b.bottom]
    step = median(steps) if steps else 12.0
    size = median(line.height for flow in found for line in flow) if steps else 12.0
    blocks: list[list[Piece]] = []
    for flow in found:
        for number, line in enumerate(flow):
            before = blocks[-1][-1] if blocks else None
            if before is None:
                blocks.append([line])
            elif number == 0:
                _add(blocks, line, goes_on=_runs_on(before, line))
            else:
                _add(blocks, line, goes_on=_is_close(before, line, step, size))
    return blocks


def _add(blocks: list[list[Piece]], line: Piece, *, goes_on: bool) -> None:
    if goes_on:
        blocks[-1].append(line)
    else:
        blocks.append([line])


def _runs_on(before: Piece, line: Piece) -> bool:
    """Whether a sentence goes on over the end of a column or page."""
    return line.text[:1].islower() and before.text.rstrip()[-1:] not in ".!?:"


def _is_close(before: Piece, line: Piece, step: float, size: float) -> bool:
    """Whether a line stands no further below another than lines of one paragraph, or of one heading, do."""
    distance = before.bottom - line.bottom
    same_type = abs(before.height - line.height) <= 0.25 * max(before.height, line.height)
    heading = 1.8 * line.height if line.height > 1.15 * size else 1.35 * line.height
    return same_type and distance <= max(1.3 * step, heading)


def _is_full(line: Piece, following: Piece, margin: float) -> bool:
    """Whether the next line's first word would not have fitted into this one."""
    if CELL in line.text or CELL in following.text:
        return False
    words = following.text.split(" ", 1)
    letter = (following.right - following.left) / max(len(following.text), 1)
    room = margin - line.right
    return room < (len(words[0]) + 1) * letter or line.right >= margin - 2
