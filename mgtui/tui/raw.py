"""A mail as it came, line by line with its numbers, the lines that a verdict rests on marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from eventstore import BlobMissing
from mgtui.faults import fault_in_words
from mgtui.language import N_, _, counted
from mgtui.tui.background import in_background
from mgtui.tui.details import evidence_lines
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import Key, bindings
from mgtui.tui.listing import Listing
from mgtui.tui.paint import Ink, Line, plain

MOST_LINES = 200_000


@dataclass(frozen=True, slots=True)
class RawMail:
    """The lines of a mail, numbered from 1, and which of them a verdict rests on."""

    lines: tuple[str, ...]
    evidence: tuple[int, ...]
    size: int


def lines_of(raw: bytes, headers_only: bool) -> tuple[str, ...]:
    """Cut a mail into lines, as UTF-8 where it is that and byte by byte where it isn't."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", MOST_LINES)[:MOST_LINES]
    if headers_only and "" in lines:
        lines = lines[: lines.index("")]
    return tuple(lines)


class RawScreen(OfficeScreen):
    """Scrolls through a mail of any size."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key("raw.back", "escape,backspace,enter,q", "back", N_("back"), N_("back to where you were")),
        Key(
            "raw.next",
            "n",
            "find(1)",
            N_("next"),
            N_("the next line the verdict rests on, or with the words looked for"),
        ),
        Key("raw.previous", "N", "find(-1)", "", N_("the one before")),
        Key("raw.search", "slash", "search", N_("search"), N_("look for words")),
        Key("raw.headers", "o", "part(True)", N_("headers"), N_("only the header")),
        Key("raw.whole", "e", "part(False)", N_("whole"), N_("the whole mail")),
        Key("raw.right", "l,right", "shift(20)", "", N_("see what is further right")),
        Key("raw.left", "h,left", "shift(-20)", "", N_("back to the left")),
        Key("raw.copy", "y", "copy", "", N_("copy the line to your own clipboard (OSC 52)")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    def __init__(self, mail_id: str, headers_only: bool) -> None:
        super().__init__()
        self._mail_id, self._headers_only = mail_id, headers_only
        self._mail = RawMail((), (), 0)
        self._words = ""
        self._skipped = 0

    def body(self) -> Sequence[Widget]:
        """Give the title and the lines."""
        self._title = Title()
        self._list = Listing(self._draw, lambda number: number, _("an empty mail"))
        return self._title, self._list

    def on_mount(self) -> None:
        """Read the mail."""
        self.set_focus(self._list)
        self._read()

    def _read(self) -> None:
        in_background(self, "mail", self._fetch, self._show)

    def _fetch(self) -> RawMail:
        try:
            raw = self.office.ask.raw(self._mail_id)
        except (KeyError, BlobMissing) as error:
            return RawMail(
                (_("the mail isn't there: {error}").format(error=fault_in_words(str(error))),), (), 0
            )
        evidence = evidence_lines(self.office.classified(self._mail_id))
        return RawMail(lines_of(raw, self._headers_only), evidence, len(raw))

    def _show(self, mail: RawMail) -> None:
        self._mail = mail
        first = next((line for line in mail.evidence if line <= len(mail.lines)), 1)
        cursor = first - 1
        self._list.show(range(1, len(mail.lines) + 1), cursor, max(0, cursor - self._list.size.height // 3))
        what = _("Header") if self._headers_only else _("Mail")
        evidence = counted(len(mail.evidence), "{} line of evidence", "{} lines of evidence")
        marked = f"  ◆ {evidence}" if mail.evidence else ""
        left: Line = ((what, "strong"), (f"  {self._mail_id}", "accent"), (marked, "warn"))
        lines = counted(len(mail.lines), "{} line", "{} lines")
        self._title.say(left, f"{lines}, {counted(mail.size, '{} byte', '{} bytes')}")

    def _draw(self, number: int, _width: int) -> Line:
        text = self._mail.lines[number - 1][self._skipped : self._skipped + 2000]
        ink: Ink = ""
        sign = " "
        if number in self._mail.evidence:
            sign, ink = "◆", "warn"
        elif self._words and self._words in text.casefold():
            sign, ink = "▸", "accent"
        return ((f"{number:>6} ", "dim"), (f"{sign} ", ink), (plain(text, 2000), ink))

    def _found(self, number: int) -> bool:
        if self._words:
            return self._words in self._mail.lines[number - 1].casefold()
        return number in self._mail.evidence

    def action_find(self, by: int) -> None:
        """Go to the next line of evidence, or with the words looked for."""
        here = self._list.cursor + 1
        total = len(self._mail.lines)
        for step in range(1, total + 1):
            number = (here - 1 + by * step) % total + 1
            if self._found(number):
                self._list.move_to(number - 1)
                return
        self.say(_("nothing more is found"), "warn")

    async def action_search(self) -> None:
        """Ask for words."""
        await self.ask_filter(self._words, self._look_for, self._list)

    def _look_for(self, text: str) -> None:
        self._words = text.casefold()
        self._list.refresh()
        if self._words and not self._found(self._list.cursor + 1):
            self.action_find(1)

    def action_shift(self, by: int) -> None:
        """Move sideways."""
        self._skipped = max(0, self._skipped + by)
        self._list.refresh()

    def action_part(self, headers_only: bool) -> None:
        """Show the header or the whole."""
        self._headers_only = headers_only
        self._read()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()

    def on_listing_chosen(self) -> None:
        """Go back."""
        self.dismiss()

    def action_copy(self) -> None:
        """Copy the line."""
        if self._list.current is not None:
            self.screens.copy(self._mail.lines[self._list.current - 1])
