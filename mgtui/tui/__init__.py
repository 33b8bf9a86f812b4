"""The screens: they show what `Application` answers and send it commands. The only room that imports textual."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mgtui.application import Application
    from mgtui.grabber import Service


def run_screens(application: "Application", services: Sequence["Service"] = ()) -> None:
    """Open the screens; `services` are the grabbers that run in this process."""
    # Textual draws at most so many frames a second; with its own 60 a key may wait 16 ms to be seen.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    from mgtui.tui.app import MgtuiApp
    from mgtui.tui.hangup import leave, watch_terminal

    watch_terminal(leave)

    MgtuiApp(application, services).run(mouse=application.settings.config.screens.mouse)


__all__ = ["run_screens"]
