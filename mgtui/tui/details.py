"""What is told of an item beside the list: why it waits, what the mail says, and on which line."""

from dataclasses import dataclass

from eventstore.events import MailClassified
from mgtui.questions import Row
from mgtui.tui.paint import Line, field
from mgtui.tui.telling import counted, moment, verdict_lines, words
from projections.reviews import BRAKE


@dataclass(frozen=True, slots=True)
class Details:
    """An item with what belongs to it."""

    item: Row
    mail: MailClassified | None
    candidates: tuple[Row, ...]

    def lines(self, width: int) -> list[Line]:
        """Lay it out: what decides first, what only describes last."""
        item, mail = self.item, self.mail
        if item["reason"] == BRAKE:
            return brake_lines(item, width)
        lines = field("why", f"{words(item['reason'])}: {item['why']}", width, "strong")
        if item["address"]:
            lines += field("address", item["address"], width)
        for contact in self.candidates:
            lines += field("candidate", contact_line(contact), width, "good")
        verdicts = [verdict.model_dump() for verdict in mail.recipients] if mail else []
        ours = [one for one in verdicts if item["address"] in (one["recipient"], one["original_recipient"])]
        for verdict in ours or verdicts:
            lines += verdict_lines(verdict, width)
        lines += field("from", item["sender"] or "nobody (null sender)", width)
        lines += field("subject", item["subject"] or "(none)", width)
        return lines + self._about(width)

    def _about(self, width: int) -> list[Line]:
        item, mail = self.item, self.mail
        parts = [words(item["kind"] or "not read"), moment(item["sent_at"] or item["fetched_at"])]
        if item["attachments"]:
            parts.append(counted(item["attachments"], "attachment"))
        lines = field("mail", " · ".join(part for part in parts if part), width, "dim")
        if mail is None:
            return lines
        if mail.addressees:
            lines += field("to", ", ".join(mail.addressees[:5]), width, "dim")
        if mail.mailing:
            lines += field("answers", mail.mailing, width, "dim")
        if mail.category:
            lines += field("category", mail.category, width, "dim")
        if mail.new_address:
            lines += field("new addr.", mail.new_address, width, "good")
        for finding in mail.findings[:5]:
            lines += field("damaged", finding, width, "warn")
        return lines


def brake_lines(item: Row, width: int) -> list[Line]:
    """Tell why decisions wait, how many, and what can be done with them."""
    lines = field("why", item["why"], width, "strong")
    lines += field("waiting", counted(item["held"], "decision"), width, "warn")
    lines += field("since", moment(item["opened_at"]), width)
    lines += field("l", "lets them all through: each is decided as the rules say", width, "good")
    return lines + field("d", "drops them all: none of these bounces counts", width, "bad")


def contact_line(contact: Row) -> str:
    """Name a contact in a line."""
    return f"{contact['contact_id']}  {contact['name']}  {', '.join(contact['addresses'])}"


def evidence_lines(mail: MailClassified | None) -> tuple[int, ...]:
    """Give the lines of the raw mail that the verdicts and the kind rest on, the most telling one first."""
    if mail is None:
        return ()
    found = [verdict.line for verdict in mail.recipients if verdict.line]
    return tuple(dict.fromkeys([*sorted(found), *([mail.line] if mail.line else [])]))
