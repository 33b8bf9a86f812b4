"""How each grabber does now, wherever it runs, and telling it to pause, to go on, or to fetch."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, assert_never

from eventstore import Appended
from eventstore.events import FetchAsked, GrabberPaused, GrabberResumed
from mgtui.commands import FetchNow, Outcome, PauseGrabber, ResumeGrabber
from mgtui.language import _
from mgtui.retelling import actor_in_words
from projections.mails import GRABBERS

if TYPE_CHECKING:
    from mgtui.application import Application
    from mgtui.grabber import Activity

TRIES = 8

#: `idle`: the server tells it of new mail; `poll`: it asks again and again; `off`: no process works on it
State = Literal["paused", "failing", "starting", "fetching", "idle", "poll", "off"]


@dataclass(frozen=True, slots=True)
class GrabberStatus:
    """A grabber at this moment; times are ISO 8601 in UTC, "" where there is none."""

    grabber: str
    state: State
    since: str  #: it has been in this state; for idle and poll, without a failure in between
    process: int | None  #: that holds its mailbox, None where none does
    mailbox: str  #: "" where it never ran
    folder: str
    last_success: str  #: the server answered and all was taken in
    error: str  #: the failure that lasts, in plain words
    next_try: str  #: where it is failing
    unbalanced: str  #: what doesn't add up, "" where every mail is accounted for
    paused_by: str
    paused_why: str
    alert: str  #: what the server last wanted people to read
    alert_at: str


def statuses(office: "Application") -> list[GrabberStatus]:
    """Tell how each grabber does that ran once or is configured, by name."""
    known = {row["grabber"]: row for row in office.ask.balance()}
    names = sorted(known.keys() | office.settings.config.grabbers.keys())
    return [_status(office, name, known.get(name)) for name in names]


def _status(office: "Application", name: str, row: dict[str, Any] | None) -> GrabberStatus:
    row = row or dict.fromkeys(GRABBERS.columns, "")
    process, activity = _at_work(office, row)
    state, since = _state(row, process, activity)
    looked_at = activity.looked_at if activity else ""
    return GrabberStatus(
        grabber=name,
        state=state,
        since=since,
        process=process,
        mailbox=row["mailbox"],
        folder=row["folder"],
        last_success=max(row["last_success"], looked_at),
        error=row["last_error"] if _fails(row) else activity.error if activity and process else "",
        next_try=activity.next_try if activity and state == "failing" else "",
        unbalanced=row["unbalanced"],
        paused_by=row["paused_by"],
        paused_why=row["paused_why"],
        alert=row["alert"],
        alert_at=row["alert_at"],
    )


def _at_work(office: "Application", row: dict[str, Any]) -> tuple[int | None, "Activity | None"]:
    """Find the process that works on a grabber's mailbox, and what was said of it last."""
    from mgtui.grabber import holder, lease_file, read_activity

    if not row["mailbox"]:
        return None, None
    leases, place = office.settings.data / "leases", f"{row['mailbox']} {row['folder']}"
    return holder(leases, place), read_activity(lease_file(leases, place).with_suffix(".json"))


def _state(row: dict[str, Any], process: int | None, activity: "Activity | None") -> tuple[State, str]:
    if row["paused_at"]:
        return "paused", row["paused_at"]
    if process is None:
        return "off", activity.since if activity and activity.doing == "ended" else ""
    if activity is None or activity.process != process:
        return "starting", ""
    if activity.doing == "failing" or _fails(row):
        return "failing", row["last_error_at"] if _fails(row) else activity.since
    if activity.doing == "waiting" and activity.waits_by:
        return activity.waits_by, activity.waits_since
    return "fetching" if activity.doing == "fetching" else "starting", activity.since


def _fails(row: dict[str, Any]) -> bool:
    return bool(row["last_error"] and row["last_error_at"] > row["last_success"])


def carry_out(command: PauseGrabber | ResumeGrabber | FetchNow, office: "Application") -> Outcome:
    """Note in the log what is asked of a grabber: the process that runs it listens there."""
    name = command.grabber
    for _try in range(TRIES):
        version = office.store.stream_version(f"grabber-{name}")
        found = next((one for one in statuses(office) if one.grabber == name), None)
        if found is None:
            told = _("there is no grabber {grabber}; `mgtui grabbers list` shows them")
            return Outcome(False, told.format(grabber=name))
        event, text = _answer(command, found)
        text = text.format(grabber=name, actor=actor_in_words(found.paused_by))
        if event is None:
            return Outcome(False, text)
        result = office.log.append(f"grabber-{name}", [event], version, actor=office.operator)
        if isinstance(result, Appended):
            return Outcome(True, text, (result.first_position, result.last_position))
    return Outcome(
        False, _("{grabber} is too busy to be told; try again").format(grabber=name), try_again=True
    )


def _answer(
    command: PauseGrabber | ResumeGrabber | FetchNow, found: GrabberStatus
) -> tuple[GrabberPaused | GrabberResumed | FetchAsked | None, str]:
    """Give the event that a command is, None where it can't be, and what to say."""
    name, runs = found.grabber, found.process is not None
    match command:
        case PauseGrabber():
            if found.paused_by:
                return None, _("{grabber} was paused by {actor} already")
            now, later = (
                _("{grabber} finishes what is in hand and pauses"),
                _("{grabber} will not start work"),
            )
            return GrabberPaused(grabber=name, why=command.why.strip()), now if runs else later
        case ResumeGrabber():
            if not found.paused_by:
                return None, _("{grabber} isn't paused")
            now, later = _("{grabber} goes on"), _("{grabber} may work once it is started")
            return GrabberResumed(grabber=name), now if runs else later
        case FetchNow():
            if found.paused_by:
                return None, _("{grabber} is paused by {actor}; resume it first")
            if not runs:
                return None, _("no process runs {grabber}; `mgtui grab` starts it")
            return FetchAsked(grabber=name), _("{grabber} looks for mail now")
        case _:
            assert_never(command)
