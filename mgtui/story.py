"""Events told in words: one line each, harmless on a terminal."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eventstore import Recorded
from mgtui.faults import fault_in_words
from mgtui.language import N_, _, counted, figures
from mgtui.moments import day, moment, stamp
from mgtui.retelling import retold
from mgtui.wording import harmless

#: event type -> what it tells, with the fields of its data
WORDS: Mapping[str, str] = {
    "GrabberStarted": N_("{grabber} starts on {folder} of {mailbox}"),
    "FetchFailed": "{error}",
    "FetchResumed": N_("the mailbox can be read again"),
    "FolderReplaced": N_(
        "{folder} is numbered anew: UIDVALIDITY {uid_validity}, before {uid_validity_before}"
    ),
    "BalanceFailed": "{why}",
    "BalanceRestored": N_("every mail is accounted for again"),
    "GrabberPaused": N_("{grabber} leaves its mailbox alone until it is resumed: {why}"),
    "GrabberResumed": N_("{grabber} goes on"),
    "FetchAsked": N_("{grabber} is to look for mail now"),
    "AlertReceived": N_("the server says: {text}"),
    "MovesIntended": N_("{mail_ids} about to move to {folder}"),
    "MailFetched": N_("{size} bytes from {folder}, uid {uid}"),
    "MailClassified": "{kind}: {subject}",
    "ContactMatched": N_("{address} is {contact_id} ({how})"),
    "ContactNotMatched": "{addresses} {candidates}",
    "RuleApplied": "{rule} → {actions} ({why})",
    "ReviewRequested": N_("for a person: {reason}, {why}"),
    "MailAssigned": "{address} → {contact_id}",
    "ReviewDismissed": "{reason}",
    "DocumentFiled": N_("{direction} at {contact_id}, {attachments} attachments"),
    "MailMoved": N_("to {folder}, uid {uid}"),
    "MailQuarantined": N_("after {attempts} attempts: {error}"),
    "ProcessingFailed": N_("attempt {attempt}: {error}"),
    "MailVanished": N_("no longer in {folder}"),
    "MailDeliveredTwice": N_("the same bytes as {twin_id}"),
    "MailMetAgain": N_("in {folder}, uid {uid}"),
    "ContactImported": "{name} {addresses}",
    "ContactChanged": "{name} {addresses}",
    "AddressForgotten": N_("{address} is no longer {contact_id}: {why}"),
    "AddressRemembered": N_("{address} is {contact_id}, too"),
    "ContactVanished": N_("no longer in {source}"),
    "ContactsRefused": "{source}: {error}",
    "BounceCounted": N_("{severity} for {address}: {reason} {status}"),
    "AddressSuppressed": "{address} {until}: {why}",
    "SuppressionLifted": "{address}: {why}",
    "RemovedFromList": N_("{contact_id} off {list}: {why}"),
    "RestoredToList": N_("{contact_id} on {list} again: {why}"),
    "RulesLoaded": "{source}",
    "RulesRefused": "{source}: {error}",
    "OriginProved": N_("a bounce of ours for {address}, by {how}: {detail}"),
    "OriginNotProved": "{reason} ({address}) → {then}: {why}",
    "NoticeRaised": "{why} ({address})",
    "DecisionHeld": N_("waits with {brake_id}"),
    "DecisionResumed": N_("let through with {brake_id}"),
    "AssignmentUndone": N_("{address} no longer {contact_id}: {why}"),
    "ReviewReopened": N_("{address} open again: {why}"),
    "DocumentUnfiled": N_("no longer at {contact_id}: {why}"),
    "BounceUncounted": N_("{severity} for {address} no longer counts: {why}"),
    "CountsReset": N_("{address} works: {why}; {soft} soft bounces no longer count"),
    "ProbeSent": N_("{category} to {address} as a trial"),
    "BrakeApplied": "{why}",
    "BrakeReleased": N_("what waited goes on"),
    "BrakeDropped": N_("what waited is dropped: {reason}"),
    "ActionRequested": N_("{kind} to {subscriber}: {subject}"),
    "ActionSucceeded": N_("done at attempt {attempt}"),
    "ActionFailed": N_("attempt {attempt}: {error}; again from {retry_at}"),
    "ActionAbandoned": N_("given up after {attempts} attempts: {error}"),
    "DataErased": N_("the data of {subject} is erased: {why}"),
}
#: fields whose texts the program words itself
TOLD = frozenset(
    ("why", "error", "detail", "how", "kind", "severity", "reason", "rule", "direction", "then", "actions")
)


#: event type -> what an act did, in a word or two
SHORT: Mapping[str, str] = {
    "ActionRequested": N_("subscribers told"),
    "AddressForgotten": N_("address forgotten"),
    "AddressRemembered": N_("address remembered"),
    "AddressSuppressed": N_("address suppressed"),
    "AssignmentUndone": N_("assignment undone"),
    "BounceCounted": N_("bounce counted"),
    "BounceUncounted": N_("bounce no longer counted"),
    "CountsReset": N_("soft bounces forgotten"),
    "DocumentFiled": N_("letter filed"),
    "DocumentUnfiled": N_("letter no longer filed"),
    "MailAssigned": N_("mail assigned"),
    "NoticeRaised": N_("notice raised"),
    "RemovedFromList": N_("off a list"),
    "RestoredToList": N_("on the list again"),
    "ReviewDismissed": N_("item dismissed"),
    "ReviewReopened": N_("item open again"),
    "ReviewRequested": N_("for a person"),
    "RuleApplied": N_("rule applied"),
    "SuppressionLifted": N_("suppression lifted"),
}
SEVERAL = 3  #: values that are named one by one


class _Fields(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "-"


def in_short(event_types: Iterable[str]) -> str:
    """Tell what an act did by the types of its events, each once, in the order they came."""
    return ", ".join(_(SHORT[name]) if name in SHORT else name for name in dict.fromkeys(event_types))


def words_of(recorded: Recorded) -> str:
    """Tell what an event says, in one harmless line."""
    if set(recorded.data) == {"erased"}:
        return _("(erased)")
    return words_for(recorded.type, recorded.data)


def words_for(event_type: str, data: Mapping[str, Any]) -> str:
    """Tell what an event of this type and data says, recorded or only foreseen."""
    fields = _Fields({name: _shown(name, value) for name, value in data.items()})
    if not fields.get("actions", "some"):
        fields["actions"] = _("nothing more")
    if "until" in data:
        until = fields["until"]
        fields["until"] = _("until {day}").format(day=until) if data["until"] else _("for good")
    template = WORDS.get(event_type)
    text = _(template).format_map(fields) if template else ", ".join(f"{k}={v}" for k, v in fields.items())
    return harmless(text, 400)


def _shown(name: str, value: Any) -> str:
    match value:
        case None:
            return "-"
        case list() | tuple():
            return _several(name, value)
        case int() if name == "size":
            return figures(value)
        case str() if name == "error":
            return fault_in_words(value)
        case str() if name in TOLD:
            return retold(value)
        case str() if name == "retry_at":
            return moment(value)
        case str() if name in ("until", "day"):
            return day(value)
        case _:
            return str(value)


def _several(name: str, values: Sequence[Any]) -> str:
    """Name a few, and count more; the ids of mails say nothing to anybody."""
    if len(values) <= SEVERAL and name != "mail_ids":
        return ", ".join(retold(str(value)) if name in TOLD else str(value) for value in values)
    match name:
        case "mail_ids":
            return counted(len(values), "{} mail", "{} mails")
        case "addresses":
            return counted(len(values), "{} address", "{} addresses")
        case _:
            return figures(len(values))


def in_one_line(recorded: Recorded) -> str:
    """Tell an event: position, time, type, stream, words."""
    when = stamp(recorded.recorded_at)
    head = f"{recorded.position:>7}  {when}  {recorded.type:18} {harmless(recorded.stream, 40):26}"
    return f"{head} {words_of(recorded)}"


def record_of(recorded: Recorded) -> dict[str, Any]:
    """Give an event as a record, its columns named as in the log."""
    return {
        "position": recorded.position,
        "stream": recorded.stream,
        "version": recorded.version,
        "type": recorded.type,
        "schema_version": recorded.schema_version,
        "recorded_at": recorded.recorded_at.isoformat(),
        "cause": recorded.cause,
        "actor": recorded.actor,
        "correlation": recorded.correlation,
        "data": recorded.data,
        "digest": recorded.digest,
    }
