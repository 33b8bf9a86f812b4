"""Queue and Imports: what waits for a person, cleared by keyboard."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from eventstore import Recorded
from mgtui.commands import AssignMail, Command, DismissReview, Outcome, ReleaseHeld, SuppressAddress
from mgtui.language import N_, _, figures
from mgtui.questions import Row
from mgtui.retelling import actor_in_words
from mgtui.tui.ahead import Ahead
from mgtui.tui.background import in_background
from mgtui.tui.company import Company
from mgtui.tui.details import Details
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import Key, bindings
from mgtui.tui.paint import Ink, Line
from mgtui.tui.pane import Pane
from mgtui.tui.review_keys import KEYS, RELEASE
from mgtui.tui.review_line import about, draw, is_brake
from mgtui.tui.telling import words
from mgtui.tui.window import WindowList
from projections.reviews import BRAKE

#: what closes an item -> how it is told
CLOSING = {
    "MailAssigned": N_("assigned"),
    "ReviewDismissed": N_("dismissed"),
    "BrakeReleased": N_("let through"),
    "BrakeDropped": N_("dropped"),
}
OPENING = {"ReviewRequested", "AssignmentUndone", "ReviewReopened", "BrakeApplied"}
CHANGING = {*CLOSING, *OPENING, "DecisionHeld", "DecisionResumed"}
SOON = 0.2  #: seconds within which several changes become one look


class ReviewsScreen(OfficeScreen):
    """A list of open items, the details of one, and the acts on it or on all that are marked."""

    QUEUE: ClassVar[str]
    NAME: ClassVar[str]
    EMPTY: ClassVar[str]
    KEYS: ClassVar[Sequence[Key]] = KEYS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._stale = False
        self._acted: set[int] = set()  #: items whose act is under way: off the list already
        self._shown: Row | None = None  #: whose details stand beside the list
        self._company = Company(self, self._here_now, self._saw_others)

    def body(self) -> Sequence[Widget]:
        """Give the list and the details."""
        self._title, self._about_title = Title(), Title()
        self._list = WindowList(self._fetch, self._draw, lambda item: item["item"], _(self.EMPTY))
        self._pane = Pane(can_focus=False)
        self._ahead = Ahead(self, self._list, self._details, self._show)
        items = Container(self._title, self._list, classes="first")
        return (
            Container(items, Container(self._about_title, self._pane, classes="second"), classes="split"),
        )

    def on_mount(self) -> None:
        """Load the list."""
        self.set_focus(self._list)
        remembered = self.screens.memory.of(self.QUEUE)
        self._text = str(remembered.get("filter", ""))
        item = remembered.get("item")
        if isinstance(item, int):
            self._list.load_at(item - 1)
        else:
            self._list.load()
        self._retitle()
        self._company.start()

    def on_screen_resume(self) -> None:
        """See what changed while another screen was shown."""
        if self._list.rows or self._list.at_end:
            self._list.reload()

    def _draw(self, item: Row, width: int) -> Line:
        return draw(item, width, self._company.names(item["item"]))

    def _fetch(self, anchor: Any, backwards: bool, limit: int) -> list[Row]:
        rows = self.office.ask.open_page(self.QUEUE, self._text, anchor, backwards, limit)
        return [row for row in rows if row["item"] not in self._acted] if self._acted else rows

    # news

    def news(self, events: Sequence[Recorded]) -> None:
        """Look again soon, and say who was faster on the item under the cursor."""
        touching = [event for event in events if event.type in CHANGING]
        if not touching:
            return
        self._tell_who_was_faster(touching)
        if not self._stale:
            self._stale = True
            self.set_timer(SOON, self._look_again)

    def _tell_who_was_faster(self, events: Sequence[Recorded]) -> None:
        item = self._list.current
        if item is None:
            return
        for event in events:
            did = CLOSING.get(event.type)
            about = (event.data.get("mail_id", event.data.get("brake_id")), event.data.get("address", ""))
            same = about == (item["mail_id"], item["address"])
            if did and same and event.actor != self.office.operator:
                told = _("item {item} was {did} by {actor} meanwhile")
                actor = actor_in_words(event.actor)
                self.say(told.format(item=item["item"], did=_(did), actor=actor), "warn")

    def _look_again(self) -> None:
        self._stale = False
        self._ahead.forget()
        self._list.reload()

    def counts_changed(self) -> None:
        """Show the counts anew."""
        super().counts_changed()
        self._retitle()

    def _retitle(self) -> None:
        left: list[tuple[str, Ink]] = [(_(self.NAME), "strong")]
        if self._text:
            left.append((f"  {_('filter: {text}').format(text=self._text)}", "accent"))
        if self._list.marked:
            left.append(
                (f"  ● {_('{number} marked').format(number=figures(len(self._list.marked)))}", "warn")
            )
        open_ = self.screens.counts.get(self.QUEUE, 0)
        self._title.say(tuple(left), _("{number} open").format(number=figures(open_)))

    def _here_now(self) -> int | None:
        return self._list.current["item"] if self._list.current is not None else None

    def _saw_others(self) -> None:
        """Show who else is at which item."""
        self._list.refresh()
        self._title_of_details()

    # details

    def on_listing_moved(self) -> None:
        """Show the details of the item under the cursor."""
        item = self._list.current
        self._retitle()
        self.screens.memory.keep(self.QUEUE, item=item and item["item"], filter=self._text)
        self._company.moved()
        if item is None:
            self._shown = None
            self._about_title.say(())
            self._pane.show(lambda _width: ())
            return
        self._ahead.look()

    def _details(self, item: Row) -> Details:
        found = (self.office.ask.contact(contact_id) for contact_id in item["candidates"][:9])
        candidates = tuple(contact for contact in found if contact is not None)
        sign = self.screens.keymap.sign
        release, drop = sign("item.release", "l"), sign("item.dismiss", "d")
        return Details(item, self.office.classified(item["mail_id"]), candidates, release, drop)

    def _show(self, details: Details) -> None:
        self._shown = details.item
        self._title_of_details()
        self._pane.show(details.lines)

    def _title_of_details(self) -> None:
        item = self._shown
        if item is not None:
            left: Line = ((f"#{item['item']}", "strong"), (f"  {words(item['reason'])}", "warn"))
            others = self._company.at_length(item["item"])
            self._about_title.say(left + (((f"  ✎ {others}", "accent"),) if others else ()))

    def action_scroll_details(self, by: int) -> None:
        """Move the details."""
        self._pane.action_scroll_by(by)

    # acts

    def _chosen(self) -> list[int]:
        """Give the items that an act is for: those marked, else the one under the cursor."""
        if self._list.marked:
            return sorted(int(str(item)) for item in self._list.marked)
        return [self._list.current["item"]] if self._list.current is not None else []

    async def action_assign(self, remember: bool) -> None:
        """Ask for the contact, then assign."""
        items, item = self._chosen(), self._list.current
        if not items or item is None:
            self.say(_("nothing waits"), "warn")
            return
        from mgtui.tui.assign import AssignDialog

        item = self._first_of(items, item)
        if is_brake(item):
            await self._explain(item)
            return

        def assign(choice: tuple[str, bool] | None) -> None:
            if choice is not None:
                contact_id, keep = choice
                self._act({one: AssignMail(one, contact_id, keep) for one in items})

        await self.app.push_screen(AssignDialog(self.office, item, remember, len(items)), assign)

    def _first_of(self, items: Sequence[int], here: Row) -> Row:
        """Give the item that a dialog shows: that under the cursor, or the first of those marked."""
        held = {row["item"]: row for row in self._list.rows}
        return here if here["item"] in items else next((held[one] for one in items if one in held), here)

    async def action_dismiss_item(self) -> None:
        """Ask for a reason, then dismiss."""
        items, here = self._chosen(), self._list.current
        if not items or here is None:
            self.say(_("nothing waits"), "warn")
            return
        from mgtui.tui.dismiss import DismissDialog

        held = here["held"] if items == [here["item"]] and is_brake(here) else 0

        def dismiss(reason: str | None) -> None:
            if reason is not None:
                self._act({one: DismissReview(one, reason) for one in items})

        await self.app.push_screen(DismissDialog(BRAKE if held else self.QUEUE, items, held), dismiss)

    async def action_suppress(self) -> None:
        """Ask how long, then send nothing more to the addresses."""
        items, here = self._chosen(), self._list.current
        if not items or here is None:
            self.say(_("nothing waits"), "warn")
            return
        held = {row["item"]: row for row in self._list.rows}
        rows = [held[one] for one in items if one in held and about(held[one])]
        if not rows or any(map(is_brake, rows)):
            self.say(_("no single address stands behind this item"), "warn")
            return
        from mgtui.tui.suppress import SuppressDialog

        def suppress(choice: SuppressAddress | None) -> None:
            if choice is not None:
                self._act(
                    {row["item"]: replace(choice, address=about(row), item=row["item"]) for row in rows}
                )

        addresses, numbers = [about(row) for row in rows], [row["item"] for row in rows]
        await self.app.push_screen(SuppressDialog(self.office, addresses, numbers), suppress)

    async def action_release(self) -> None:
        """Explain the brake under the cursor, and ask whether what waits goes on."""
        item = self._list.current
        if item is None or not is_brake(item):
            told = _("no decisions wait behind this item; `{key}` is for a brake")
            self.say(told.format(key=self.screens.keymap.sign("item.release", "l")), "warn")
            return
        await self._explain(item)

    async def _explain(self, item: Row) -> None:
        from mgtui.tui.brake import BrakeDialog

        async def then(choice: str | None) -> None:
            if choice == "release":
                self._act({item["item"]: ReleaseHeld(item["item"])})
            elif choice == "drop":
                self._list.clear_marks()
                await self.action_dismiss_item()

        await self.app.push_screen(BrakeDialog(self.office, item), then)

    def _act(self, commands: Mapping[int, Command]) -> None:
        """Carry commands out one after the other; the next item is ready at once, and is told what came of it."""
        self._acted |= commands.keys()
        self._list.drop(commands.keys())
        self._list.clear_marks()

        def work() -> list[Outcome]:
            return [self.office.execute(command) for command in commands.values()]

        def done(outcomes: list[Outcome]) -> None:
            ended()
            self._tell(outcomes)

        def ended() -> None:
            self._acted -= commands.keys()
            self._list.reload()

        in_background(self, f"act on {min(commands)}", work, done, ended)

    def _tell(self, outcomes: Sequence[Outcome]) -> None:
        refused = [outcome for outcome in outcomes if not outcome.done]
        if len(outcomes) == 1:
            self.say(outcomes[0].text, "bad" if refused else "good")
        elif refused:
            told = _("{done} done, {refused} refused: {text}")
            done, text = len(outcomes) - len(refused), refused[0].text
            self.say(told.format(done=done, refused=len(refused), text=text), "bad")
        else:
            told = _("{done} done; the last: {text}")
            self.say(told.format(done=len(outcomes), text=outcomes[-1].text), "good")

    # looking closer

    async def on_listing_chosen(self) -> None:
        """Open the decision card; a brake is explained."""
        here = self._list.current
        if here is not None and is_brake(here):
            await self._explain(here)
        elif here is not None:
            await self.screens.show_card(here["mail_id"], "mail")

    async def action_card(self) -> None:
        """Open the decision card."""
        await self.on_listing_chosen()

    async def action_raw(self) -> None:
        """Show the mail as it came."""
        await self._look("raw")

    async def action_headers(self) -> None:
        """Show the mail's header."""
        await self._look("headers")

    async def _look(self, part: str) -> None:
        here = self._list.current
        if here is not None and is_brake(here):
            self.say(
                _("a brake stands for many mails; `mgtui events --type DecisionHeld` lists them"), "warn"
            )
        elif here is not None:
            await self.screens.show_raw(here["mail_id"], headers_only=part == "headers")

    def action_copy(self) -> None:
        """Copy the address."""
        if self._list.current is not None:
            self.screens.copy(about(self._list.current))

    # marks and filter

    def action_step(self, by: int) -> None:
        """Go to the next item, or the one before."""
        self._list.action_move(by)

    def action_mark(self) -> None:
        """Mark the item or take its mark away."""
        self._list.toggle_mark()
        self._retitle()

    async def action_filter(self) -> None:
        """Ask for a text."""
        await self.ask_filter(self._text, self._narrow, self._list)

    def _narrow(self, text: str) -> None:
        self._text = text
        self._list.load()
        self._retitle()

    def action_clear(self) -> None:
        """Take the marks away; where there are none, the filter."""
        if self._list.marked:
            self._list.clear_marks()
        elif self._text:
            self._narrow("")
        self._retitle()


class QueueScreen(ReviewsScreen):
    """Bounces that need a person."""

    QUEUE, NAME = "bounces", N_("Queue")
    EMPTY = N_("Nothing waits: every bounce is decided.")
    KEYS: ClassVar[Sequence[Key]] = (*KEYS[:3], RELEASE, *KEYS[3:])
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((RELEASE,))]


class ImportsScreen(ReviewsScreen):
    """Letters that match no contact, or several."""

    QUEUE, NAME = "imports", N_("Imports")
    EMPTY = N_("Nothing waits: every letter is filed.")
