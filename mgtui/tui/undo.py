"""Taking back one's own last act: what it was, what will be undone, and then the undo."""

from collections.abc import Sequence
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Input

from eventstore import EventStore, Recorded, data_of
from mgtui.commands import Outcome, UndoEvent
from mgtui.language import N_, _
from mgtui.moments import moment
from mgtui.retelling import retold
from mgtui.rules import Inverse, Refusal
from mgtui.story import words_for, words_of
from mgtui.tui.background import in_background
from mgtui.tui.dialog import Dialog
from mgtui.tui.frame import OfficeScreen
from mgtui.tui.keys import UNDO
from mgtui.tui.paint import Line, field, plain
from mgtui.tui.pane import Pane
from mgtui.tui.telling import SIGNS
from mgtui.undoing import foresee

#: what acts at the screens append, and what taking them back appends
ACTS = (
    "MailAssigned", "ReviewDismissed", "SuppressionLifted", "AssignmentUndone", "ReviewReopened",
    "AddressSuppressed",
)  # fmt: skip


def last_act(store: EventStore, actor: str) -> Recorded | None:
    """Find in the log the newest act of an operator that can be undone; None where there is none."""
    newest = (event for event in store.read(types=ACTS, backwards=True) if event.actor == actor)
    found = next(newest, None)
    # The first event of an undo is caused by what it undoes; any other leads on to the act it followed from.
    while found is not None and found.cause is not None and found.data.get("undoes") != found.cause:
        before = next(store.read(after=found.cause - 1, before=found.cause + 1), None)
        if before is None or before.actor != actor:
            break
        found = before
    return found


def offer(screen: OfficeScreen) -> None:
    """Show what would be taken back, and take it back when that is confirmed."""
    office = screen.office

    def find() -> tuple[Recorded | None, tuple[Inverse, ...] | Refusal]:
        act = last_act(office.store, office.operator)
        return act, foresee(act.position, office.store) if act else ()

    async def show(found: tuple[Recorded | None, tuple[Inverse, ...] | Refusal]) -> None:
        act, follows = found
        if act is None:
            screen.say(_("nothing of yours to take back"), "warn")
            return

        def take_back(why: str | None) -> None:
            if why is not None:
                command = UndoEvent(act.position, why)
                in_background(screen, "undo", lambda: office.execute(command), told)

        await screen.app.push_screen(UndoDialog(act, follows), take_back)

    def told(outcome: Outcome) -> None:
        done = _("{text} ({key} does it again)").format(
            text=outcome.text.partition("; `")[0], key=screen.screens.keymap.sign(UNDO.id, UNDO.keys)
        )
        screen.screens.say(done if outcome.done else outcome.text, "good" if outcome.done else "bad")

    in_background(screen, "undo", find, lambda found: screen.call_next(show, found))


class UndoDialog(Dialog[str]):
    """Gives a reason, which may be empty, or None."""

    HINTS: ClassVar[Sequence[tuple[str, str]]] = ((N_("enter"), N_("take back")), (N_("esc"), N_("leave it")))
    DEFAULT_CSS = """
    UndoDialog Pane { height: 9; margin: 1 0; }
    """

    def __init__(self, act: Recorded, follows: tuple[Inverse, ...] | Refusal) -> None:
        super().__init__()
        self._act, self._follows = act, follows

    def body(self) -> Sequence[Widget]:
        """Give what would happen, and a box for the reason."""
        self._pane = Pane(can_focus=False)
        self._box = Input(placeholder=plain(_("why? may be left empty")), compact=True)
        self._box.cursor_blink = False
        return self._pane, self._box

    def on_mount(self) -> None:
        """Tell the act."""
        act = self._act
        self._title.say(
            ((_("Take back your last act"), "strong"),), f"#{act.position}, {moment(act.recorded_at)}"
        )
        self._pane.show(self._lines)
        self.set_focus(self._box)

    def _lines(self, width: int) -> list[Line]:
        lines = field(_("act"), f"{self._act.type}: {words_of(self._act)}", width, "strong")
        if isinstance(self._follows, Refusal):
            return [*lines, *field(f"✗ {_('stays')}", retold(self._follows.why), width, "bad")]
        for inverse in self._follows:
            name = type(inverse.event).__name__
            sign, ink = SIGNS.get(name, ("·", ""))
            data = {**data_of(inverse.event), "why": _("taken back")}
            lines += field(sign, f"{name}: {words_for(name, data)}", width, ink)
        return lines

    def on_input_submitted(self) -> None:
        """Take it back; where something depends on it, the answer says so."""
        self.dismiss(self._box.value.strip())
