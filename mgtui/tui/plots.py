"""Plots out of block characters: a line of bars for a row, and a chart of columns. Pure.

Where only ASCII is shown, the last gate before the terminal spells the blocks in signs of rising weight.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from mgtui.language import _, figures
from mgtui.moments import day
from mgtui.tui.paint import Line, Piece

EIGHTHS = " ▁▂▃▄▅▆▇█"


def squeezed(series: Sequence[int], width: int) -> list[int]:
    """Bring a series to at most `width` numbers, each the sum of as many neighbours; the last one is whole."""
    if width < 1 or not series:
        return []
    each = -(-len(series) // width)
    first = len(series) % each
    head = [sum(series[:first])] if first else []
    return head + [sum(series[at : at + each]) for at in range(first, len(series), each)]


def sparkline(series: Sequence[int], width: int) -> str:
    """Draw a series in one line; whatever isn't nothing is seen, and a line above it stays apart."""
    numbers = squeezed(series, width)
    top = max(numbers, default=0)
    return "".join(EIGHTHS[_height(number, top, 7)] for number in numbers)


def chart(series: Sequence[int], last: date, width: int, height: int) -> list[Line]:
    """Draw a series of days up to `last` as columns, with the greatest number and the days beside it."""
    axis = max(len(f"{sum(series):,}") + 2, 8)  # a column may hold many days
    numbers = squeezed(series, max(width - axis, 1))
    axis = max(len(f"{max(numbers, default=0):,}") + 2, 8)
    if not numbers or height < 3:
        return []
    rows, top = height - 2, max(numbers)
    wide = max(1, min(6, (width - axis) // len(numbers)))
    heights = [_height(number, top, rows * 8) for number in numbers]
    lines: list[Line] = []
    for row in range(rows - 1, -1, -1):
        label = figures(top) if row == rows - 1 else ""
        cells = "".join(_column(high - row * 8, wide) for high in heights)
        lines.append(((f"{label:>{axis - 2}} ", "dim"), ("│", "dim"), (cells, "accent")))
    span = wide * len(numbers)
    lines.append(((f"{0:>{axis - 2}} ", "dim"), (f"└{'─' * span}", "dim")))
    return [*lines, _days(series, len(numbers), last, span, axis)]


def _days(series: Sequence[int], columns: int, last: date, span: int, axis: int) -> Line:
    """Name the first and the last day, and how many days a column stands for."""
    first = day(last - timedelta(days=len(series) - 1))
    each = -(-len(series) // columns)
    per = _("each column {number} days").format(number=each) if each > 1 else ""
    gap = span - len(first) - len(day(last))
    middle = f"{per:^{gap}}" if gap > len(per) + 2 else " " * max(gap, 1)
    pieces: tuple[Piece, ...] = ((" " * axis, ""), (first, "dim"), (middle, "dim"), (day(last), "dim"))
    return pieces if gap > 0 else ((f"{day(last):>{axis + span}}", "dim"),)


def share(number: int, whole: int, width: int) -> str:
    """Draw a bar as long as a number's share of the whole."""
    if number <= 0 or whole <= 0:
        return ""
    return "━" * max(1, round(width * number / whole))


def _height(number: int, top: int, most: int) -> int:
    return max(1, round(number * most / top)) if number > 0 else 0


def _column(left: int, wide: int) -> str:
    sign = EIGHTHS[max(0, min(8, left))]
    return sign * (wide - 1) + " " if wide > 1 else sign
