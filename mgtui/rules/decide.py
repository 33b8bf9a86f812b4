"""From what a mail was found to be to the events that follow: pure, no clock, no database."""

from dataclasses import replace
from datetime import date

from eventstore.events import ContactMatched, ContactNotMatched, MailClassified, Verdict
from mgtui.contacts import match_recipient, normalise
from mgtui.rules.match import Subject
from mgtui.rules.office import Office
from mgtui.rules.work import Decision, Known, Work

REPORTS_ON_RECIPIENTS = ("bounce", "complaint")
#: Kinds of mail that the owner of an address, or his mailbox, writes: the address works.
WRITTEN = ("ordinary", "auto_reply", "receipt")


def decide(mail: MailClassified, known: Known, office: Office, today: date) -> Decision:
    """Say what a classified mail calls for.

    `today` bounds the day on which a bounce counts: no report can date itself into the future.
    """
    work = starting(mail, known, office, today)
    if mail.kind in REPORTS_ON_RECIPIENTS:
        if not mail.recipients:
            work.review("bounces", "no recipient", f"a {mail.kind} that names no recipient", "", ())
        for verdict in mail.recipients:
            _recipient(work, verdict)
    else:
        _letter(work)
    return work.decision


def decide_assigned(
    mail: MailClassified, address: str, contact_id: str, known: Known, office: Office, today: date
) -> Decision:
    """Say what follows when a person has said which contact an address of a mail belongs to.

    The person vouches for the report, too: its origin is not asked about again.
    """
    work = starting(mail, known, office, today)
    if mail.kind not in REPORTS_ON_RECIPIENTS:
        work.file(contact_id)
        return work.decision
    for verdict in mail.recipients:
        if address in (_address_of(verdict), match_recipient(mail, verdict, work.book).address):
            subject = work.subject(verdict, contact_id, address)
            work.apply(subject, contact_id, ask=False)
    return work.decision


def starting(mail: MailClassified, known: Known, office: Office, today: date) -> Work:
    """Begin a decision: nothing has followed yet."""
    return Work(mail, known, office, _day(mail, today), today)


def _day(mail: MailClassified, today: date) -> date:
    return min(date.fromisoformat(mail.sent_at[:10]), today) if mail.sent_at else today


def _address_of(verdict: Verdict) -> str:
    return normalise(verdict.original_recipient or verdict.recipient or "")


def _recipient(work: Work, verdict: Verdict) -> None:
    """Decide on one recipient of a report: find its contact, count, and let the rules speak."""
    mail_id = work.mail.mail_id
    match = match_recipient(work.mail, verdict, work.book)
    contact_id, address, found = match.contact_id, match.address, match.candidates
    if contact_id is None:
        asked = tuple(filter(None, dict.fromkeys((_address_of(verdict), normalise(verdict.recipient or "")))))
        work.tell(ContactNotMatched(mail_id=mail_id, addresses=asked, candidates=found))
        reason = "several contacts" if found else "no contact"
        shown = address or verdict.recipient or "an unnamed recipient"
        why = f"{shown} belongs to {', '.join(found)}" if found else f"nobody has {shown}"
        work.review("bounces", reason, why, _address_of(verdict), found)
        return
    work.tell(ContactMatched(mail_id=mail_id, contact_id=contact_id, address=address, how=match.how))
    if work.proved(address, contact_id):
        work.apply(work.subject(verdict, contact_id, address), contact_id)


def _letter(work: Work) -> None:
    """Decide on a mail that reports on nobody: letters, answers of machines, warnings."""
    if work.mail.kind == "delivered":
        _delivered(work)
    work.apply(letter_subject(work), work.correspondent().contact_id)


def letter_subject(work: Work) -> Subject:
    """Make what the rules see of a letter, after noting that the address it came from works."""
    subject = Subject(kind=work.mail.kind, category=work.mail.category, day=work.day)
    contact_id = work.correspondent().contact_id
    if not contact_id:
        return subject
    address = _writes(work, contact_id)
    if address:
        work.works(contact_id, address, "a mail came from it")
    return replace(subject, contact=work.state(contact_id), address=address)


def _writes(work: Work, contact_id: str) -> str:
    """Give the contact's address that a mail was sent from, "" where somebody else sent it."""
    sender = normalise(next(iter(work.mail.sender), ""))
    if work.mail.kind not in WRITTEN or contact_id not in work.book.holders_of(sender):
        return ""
    return work.book.held(contact_id, sender)


def _delivered(work: Work) -> None:
    """Note which addresses a success report shows to work."""
    for verdict in work.mail.recipients:
        match = match_recipient(work.mail, verdict, work.book)
        if match.contact_id:
            work.works(match.contact_id, match.address, "a mail to it was delivered")
