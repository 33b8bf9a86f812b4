"""An item of the queue or the import list as a line. Pure."""

from rich.cells import cell_len

from mgtui.language import counted
from mgtui.questions import Row
from mgtui.retelling import retold
from mgtui.tui.paint import Line
from mgtui.tui.telling import columns, words
from projections.reviews import BRAKE


def draw(item: Row, width: int, others: str = "") -> Line:
    """Lay out one item; `others` names who else is at it."""
    reason = 19 if width >= 58 else 12
    who = max(20, min(36, (width - reason - 8) // 2))
    rest = width - 6 - 1 - reason - 1 - who - 1 - 1
    here = f"✎ {others}" if others else ""
    with_others = min(cell_len(here), rest) if here else 0
    return columns(
        (str(item["item"]), 6, "dim"),
        (words(item["reason"]), reason, "warn"),
        (waiting(item) if is_brake(item) else about(item) or "-", who, ""),
        (here, with_others, "accent"),
        (item["subject"] or retold(item["why"]), rest - with_others - bool(with_others), "dim"),
    )


def about(item: Row) -> str:
    """Name whom an item is about."""
    return item["address"] or item["sender"] or ""


def waiting(item: Row) -> str:
    """Say how many decisions wait behind a brake."""
    return counted(item["held"], "{} decision waits", "{} decisions wait")


def is_brake(item: Row) -> bool:
    """Tell whether an item stands for many decisions that wait."""
    return bool(item["reason"] == BRAKE)
