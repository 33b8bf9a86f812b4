"""Events told in words: one line each, harmless on a terminal."""

from collections.abc import Mapping
from typing import Any

from eventstore import Recorded
from mgtui.wording import harmless

#: event type -> what it tells, with the fields of its data
WORDS: Mapping[str, str] = {
    "GrabberStarted": "{grabber} starts on {folder} of {mailbox}",
    "FetchFailed": "{error}",
    "FetchResumed": "the mailbox can be read again",
    "FolderReplaced": "{folder} is numbered anew: UIDVALIDITY {uid_validity}, before {uid_validity_before}",
    "BalanceFailed": "{why}",
    "GrabberPaused": "{grabber} leaves its mailbox alone until it is resumed: {why}",
    "GrabberResumed": "{grabber} goes on",
    "FetchAsked": "{grabber} is to look for mail now",
    "AlertReceived": "the server says: {text}",
    "MovesIntended": "{mail_ids} about to move to {folder}",
    "MailFetched": "{size} bytes from {folder}, uid {uid}",
    "MailClassified": "{kind}: {subject}",
    "ContactMatched": "{address} is {contact_id} ({how})",
    "ContactNotMatched": "{addresses} {candidates}",
    "RuleApplied": "{rule} → {actions} ({why})",
    "ReviewRequested": "for a person: {reason}, {why}",
    "MailAssigned": "{address} → {contact_id}",
    "ReviewDismissed": "{reason}",
    "DocumentFiled": "{direction} at {contact_id}, {attachments} attachments",
    "MailMoved": "to {folder}, uid {uid}",
    "MailQuarantined": "after {attempts} attempts: {error}",
    "ProcessingFailed": "attempt {attempt}: {error}",
    "MailVanished": "no longer in {folder}",
    "MailDeliveredTwice": "the same bytes as {twin_id}",
    "MailMetAgain": "in {folder}, uid {uid}",
    "ContactImported": "{name} {addresses}",
    "ContactChanged": "{name} {addresses}",
    "AddressForgotten": "{address} is no longer {contact_id}: {why}",
    "AddressRemembered": "{address} is {contact_id}, too",
    "ContactVanished": "no longer in {source}",
    "ContactsRefused": "{source}: {error}",
    "BounceCounted": "{severity} for {address}: {reason} {status}",
    "AddressSuppressed": "{address} until {until}: {why}",
    "SuppressionLifted": "{address}: {why}",
    "RemovedFromList": "{contact_id} off {list}: {why}",
    "RestoredToList": "{contact_id} on {list} again: {why}",
    "RulesLoaded": "{source}",
    "RulesRefused": "{source}: {error}",
    "OriginProved": "a bounce of ours for {address}, by {how}: {detail}",
    "OriginNotProved": "{reason} for {address} → {then}: {why}",
    "NoticeRaised": "{why} ({address})",
    "DecisionHeld": "waits with {brake_id}",
    "DecisionResumed": "let through with {brake_id}",
    "AssignmentUndone": "{address} no longer {contact_id}: {why}",
    "ReviewReopened": "{address} open again: {why}",
    "DocumentUnfiled": "no longer at {contact_id}: {why}",
    "BounceUncounted": "{severity} for {address} no longer counts: {why}",
    "CountsReset": "{address} works: {why}; {soft} soft bounces no longer count",
    "ProbeSent": "{category} to {address} as a trial",
    "BrakeApplied": "{why}",
    "BrakeReleased": "what waited goes on",
    "BrakeDropped": "what waited is dropped: {reason}",
    "ActionRequested": "{kind} to {subscriber}: {subject}",
    "ActionSucceeded": "done at attempt {attempt}",
    "ActionFailed": "attempt {attempt}: {error}; again from {retry_at}",
    "ActionAbandoned": "given up after {attempts} attempts: {error}",
    "DataErased": "{data}",
}


class _Fields(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "-"


def words_of(recorded: Recorded) -> str:
    """Tell what an event says, in one harmless line."""
    if set(recorded.data) == {"erased"}:
        return "(erased)"
    return words_for(recorded.type, recorded.data)


def words_for(event_type: str, data: Mapping[str, Any]) -> str:
    """Tell what an event of this type and data says, recorded or only foreseen."""
    fields = _Fields({name: _shown(value) for name, value in data.items()})
    if not fields.get("actions", "some"):
        fields["actions"] = "nothing more"
    template = WORDS.get(event_type)
    text = template.format_map(fields) if template else ", ".join(f"{k}={v}" for k, v in fields.items())
    return harmless(text, 400)


def _shown(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, list | tuple):
        if len(value) > 3:
            return f"{len(value)} mails" if all(isinstance(one, str) for one in value) else str(len(value))
        return ", ".join(map(str, value))
    return str(value)


def in_one_line(recorded: Recorded) -> str:
    """Tell an event: position, time, type, stream, words."""
    when = recorded.recorded_at.strftime("%Y-%m-%d %H:%M:%S")
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
