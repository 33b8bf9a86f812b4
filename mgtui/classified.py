"""From a classification to the event that records it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventstore.events import MailClassified, Verdict

if TYPE_CHECKING:
    from mgtui.bounce import Classification, RecipientVerdict

LONGEST = 1000  #: characters of any one text of a mail that the log keeps; the raw mail has the rest


@dataclass(frozen=True, slots=True)
class Marks:
    """Header fields by which the office marks its mailings (lower case)."""

    category: str = "x-mailing-category"
    mailing: str = "x-mailing-id"


def classified(mail_id: str, found: "Classification", marks: Marks) -> MailClassified:
    """Record what a mail was found to be.

    `mailing` names the mailing that a report answers: its mark, the returned Message-ID, or the subject.
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
        verp_recipient=return_path_recipient(found.headers.addressees),
    )


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
