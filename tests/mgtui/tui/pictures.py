"""Draws the pictures of the README: `python -m tests.mgtui.tui.pictures` writes them into `pictures/`.

The office is the demo's, so the pictures show what `make demo` shows.
"""

import asyncio
import tempfile
from pathlib import Path

from mgtui.bootstrap import build_grabber
from mgtui.demo import deliver, open_demo
from mgtui.tui.app import MgtuiApp
from tests.mgtui.tui.steps import until

FOLDER = Path(__file__).parent / "pictures"
SIZE = (110, 32)

#: file -> keys that lead there, and what is on it when it is whole
PICTURES = {
    "live.svg": (("1",), "MailMoved"),
    "queue.svg": (("2", "j", "j"), "line "),
    "contact.svg": (("4", "slash", *"meinhardt", "enter"), "suppressed"),
}


async def draw(folder: Path) -> None:
    """Make the demo's office in a folder, and draw its screens."""
    demo = open_demo(folder)
    service = build_grabber(demo.application, "demo", lambda *_: None)
    service.once()
    for number, mail in enumerate(demo.waiting, start=1000):
        deliver(demo.maildir, mail, number)
        service.once()
    for name, (keys, whole) in PICTURES.items():
        app = MgtuiApp(demo.application, [service], "live")
        async with app.run_test(size=SIZE) as pilot:
            await until(app, "MailMoved")
            await pilot.press(*keys)
            await until(app, whole)
            await pilot.pause()
            picture = app.export_screenshot(title="mgtui", simplify=True)
        # Without this some viewers leave out the blanks at the beginning of a text.
        (FOLDER / name).write_text(picture.replace("<svg ", '<svg xml:space="preserve" ', 1), "utf-8")
    demo.application.close()


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(draw(Path(folder)))


if __name__ == "__main__":
    main()
