"""What is told of an item beside the list: why it waits, what the mail says, and on which line."""

from dataclasses import dataclass

from eventstore import data_of
from eventstore.events import MailClassified
from mgtui.language import _, counted
from mgtui.moments import moment
from mgtui.questions import Row
from mgtui.retelling import retold
from mgtui.tui.paint import Line, field
from mgtui.tui.telling import verdict_lines, words
from projections.reviews import BRAKE


@dataclass(frozen=True, slots=True)
class Details:
    """An item with what belongs to it."""

    item: Row
    mail: MailClassified | None
    candidates: tuple[Row, ...]
    release: str = "l"  #: the key that lets through what waits behind a brake
    drop: str = "d"  #: the key that drops it

    def lines(self, width: int) -> list[Line]:
        """Lay it out: what decides first, what only describes last."""
        item, mail = self.item, self.mail
        if item["reason"] == BRAKE:
            return brake_lines(item, width, self.release, self.drop)
        lines = field(_("why"), f"{words(item['reason'])}: {retold(item['why'])}", width, "strong")
        if item["address"]:
            lines += field(_("address"), item["address"], width)
        for contact in self.candidates:
            lines += field(_("candidate"), contact_line(contact), width, "good")
        verdicts = [data_of(verdict) for verdict in mail.recipients] if mail else []
        ours = [one for one in verdicts if item["address"] in (one["recipient"], one["original_recipient"])]
        for verdict in ours or verdicts:
            lines += verdict_lines(verdict, width)
        lines += field(_("from"), item["sender"] or _("nobody (null sender)"), width)
        lines += field(_("subject"), item["subject"] or _("(none)"), width)
        return lines + self._about(width)

    def _about(self, width: int) -> list[Line]:
        item, mail = self.item, self.mail
        parts = [
            words(item["kind"]) if item["kind"] else _("not read"),
            moment(item["sent_at"] or item["fetched_at"]),
        ]
        if item["attachments"]:
            parts.append(counted(item["attachments"], "{} attachment", "{} attachments"))
        lines = field(_("mail"), " · ".join(part for part in parts if part), width, "dim")
        if mail is None:
            return lines
        if mail.addressees:
            lines += field(_("to"), ", ".join(mail.addressees[:5]), width, "dim")
        if mail.mailing:
            lines += field(_("answers"), mail.mailing, width, "dim")
        if mail.category:
            lines += field(_("category"), mail.category, width, "dim")
        if mail.new_address:
            lines += field(_("new addr."), mail.new_address, width, "good")
        for finding in mail.findings[:5]:
            lines += field(_("damaged"), retold(finding), width, "warn")
        return lines


def brake_lines(item: Row, width: int, release: str, drop: str) -> list[Line]:
    """Tell why decisions wait, how many, and what can be done with them."""
    lines = field(_("why"), retold(item["why"]), width, "strong")
    lines += field(_("waiting"), counted(item["held"], "{} decision", "{} decisions"), width, "warn")
    lines += field(_("since"), moment(item["opened_at"]), width)
    lines += field(release, _("lets them all through: each is decided as the rules say"), width, "good")
    return lines + field(drop, _("drops them all: none of these bounces counts"), width, "bad")


def contact_line(contact: Row) -> str:
    """Name a contact in a line."""
    return f"{contact['contact_id']}  {contact['name']}  {', '.join(contact['addresses'])}"


def evidence_lines(mail: MailClassified | None) -> tuple[int, ...]:
    """Give the lines of the raw mail that the verdicts and the kind rest on, the most telling one first."""
    if mail is None:
        return ()
    found = [verdict.line for verdict in mail.recipients if verdict.line]
    return tuple(dict.fromkeys([*sorted(found), *([mail.line] if mail.line else [])]))
