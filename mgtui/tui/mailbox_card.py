"""A grabber as lines: what it does, since when, what went wrong, and whether every mail is accounted for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from mgtui.faults import fault_in_words
from mgtui.grabbing import GrabberStatus, State
from mgtui.language import N_, _, figures
from mgtui.moments import clock, moment
from mgtui.questions import Row
from mgtui.retelling import actor_in_words, retold
from mgtui.tui.paint import Ink, Line, field
from mgtui.tui.telling import columns

FIGURES = ("fetched", "done", "manual", "quarantined", "pending", "moved", "vanished")
#: state -> sign, word for a list, ink, and a sentence
STATES: Mapping[State, tuple[str, str, Ink, str]] = {
    "paused": ("‖", N_("paused"), "warn", N_("paused: it leaves the mailbox alone")),
    "failing": ("✗", N_("failing"), "bad", N_("failing: it tries again and again")),
    "starting": ("▸", N_("starting"), "", N_("starting")),
    "fetching": ("↓", N_("fetching"), "good", N_("fetching mails")),
    "idle": ("✓", N_("waits, IDLE"), "good", N_("waits; the server tells it of new mail (IDLE)")),
    "poll": ("✓", N_("waits, polls"), "good", N_("waits; it looks for new mail again and again")),
    "off": ("·", N_("not running"), "dim", N_("not running; `mgtui grab` starts it, or `mgtui --grab` here")),
}


@dataclass(frozen=True, slots=True)
class Grabber:
    """A grabber with its figures, None where it never ran."""

    status: GrabberStatus
    row: Row | None
    here: bool  #: it runs in this process
    own: bool = False  #: this process holds its mailbox

    @property
    def is_balanced(self) -> bool:
        """Tell whether each fetched mail is in exactly one outcome, and the last check found no more."""
        if self.row is None:
            return True
        if self.status.unbalanced:
            return False
        outcomes = sum(self.row[name] for name in ("pending", "done", "manual", "quarantined"))
        gone = self.row["moved"] + self.row["vanished"]
        return bool(self.row["fetched"] == outcomes and gone <= self.row["fetched"])

    @property
    def alarms(self) -> list[str]:
        """Say what somebody has to see to, in plain words."""
        found = [] if self.is_balanced else [_("the mails don't add up: see the balance")]
        if self.status.unbalanced:
            found = [retold(self.status.unbalanced)]
        if self.status.error and self.status.state in ("failing", "off"):
            found.append(fault_in_words(self.status.error))
        if self.status.alert:
            told = _("the server said on {moment}: {text}")
            found.append(told.format(moment=moment(self.status.alert_at), text=self.status.alert))
        return found


def draw(grabber: Grabber, width: int) -> Line:
    """Lay out one grabber."""
    status, row = grabber.status, grabber.row
    sign, word, ink, _told = STATES[status.state]
    balance = _("balanced") if grabber.is_balanced else _("NOT BALANCED")
    fetched = _("{number} fetched").format(number=figures(row["fetched"])) if row else _("never ran")
    alarm = "!" if grabber.alarms else ""
    return columns(
        (sign, 1, ink),
        (status.grabber, 14, "strong"),
        (_(word), 12, ink),
        (fetched, 15, ""),
        (balance if row else "", 12, "good" if grabber.is_balanced else "bad"),
        (alarm, 1, "bad"),
        (status.mailbox, width - 62, "dim"),
    )


def lines(grabber: Grabber, width: int) -> list[Line]:
    """Tell a grabber at length: alarms first."""
    status, row = grabber.status, grabber.row
    found: list[Line] = []
    for text in grabber.alarms:
        found += field(f"! {_('alarm')}", text, width, "bad")
    _sign, _word, ink, told = STATES[status.state]
    since = f", {_('since {time}').format(time=moment(status.since))}" if status.since else ""
    found += field(_("does"), f"{_(told)}{since}", width, ink)
    if status.paused_by:
        why = f": {status.paused_why}" if status.paused_why else ""
        found += field(_("paused by"), f"{actor_in_words(status.paused_by)}{why}", width, "warn")
    if status.next_try:
        found += field(_("next try"), clock(status.next_try), width, "warn")
    found += field(_("runs"), runs(grabber), width)
    found += field(_("answered"), moment(status.last_success) or _("never"), width)
    if row is None:
        return found
    found += field(_("mailbox"), _("{mailbox}, folder {folder}").format_map(row), width)
    found += field(_("started"), moment(row["started_at"]) or _("never"), width)
    return found + _past_error(grabber, row, width) + _balance(grabber, row, width)


def _past_error(grabber: Grabber, row: Row, width: int) -> list[Line]:
    """Tell the last error, unless it stands among the alarms."""
    if not row["last_error"] or grabber.status.error:
        return []
    told = (
        f"{moment(row['last_error_at'])}, {_('since then it went well')}: {fault_in_words(row['last_error'])}"
    )
    return field(_("error"), told, width, "dim")


def _balance(grabber: Grabber, row: Row, width: int) -> list[Line]:
    counts = {name: figures(row[name]) for name in FIGURES}
    sums = _(
        "{fetched} fetched = {done} done + {manual} for a person + {quarantined} quarantined + {pending} pending"
    ).format_map(counts)
    sign = "✓" if grabber.is_balanced else f"✗ {_('NOT BALANCED')}:"
    found = field(_("balance"), f"{sign} {sums}", width, "good" if grabber.is_balanced else "bad")
    return found + field(_("on server"), _("{moved} moved, {vanished} vanished").format_map(counts), width)


def runs(grabber: Grabber) -> str:
    """Say where a grabber runs."""
    process = grabber.status.process
    if grabber.here and process is not None and not grabber.own:
        return _("in this process, which waits: process {process} works on it").format(process=process)
    if grabber.here:
        return _("in this process")
    if process is not None:
        return _("elsewhere, in process {process}").format(process=process)
    return _("not now; `mgtui grab` starts it, or `mgtui --grab` here")
