"""How things of the office look as lines: times, events, kinds, reasons. Pure, and plain words."""

from collections.abc import Mapping
from typing import Any

from eventstore import Recorded
from mgtui.faults import fault_in_words
from mgtui.language import N_, _, counted
from mgtui.moments import clock, day
from mgtui.retelling import actor_in_words, retold, word
from mgtui.story import TOLD, words_of
from mgtui.tui.paint import INDENT, Ink, Line, field, pad, plain

#: event type -> (sign, ink): what a glance should catch; the words beside it say the same
SIGNS: Mapping[str, tuple[str, Ink]] = {
    "GrabberStarted": ("▸", "good"),
    "FetchFailed": ("✗", "bad"),
    "FetchResumed": ("▸", "good"),
    "FolderReplaced": ("!", "warn"),
    "BalanceFailed": ("✗", "bad"),
    "BalanceRestored": ("✓", "good"),
    "GrabberPaused": ("‖", "warn"),
    "GrabberResumed": ("▸", "good"),
    "FetchAsked": ("▸", "dim"),
    "AlertReceived": ("!", "warn"),
    "MailFetched": ("↓", "dim"),
    "MailDeliveredTwice": ("!", "warn"),
    "MailClassified": ("·", ""),
    "ContactNotMatched": ("?", "warn"),
    "ReviewRequested": ("?", "warn"),
    "MailQuarantined": ("✗", "bad"),
    "ProcessingFailed": ("✗", "bad"),
    "MailVanished": ("!", "warn"),
    "AddressSuppressed": ("!", "warn"),
    "RemovedFromList": ("!", "warn"),
    "BounceCounted": ("+", ""),
    "MailAssigned": ("✓", "good"),
    "ReviewDismissed": ("✓", "good"),
    "DocumentFiled": ("✓", "good"),
    "SuppressionLifted": ("✓", "good"),
    "AddressRemembered": ("✓", "good"),
    "ContactVanished": ("!", "warn"),
    "ContactsRefused": ("✗", "bad"),
    "DataErased": ("!", "warn"),
    "RestoredToList": ("✓", "good"),
    "MailMoved": ("→", "dim"),
    "MovesIntended": ("→", "dim"),
    "MailMetAgain": ("→", "dim"),
    "ContactMatched": ("·", ""),
    "RuleApplied": ("·", ""),
    "OriginProved": ("✓", "good"),
    "OriginNotProved": ("?", "warn"),
    "NoticeRaised": ("!", "warn"),
    "DecisionHeld": ("‖", "warn"),
    "DecisionResumed": ("▸", "good"),
    "BrakeApplied": ("‖", "bad"),
    "BrakeReleased": ("▸", "good"),
    "BrakeDropped": ("✓", "good"),
    "ContactImported": ("+", "dim"),
    "ContactChanged": ("·", "dim"),
    "AddressForgotten": ("←", "warn"),
    "AssignmentUndone": ("←", "warn"),
    "ReviewReopened": ("←", "warn"),
    "DocumentUnfiled": ("←", "warn"),
    "BounceUncounted": ("←", "good"),
    "CountsReset": ("✓", "good"),
    "ProbeSent": ("→", "warn"),
    "RulesLoaded": ("·", "good"),
    "RulesRefused": ("✗", "bad"),
    "ActionRequested": ("→", ""),
    "ActionSucceeded": ("✓", "good"),
    "ActionFailed": ("✗", "warn"),
    "ActionAbandoned": ("✗", "bad"),
}
SEVERITY_INKS: Mapping[str, Ink] = {"hard": "bad", "soft": "warn", "refused": "warn", "undetermined": "warn"}
#: what an act will cause, in words; events that only note it are left out
FORESEEN: Mapping[str, tuple[str, Ink]] = {
    "AddressRemembered": (N_("+ {address} becomes an address of the contact"), "good"),
    "BounceCounted": (N_("+ counts as a {severity} bounce of {address}"), ""),
    "RuleApplied": (N_("· rule “{rule}” decides"), "dim"),
    "AddressSuppressed": (N_("! no more mail to {address}{until}; what is always sent still goes"), "bad"),
    "RemovedFromList": (N_("! off the list {list}"), "warn"),
    "RestoredToList": (N_("+ on the list {list} again"), "good"),
    "DocumentFiled": (N_("✓ filed as a letter{attachments}"), "good"),
    "ReviewRequested": (N_("? waits for a person again: {why}"), "warn"),
    "NoticeRaised": (N_("! somebody is told: {why}"), "warn"),
    "CountsReset": (N_("✓ {address} works: its soft bounces count no longer"), "good"),
    "SuppressionLifted": (N_("✓ {address} may be written to again"), "good"),
}


def is_failing(grabber: Mapping[str, Any]) -> bool:
    """Tell whether the last thing heard of a grabber was an error."""
    failing = grabber["last_error"] and grabber["last_error_at"] > (grabber["last_success"] or "")
    return bool(failing or grabber["unbalanced"])


def words(name: str) -> str:
    """Write a value of ours, such as `user_unknown`, as a person reads it."""
    return word(name)


def columns(*cells: tuple[str, int, Ink]) -> Line:
    """Lay out cells of fixed widths with a blank between them; a width of 0 leaves a cell out."""
    return tuple((f"{pad(text, width)} ", ink) for text, width, ink in cells if width > 0)


def card_lines(story: list[Recorded], width: int) -> list[Line]:
    """Tell a decision: each event with who and why, and under a classification its evidence."""
    lines: list[Line] = []
    shown_day = ""
    for recorded in story:
        if day(recorded.recorded_at) != shown_day:
            shown_day = day(recorded.recorded_at)
            lines += [((" ", ""),)] if lines else []
            lines.append(((f"  {shown_day}", "strong"),))
        sign, ink = SIGNS.get(recorded.type, ("·", ""))
        lines.append(
            (
                (f"  {clock(recorded.recorded_at)} ", "dim"),
                (f"{sign} ", ink),
                (f"{recorded.type:18} ", "strong"),
                (plain(_("by {actor}").format(actor=actor_in_words(recorded.actor))), "dim"),
                (f"   #{recorded.position}", "dim"),
                (
                    f" {_('because of #{event}').format(event=recorded.cause)}" if recorded.cause else "",
                    "dim",
                ),
            )
        )
        lines += field("", words_of(recorded), width, indent=14)
        for verdict in recorded.data.get("recipients", ()):
            lines += verdict_lines(verdict, width, indent=14)
    return lines


def verdict_lines(verdict: Mapping[str, Any], width: int, indent: int = INDENT) -> list[Line]:
    """Tell what a mail says of one recipient, and the line it stood on."""
    who = verdict["original_recipient"] or verdict["recipient"] or _("nobody named")
    codes = " ".join(str(code) for code in (verdict["status"], verdict["reply_code"]) if code)
    judged = dict.fromkeys((words(verdict["severity"]), words(verdict["reason"])))
    said = f"{': '.join(judged)}{f' ({codes})' if codes else ''}"
    lines = field(_("verdict"), f"{who} · {said}", width, SEVERITY_INKS.get(verdict["severity"], ""), indent)
    if verdict["text"]:
        label = _("line {number}").format(number=verdict["line"]) if verdict["line"] else _("evidence")
        lines += field(label, verdict["text"], width, "accent", indent)
        source = " · ".join(part for part in (verdict["reader"], verdict["entry"]) if part)
        lines += field(_("read by"), source, width, "dim", indent) if source else []
    return lines


def foreseen(event_type: str, data: Mapping[str, Any], address: str, width: int) -> list[Line]:
    """Say what an event that will follow from an act means, nothing where it needs no words."""
    found = FORESEEN.get(event_type)
    if found is None:
        return []
    template, ink = found
    until, number = data.get("until"), data.get("attachments")
    fields = {
        "address": address,
        **{
            name: _in_words(name, value) if name in TOLD and isinstance(value, str) else value
            for name, value in data.items()
        },
        "until": " " + _("until {day}").format(day=day(until)) if until else "",
        "attachments": " " + counted(number, "with {} attachment", "with {} attachments") if number else "",
    }
    return field("", _(template).format_map(fields), width, ink, indent=2)


def _in_words(name: str, text: str) -> str:
    return fault_in_words(text) if name == "error" else retold(text)
