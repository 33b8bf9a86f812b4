"""Asking the application without ever holding up the screen."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from textual.dom import DOMNode

from eventstore import StoreError
from mgtui.faults import fault_in_words
from mgtui.settings import SettingsError

Answer = TypeVar("Answer")
EXPECTED = (StoreError, SettingsError, OSError)


def in_background(
    asker: Any,
    group: str,
    work: Callable[[], Answer],
    then: Callable[[Answer], None],
    failed: Callable[[], None] | None = None,
) -> None:
    """Do `work` in a thread, then hand what it gave to `then` on the screen's own thread.

    Of several that were asked in one group of a widget or screen, only the newest is heard. An expected
    error becomes a notice.
    """
    turns: dict[str, int] = asker.__dict__.setdefault("_turns", {})
    turn = turns[group] = turns.get(group, 0) + 1

    async def ask() -> None:
        try:
            answer = await asyncio.to_thread(work)
        except EXPECTED as error:
            asker.app.say(fault_in_words(str(error)), "bad")
            if failed is not None:
                failed()
            return
        if turns[group] == turn and _is_there(asker):
            then(answer)

    asker.run_worker(ask(), group=group)


def _is_there(asker: DOMNode) -> bool:
    return asker.is_attached
