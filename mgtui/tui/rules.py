"""Rules: those in force in the order they are read, how often each decided, and what others would decide."""

from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.strip import Strip
from textual.widget import Widget

from eventstore import Recorded
from mgtui.faults import fault_in_words
from mgtui.language import N_, _, figures
from mgtui.retelling import retold
from mgtui.rules import LoadedRules
from mgtui.rulings import Ruling
from mgtui.settings import SettingsError
from mgtui.tui.ahead import Ahead
from mgtui.tui.background import in_background
from mgtui.tui.eventlist import EventsScreen
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import Key, bindings
from mgtui.tui.listing import Listing
from mgtui.tui.paint import Ink, Line
from mgtui.tui.pane import Pane
from mgtui.tui.rule_card import draw, head, rule_lines

LATEST = 20  #: decisions shown beside a rule
SOON = 1.0  #: seconds within which news become one look


class Head(Title):
    """The names of the columns."""

    def render_line(self, y: int) -> Strip:
        """Paint the line, with the columns where the list has them."""
        return self.strip((("   ", ""), *head(self.size.width - 3)), self.size.width)


class RulesScreen(OfficeScreen):
    """A line for each rule, and all of one."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key("rules.behind", "enter", "behind", N_("decisions"), N_("every decision of the rule")),
        Key(
            "rules.what_if", "w", "what_if", N_("what if"), N_("what other rules would decide on these mails")
        ),
        Key("rules.more", "J", "scroll_details(3)", "", N_("details down")),
        Key("rules.less", "K", "scroll_details(-3)", "", N_("details up")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    def body(self) -> Sequence[Widget]:
        """Give the list and the rule at hand."""
        self._title, self._about, self._stale = Title(), Title(), False
        self._state: tuple[str, Ink] = ("", "")
        self._list = Listing(draw, lambda ruling: ruling.name, _("no rule is in force"))
        self._pane = Pane(can_focus=False)
        self._ahead = Ahead(self, self._list, self._latest, self._show)
        rules = Container(self._title, Head(), self._list, classes="first")
        return (Container(rules, Container(self._about, self._pane, classes="second"), classes="split"),)

    def on_mount(self) -> None:
        """Ask for the rules."""
        self.set_focus(self._list)
        self._ask()

    def on_screen_resume(self) -> None:
        """See what changed while another screen was shown."""
        if self._list.rows:
            self._ask()

    def news(self, events: Sequence[Recorded]) -> None:
        """Count on when a rule decided or others came in force."""
        if not self._stale and any(event.type in ("RuleApplied", "RulesLoaded") for event in events):
            self._stale = True
            self.set_timer(SOON, self._ask)

    def _ask(self) -> None:
        self._stale = False
        in_background(self, "rulings", self.office.rulings, self._rulings)
        in_background(self, "state", self._look_at_file, self._say_state)

    def _rulings(self, rulings: list[Ruling]) -> None:
        self._ahead.forget()
        self._list.show(rulings, self._list.cursor)

    # which rules are these?

    def _look_at_file(self) -> tuple[str, Ink]:
        """Say whether the rules in force are those that are configured now."""
        office = self.office
        if office.refused:
            return (
                f"✗ {_('new rules are refused, those before stay')}: {fault_in_words(office.refused)}",
                "bad",
            )
        try:
            now = office.read_rules(None)
        except SettingsError as error:
            return f"✗ {_('the file has changed and would be refused')}: {fault_in_words(str(error))}", "bad"
        if now.digest != office.rules.digest:
            return f"! {_('the file has changed; a restart or SIGHUP puts it in force')}", "warn"
        if office.settings.config.rules.file is None:
            return f"✓ {_('the default rules')}", "good"
        return f"✓ {_('as configured')}: {office.rules.source}", "good"

    def _say_state(self, state: tuple[str, Ink]) -> None:
        self._title.say(((_("Rules"), "strong"), (f"  {state[0]}", state[1])), self.office.rules.digest[:12])

    # the rule at hand

    def _latest(self, ruling: Ruling) -> tuple[Ruling, list[Recorded]]:
        if ruling.last is None:
            return ruling, []
        return ruling, list(islice(self.office.decisions_by(ruling.name), LATEST))

    def on_listing_moved(self) -> None:
        """Tell the rule under the cursor."""
        self._ahead.look()

    def _show(self, found: tuple[Ruling, list[Recorded]]) -> None:
        ruling, latest = found
        place = f"  {_('rule {number}').format(number=ruling.place)}" if ruling.place else ""
        left: Line = ((retold(ruling.name), "strong"), (place, "accent"))
        self._about.say(left)
        self._pane.show(lambda width: rule_lines(ruling, latest, width))

    def action_scroll_details(self, by: int) -> None:
        """Move the details."""
        self._pane.action_scroll_by(by)

    async def action_behind(self) -> None:
        """List every decision of the rule."""
        await self.on_listing_chosen()

    async def on_listing_chosen(self) -> None:
        """List every decision of the rule."""
        ruling = self._list.current
        if ruling is None:
            return
        behind = partial(self.office.decisions_by, ruling.name)
        name = _("Decisions of “{rule}”").format(rule=retold(ruling.name))
        await self.app.push_screen(EventsScreen(name, figures(ruling.hits), behind))

    # what if?

    async def action_what_if(self) -> None:
        """Ask for a file of rules, then show what they would decide."""
        from mgtui.tui.whatif import FileDialog, WhatIfScreen

        async def go(loaded: LoadedRules | None) -> None:
            if loaded is not None:
                self.screens.memory.keep("rules", file=loaded.source)
                await self.app.push_screen(WhatIfScreen(loaded))

        remembered = self.screens.memory.of("rules").get("file")
        configured = self.office.settings.config.rules.file
        if configured is not None:
            remembered = remembered or str(self.office.settings.beside_config(configured))
        await self.app.push_screen(FileDialog(self.office, str(remembered or Path.cwd() / "rules.toml")), go)
