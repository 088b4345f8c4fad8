"""Lines of a printed page -> stretches in reading order: columns one after the other, table rows in one piece."""

from __future__ import annotations

from statistics import median

from pipeline.ingest.sources import printed
from pipeline.ingest.sources.printed import Piece

# a white strip of this many line heights ends both columns
_STRIP = 1.6
# a column is at least this share of the page wide
_MIN_WIDTH = 0.2
# a column needs this many lines, else it is a margin note or a table
_MIN_COLUMN = 5


def flows(found: list[Piece], page_width: float) -> list[list[Piece]]:
    """Lines of a page, from top to bottom -> stretches to be read one after the other, columns each for itself."""
    gutter = _gutter(found, page_width)
    if gutter is None:
        return [_rejoined(found)] if found else []
    result: list[list[Piece]] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for number, line in enumerate(found):
        if line.right > gutter > line.left or _after_white(found, number):
            result += [left, right]
            left, right = [], []
        if line.right > gutter > line.left:
            result.append([line])
        else:
            (left if line.right <= gutter else right).append(line)
    return [flow for flow in [*result, left, right] if flow]


def _after_white(found: list[Piece], number: int) -> bool:
    """Whether a white strip runs across the whole page above a line: what follows it stands below both columns."""
    line = found[number]
    lowest = min((above.bottom for above in found[:number]), default=line.top)
    return lowest - line.top > _STRIP * line.height


def _rejoined(found: list[Piece]) -> list[Piece]:
    """Pieces of one row on a page without columns: the cells of a table, one line again."""
    result: list[Piece] = []
    for piece in found:
        before = result[-1] if result else None
        if before is not None and printed.overlap(before, piece) > 0.5 and piece.left > before.right:
            text = before.text + printed.CELL + piece.text
            low, high = min(before.bottom, piece.bottom), max(before.top, piece.top)
            result[-1] = Piece(before.left, low, piece.right, high, text)
        else:
            result.append(piece)
    return result


def _gutter(found: list[Piece], page_width: float) -> float | None:
    """Where the white strip between two columns runs, None when there is one column."""
    best: tuple[int, float] | None = None
    for step in range(30, 71):
        x = page_width * step / 100
        left = [line for line in found if line.right <= x]
        right = [line for line in found if line.left >= x]
        crossing = len(found) - len(left) - len(right)
        if min(len(left), len(right)) < _MIN_COLUMN or crossing > 0.6 * len(found):
            continue
        if sum(any(printed.overlap(a, b) > 0.5 for b in right) for a in left) < _MIN_COLUMN:
            continue
        # narrower than this: cells of a table
        if min(_width(left), _width(right)) > _MIN_WIDTH * page_width and (best is None or crossing < best[0]):
            best = (crossing, x)
    return best[1] if best else None


def _width(lines_: list[Piece]) -> float:
    return median(line.right - line.left for line in lines_)
