"""Why each rule speaks on a mail or doesn't, as things stand now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from eventstore.events import MailClassified
from mgtui.contacts import match_recipient
from mgtui.rules.decide import REPORTS_ON_RECIPIENTS, letter_subject, starting
from mgtui.rules.match import Check, Subject, checks, first_rules
from mgtui.rules.office import Office
from mgtui.rules.work import Known


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule on one recipient of a mail, or on the mail as a whole."""

    address: str
    contact_id: str | None
    rule: str
    speaks: bool
    checks: tuple[Check, ...]


def explain(mail: MailClassified, known: Known, office: Office, today: date) -> Iterator[Explained]:
    """Try every rule on every recipient; a bounce that is counted already isn't counted again."""
    work = starting(mail, known, office, today)
    if mail.kind not in REPORTS_ON_RECIPIENTS:
        subject = letter_subject(work)
        yield from _rules(office, subject, work.correspondent().contact_id)
        return
    for verdict in mail.recipients:
        match = match_recipient(mail, verdict, work.book)
        if match.contact_id:
            yield from _rules(
                office, work.subject(verdict, match.contact_id, match.address), match.contact_id
            )


def _rules(office: Office, subject: Subject, contact_id: str | None) -> Iterator[Explained]:
    deciding = first_rules(office.rules, subject)
    for rule in office.rules:
        found = tuple(checks(rule.when, subject))
        yield Explained(subject.address, contact_id, rule.name, rule in deciding, found)
