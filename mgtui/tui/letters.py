"""The letters of a contact with their attachments, which are saved by an explicit key only."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input

from mgtui.commands import Outcome, SaveAttachments
from mgtui.language import N_, _, counted, figures
from mgtui.moments import day, moment
from mgtui.questions import Row
from mgtui.report import Attachment
from mgtui.retelling import word
from mgtui.saving import attachments_in
from mgtui.tui.ahead import Ahead
from mgtui.tui.background import in_background
from mgtui.tui.dialog import Dialog
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import Key, bindings
from mgtui.tui.paint import Line, field
from mgtui.tui.pane import Pane
from mgtui.tui.telling import columns
from mgtui.tui.window import WindowList


@dataclass(frozen=True, slots=True)
class Letter:
    """A filed mail with its attachments."""

    row: Row
    files: tuple[Attachment, ...]

    def lines(self, width: int) -> list[Line]:
        """Lay it out."""
        row = self.row
        lines = field(_("subject"), row["subject"] or _("(no subject)"), width, "strong")
        lines += field(_("from"), row["sender"] or _("nobody (null sender)"), width)
        told = f"{word(row['direction'])}, {moment(row['sent_at'] or row['filed_at'])}"
        lines += field(_("filed"), told, width, "dim")
        for file in self.files:
            text = f"{file.name}  ({file.content_type}, {counted(file.size, '{} byte', '{} bytes')})"
            lines += field(str(file.index), text, width, "accent")
        return lines or field("", _("no attachments"), width, "dim")


def draw(row: Row, width: int) -> Line:
    """Lay out one letter."""
    sign = "←" if row["direction"] == "incoming" else "→"
    clip = f"+{row['attachments']}" if row["attachments"] else ""
    return columns(
        (day(row["sent_at"] or row["filed_at"]), 10, "dim"),
        (sign, 1, "accent"),
        (row["subject"] or _("(no subject)"), width - 19, ""),
        (clip, 4, "warn"),
    )


def place(row: Row) -> tuple[str, int]:
    """Give where a letter stands: the newest are the first."""
    return row["filed_at"] if row["sent_at"] is None else row["sent_at"], row["event"]


class LettersScreen(OfficeScreen):
    """The letters of a contact, the newest first."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key("letters.back", "escape,backspace,q", "back", N_("back"), N_("back to the contacts")),
        Key("letters.raw", "e,enter", "raw(False)", N_("raw"), N_("the mail as it came")),
        Key("letters.headers", "o", "raw(True)", N_("headers"), N_("the mail's header")),
        Key("letters.save", "w", "save", N_("save"), N_("write its attachments into a folder")),
        Key("letters.more", "J", "scroll_details(3)", "", N_("details down")),
        Key("letters.less", "K", "scroll_details(-3)", "", N_("details up")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    def __init__(self, contact: Row) -> None:
        super().__init__()
        self._contact = contact
        self._files: tuple[Attachment, ...] = ()

    def body(self) -> Sequence[Widget]:
        """Give the list and the letter at hand."""
        self._title, self._about = Title(), Title()
        self._list = WindowList(self._fetch, draw, place, _("no letter is filed at this contact"))
        self._pane = Pane(can_focus=False)
        self._ahead = Ahead(self, self._list, self._letter, self._show)
        letters = Container(self._title, self._list, classes="first")
        return (Container(letters, Container(self._about, self._pane, classes="second"), classes="split"),)

    def on_mount(self) -> None:
        """Ask for the letters."""
        self.set_focus(self._list)
        self._list.load()
        in_background(
            self, "count", lambda: self.office.ask.count_letters(self._contact["contact_id"]), self._counted
        )

    def _fetch(self, anchor: tuple[str, int] | None, backwards: bool, limit: int) -> list[Row]:
        return self.office.ask.letters(self._contact["contact_id"], anchor, backwards, limit)

    def _counted(self, number: int) -> None:
        left: Line = ((_("Letters"), "strong"), (f"  {self._contact['name']}", "accent"))
        self._title.say(left, figures(number))

    def _letter(self, row: Row) -> Letter:
        return Letter(row, attachments_in(self.office.ask, row["mail_id"]))

    def on_listing_moved(self) -> None:
        """Tell the letter under the cursor."""
        self._ahead.look()

    def _show(self, letter: Letter) -> None:
        self._files = letter.files
        self._about.say(
            ((letter.row["mail_id"], "accent"),),
            counted(len(letter.files), "{} attachment", "{} attachments"),
        )
        self._pane.show(letter.lines)

    def action_scroll_details(self, by: int) -> None:
        """Move the details."""
        self._pane.action_scroll_by(by)

    async def on_listing_chosen(self) -> None:
        """Show the mail as it came."""
        await self.action_raw(False)

    async def action_raw(self, headers_only: bool) -> None:
        """Show the mail as it came."""
        if self._list.current is not None:
            await self.screens.show_raw(self._list.current["mail_id"], headers_only)

    async def action_save(self) -> None:
        """Ask where to, then write the attachments."""
        row = self._list.current
        if row is None or not self._files:
            self.say(_("the mail has no attachments"), "warn")
            return

        def save(folder: str | None) -> None:
            if folder:
                command = SaveAttachments(row["mail_id"], Path(folder).expanduser())
                in_background(self, "save", lambda: self.office.execute(command), self._saved)

        folder = str(self.screens.memory.of("letters").get("folder", "~/attachments"))
        await self.app.push_screen(FolderDialog(self._files, folder), save)

    def _saved(self, outcome: Outcome) -> None:
        self.say(outcome.text, "good" if outcome.done else "bad")

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()


class FolderDialog(Dialog[str]):
    """Gives a folder or None."""

    HINTS: ClassVar[Sequence[Key | tuple[str, str]]] = ((N_("enter"), N_("save")), (N_("esc"), N_("leave")))
    DEFAULT_CSS = """
    FolderDialog Pane { height: 6; margin: 1 0; }
    """

    def __init__(self, files: Sequence[Attachment], folder: str) -> None:
        super().__init__()
        self._files, self._folder = files, folder

    def body(self) -> Sequence[Widget]:
        """Give the names, and a box for the folder."""
        self._pane = Pane(can_focus=False)
        self._box = Input(self._folder, compact=True, select_on_focus=False)
        self._box.cursor_blink = False
        return self._pane, self._box

    def on_mount(self) -> None:
        """Show what will be written."""
        told = _("nothing is overwritten; only you can read them")
        self._title.say(((_("Save attachments into a folder"), "strong"),), told)
        names = [file.name for file in self._files]
        self._pane.show(lambda width: [line for name in names for line in field("+", name, width, indent=5)])
        self.set_focus(self._box)

    def on_input_submitted(self) -> None:
        """Save."""
        folder = self._box.value.strip()
        if folder:
            self.screens.memory.keep("letters", folder=folder)
            self.dismiss(folder)
