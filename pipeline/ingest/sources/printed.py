"""Pieces of text on a printed page -> lines -> columns -> paragraphs; coordinates count upwards, as in PDF."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from pipeline.ingest import layout

# a gap wider than this many line heights parts two columns, not two words
_WORD_GAP = 1.6
# a column needs this many lines, else it is a margin note or a table
_MIN_COLUMN = 5


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


def lines(pieces: list[Piece]) -> list[Piece]:
    """Pieces that stand side by side -> one line; a wide gap keeps them apart."""
    result: list[Piece] = []
    for row in _rows(pieces):
        current = row[0]
        for piece in row[1:]:
            gap = piece.left - current.right
            if gap > _WORD_GAP * max(current.height, piece.height, 6):
                result.append(current)
                current = piece
            else:
                current = _merge(current, piece, gap)
        result.append(current)
    return result


def _rows(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces of the same height on the page, from top to bottom, each row from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-(p.top + p.bottom), p.left)):
        row = rows[-1] if rows else []
        if row and _overlap(row[0], piece) > 0.5:
            row.append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _overlap(a: Piece, b: Piece) -> float:
    """Share of the lower piece's height that both have in common."""
    common = min(a.top, b.top) - max(a.bottom, b.bottom)
    return common / max(min(a.height, b.height), 0.1)


def _merge(a: Piece, b: Piece, gap: float) -> Piece:
    space = " " if gap > 0.12 * a.height and not a.text.endswith(" ") and not b.text.startswith(" ") else ""
    return Piece(
        a.left, min(a.bottom, b.bottom), b.right, max(a.top, b.top), (a.text + space + b.text).replace("\r\n", " ")
    )


def in_reading_order(found: list[Piece], page_width: float) -> list[Piece]:
    """Lines of a page -> the same, two columns one after the other where a page has them."""
    gutter = _gutter(found, page_width)
    if gutter is None:
        return found
    result: list[Piece] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for line in found:
        if line.right <= gutter:
            left.append(line)
        elif line.left >= gutter:
            right.append(line)
        else:
            result += [*left, *right, line]
            left, right = [], []
    return [*result, *left, *right]


def _gutter(found: list[Piece], page_width: float) -> float | None:
    """Where the white strip between two columns runs, None when there is one column."""
    best: tuple[int, float] | None = None
    for step in range(30, 71):
        x = page_width * step / 100
        left = [line for line in found if line.right <= x]
        right = [line for line in found if line.left >= x]
        crossing = len(found) - len(left) - len(right)
        side_by_side = sum(any(_overlap(a, b) > 0.5 for b in right) for a in left)
        if min(len(left), len(right), side_by_side) < _MIN_COLUMN or crossing > 0.6 * len(found):
            continue
        if best is None or crossing < best[0]:
            best = (crossing, x)
    return best[1] if best else None


def paragraphs(pages: list[list[Piece]]) -> tuple[list[str], int]:
    """Lines in reading order -> paragraphs, and how many hyphenations were undone."""
    result: list[str] = []
    repairs = 0
    margins = _margins(pages)
    for block in _blocks(pages):
        pairs = zip(block, block[1:], strict=False)
        full = [_is_full(line, following, margins[_column(line)]) for line, following in pairs]
        text, undone = layout.join([line.text.strip() for line in block], [*full, False])
        repairs += undone
        result.append(text)
    return result, repairs


def _column(line: Piece) -> int:
    """Lines that begin at about the same place across the page stand in one column."""
    return round(line.left / 20)


def _margins(pages: list[list[Piece]]) -> dict[int, float]:
    """The right margin of each column: where its widest line ends."""
    margins: dict[int, float] = {}
    for line in (line for page in pages for line in page):
        margins[_column(line)] = max(margins.get(_column(line), 0.0), line.right)
    return margins


def _blocks(pages: list[list[Piece]]) -> list[list[Piece]]:
    """Lines -> blocks parted by white space or a change of type; a sentence runs on over a page's end."""
    step = _line_step(pages)
    blocks: list[list[Piece]] = []
    for page in pages:
        for number, line in enumerate(page):
            before = blocks[-1][-1] if blocks else None
            if before is not None and _goes_on(before, line, step, new_page=number == 0):
                blocks[-1].append(line)
            else:
                blocks.append([line])
    return blocks


def _line_step(pages: list[list[Piece]]) -> float:
    steps = [
        a.bottom - b.bottom for page in pages for a, b in zip(page, page[1:], strict=False) if a.bottom > b.bottom
    ]
    return median(steps) if steps else 12.0


def _goes_on(before: Piece, line: Piece, step: float, *, new_page: bool) -> bool:
    """Whether a line belongs to the same block as the one before it."""
    distance = before.bottom - line.bottom
    if new_page or distance < 0:
        return line.text[:1].islower() and before.text.rstrip()[-1:] not in ".!?:"
    same_type = abs(before.height - line.height) <= 0.25 * max(before.height, line.height)
    return same_type and distance <= max(1.3 * step, 1.35 * line.height)


def _is_full(line: Piece, following: Piece, margin: float) -> bool:
    """Whether the next line's first word would not have fitted into this one."""
    words = following.text.split(" ", 1)
    letter = (following.right - following.left) / max(len(following.text), 1)
    room = margin - line.right
    return room < (len(words[0]) + 1) * letter or line.right >= margin - 2
