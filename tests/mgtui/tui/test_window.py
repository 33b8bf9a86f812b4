"""A list that is a window on a query."""

from mgtui.tui.window import WindowList


def test_keys_that_come_before_the_rows_do_nothing() -> None:
    asked: list[object] = []
    window = WindowList(lambda *where: asked.append(where) or [], lambda _row, _width: (), lambda row: row)
    for act in (window.action_first, lambda: window.action_move(1), lambda: window.action_page(1)):
        act()
    window.toggle_mark()
    assert (window.cursor, asked) == (0, [])
