"""From a classification to the event that records it."""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from eventstore import EventStore, event_of
from eventstore.events import MailClassified, Verdict
from mgtui.rules import looks_signed

if TYPE_CHECKING:
    from mgtui.bounce import Classification, RecipientVerdict
    from mgtui.report import Headers

#: Fields that name the address a report was sent to (Envelope-To is Exim's X-Original-To).
RECIPIENT_FIELDS = ("to", "delivered-to", "x-original-to", "envelope-to")
#: Fields that a mail bears only when an MTA has handed it over.
DELIVERY_FIELDS = ("received", "delivered-to", "x-original-to", "envelope-to", "return-path")
_ADDRESS = re.compile(r"[^\s<>,;:\"()]{1,512}@[^\s<>,;:\"()]{1,255}")

LONGEST = 1000  #: characters of any one text of a mail that the log keeps; the raw mail has the rest


@dataclass(frozen=True, slots=True)
class Marks:
    """Header fields by which the office marks its mailings (lower case)."""

    category: str = "x-mailing-category"
    mailing: str = "x-mailing-id"
    proof: str = ""  #: field by which a returned mail proves to be ours, "" for none
    proof_value: str = "*"  #: what it must hold, with wildcards


def last_classification(store: EventStore, mail_id: str) -> MailClassified | None:
    """Give a mail's last classification as recorded, None for one that was never read."""
    for recorded in store.read_stream(f"mail-{mail_id}", backwards=True):
        if recorded.type == "MailClassified" and "erased" not in recorded.data:
            return event_of(MailClassified, recorded.data)
    return None


def classified(mail_id: str, found: "Classification", marks: Marks, archived: bool = False) -> MailClassified:
    """Record what a mail was found to be.

    `mailing` names the mailing that a report answers: its mark, the returned Message-ID, or the subject.
    `archived` says that the mail stood in a mailbox where only the office puts mails.
    """
    from mgtui.report import return_path_recipient  # the readers are there with the mail, not before

    original = found.original
    returned = original.headers if original else found.headers
    spoken = found.evidence[0] if found.evidence else None
    mailing = returned.get(marks.mailing)
    if original and not mailing:
        mailing = original.message_id or original.subject
    return MailClassified(
        mail_id=mail_id,
        kind=found.kind,
        sender=_texts(found.headers.sender),
        addressees=_texts(found.headers.addressees),
        subject=found.headers.subject[:LONGEST],
        sent_at=found.headers.sent_at,
        message_id=found.headers.message_id[:LONGEST],
        recipients=tuple(map(_verdict, found.recipients)),
        original_message_id=original.message_id[:LONGEST] if original else "",
        original_addressees=_texts(original.addressees) if original else (),
        mailing=mailing[:LONGEST],
        category=returned.get(marks.category).strip().casefold()[:LONGEST],
        attachments=found.attachments,
        new_address=found.new_address,
        returns_on=found.returns_on,
        why=f"{spoken.reader}: {spoken.text}"[:LONGEST] if spoken else "",
        line=spoken.line if spoken else None,
        findings=_texts(found.findings),
        return_paths=_return_paths(found),
        marked=_is_marked(found, marks),
        ours=archived or not _was_delivered(found.headers),
        verp_recipient=return_path_recipient(found.headers.addressees),
    )


def _return_paths(found: "Classification") -> tuple[str, ...]:
    """Give the addresses with the form of a signed return path that a report came to, or that it returns."""
    values = [value for name, value in found.headers.raw if name in RECIPIENT_FIELDS]
    if found.original:
        values += [value for name, value in found.original.headers.raw if name == "return-path"]
    paths = (path for value in values[:20] for path in _ADDRESS.findall(value[:5000]))
    return tuple(dict.fromkeys(path for path in paths if looks_signed(path)))[:5]


def _is_marked(found: "Classification", marks: Marks) -> bool:
    if not marks.proof or found.original is None:
        return False
    value = found.original.headers.get(marks.proof).strip()
    return bool(value) and fnmatchcase(value, marks.proof_value)


def _was_delivered(headers: "Headers") -> bool:
    """Tell whether an MTA handed the mail over: a copy that a program of ours saved bears no trace of one."""
    return any(name in DELIVERY_FIELDS for name, _ in headers.raw)


def _texts(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text[:LONGEST] for text in texts[:200])


def _verdict(found: "RecipientVerdict") -> Verdict:
    spoken = found.evidence[0] if found.evidence else None
    return Verdict(
        recipient=found.recipient,
        original_recipient=found.original_recipient,
        status=found.status,
        reply_code=found.reply_code,
        diagnostic=found.diagnostic[:LONGEST],
        remote_mta=found.remote_mta,
        reason=found.reason,
        severity=found.severity,
        reader=spoken.reader if spoken else "",
        entry=spoken.entry if spoken else "",
        line=spoken.line if spoken else None,
        text=spoken.text[:LONGEST] if spoken else "",
    )
