"""Proving the log while one looks on."""

from collections.abc import Sequence
from typing import ClassVar

from textual.widget import Widget

from eventstore import Report, verify
from mgtui.application import Application
from mgtui.faults import fault_in_words
from mgtui.language import N_, _, figures
from mgtui.tui.background import in_background
from mgtui.tui.dialog import Dialog
from mgtui.tui.paint import Ink, Line, field
from mgtui.tui.pane import Pane

LOOK = 0.25  #: seconds between two looks at how far the walk has come


class Left(Exception):
    """The dialog was left while the walk went on."""


class VerifyDialog(Dialog[None]):
    """Walks the log from end to end, and tells what it found."""

    HINTS: ClassVar[Sequence[tuple[str, str]]] = ((N_("esc"), N_("leave")),)
    DEFAULT_CSS = """
    VerifyDialog Pane { height: 8; margin: 1 0; }
    """

    def __init__(self, office: Application) -> None:
        super().__init__()
        self._office, self._position, self._gone = office, 0, False

    def body(self) -> Sequence[Widget]:
        """Give the place for what is found."""
        self._pane = Pane(can_focus=False)
        return (self._pane,)

    def on_mount(self) -> None:
        """Begin."""
        self._title.say(((_("Is every event as it was recorded?"), "strong"),))
        self._head = self._office.store.head()
        self._look = self.set_interval(LOOK, self._tell)
        self._tell()
        in_background(self, "verify", self._verify, self._found, self._look.stop)

    def on_unmount(self) -> None:
        """Give the walk up."""
        self._gone = True

    def _heard(self, position: int) -> None:
        self._position = position
        if self._gone:
            raise Left

    def _verify(self) -> Report | None:
        try:
            return verify(self._office.settings.log_file, told=self._heard)
        except Left:
            return None

    def _tell(self) -> None:
        done = self._position / max(self._head, 1)
        bar = "█" * round(30 * done)
        text = f"{figures(self._position)} / {figures(self._head)}"
        self._pane.show(lambda _width: [((f"  {bar:·<30} ", "accent"), (f"{done:4.0%}  {text}", ""))])

    def _found(self, report: Report | None) -> None:
        self._look.stop()
        if report is None:
            return

        def lines(width: int) -> list[Line]:
            ink: Ink = "good" if report.whole else "bad"
            if report.whole:
                told = _("{events} events in {commits} commits are as they were recorded").format(
                    events=figures(report.events), commits=figures(report.commits)
                )
                found = field("✓", told, width, ink)
                if report.erased:
                    found += field("", _("{number} of them erased").format(number=report.erased), width)
                kept = _("keep this outside: it proves the log up to here")
                return [
                    *found,
                    *field(_("anchor"), str(report.anchor), width),
                    *field("", kept, width, "dim"),
                ]
            found = []
            for finding in report.findings:
                place = f"#{finding.position} " if finding.position is not None else ""
                told = fault_in_words(f"{finding.kind}: {finding.text}")
                found += field("✗", f"{place}{told}", width, ink)
            return found

        self._pane.show(lines)
