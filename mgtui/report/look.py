"""A cheap look at the header: does anything in it say that a machine reports about another mail?"""

import re
from typing import Final

from mgtui.report.dialects.writer import is_automatic, is_desk, is_personal_program, is_report_by_subject
from mgtui.report.lazy import LazyPattern, has_one
from mgtui.report.model import Headers
from mgtui.report.once import once
from mgtui.report.parsed import ParsedMail
from mgtui.report.part_types import FEEDBACK_TYPES
from mgtui.report.subjects import begins_with_ticket, is_reply, names_ticket, tells_failure

_DAEMON: Final = re.compile(
    r"^(?:mail(?:er)?[-_. ]?daemon|post[-_ .]?m(?:aster|ailer)|mdaemon|mail[-_. ]?(?:delivery|deliver|system"
    r"|gateway|gate|router|server|agent|admin(?:istrator)?|robot|checker|returned|errors?|bounces?|service)"
    r"|double-bounce|uucp|mmdf|qmaild|microsoftexchange[0-9a-f]{0,40}|symantec.{0,60}|antivirus.{0,20}"
    r"|mailscanner"
    r"|imss|smtp[-_.]?gateway|mailsystem|mailrobot|undeliver\w{0,10}|ndr|delivery[-_.]?(?:status|failure))"
    r"(?:[-+_.@]|$)",
    re.I,
)
_DAEMON_NAME: Final = LazyPattern(
    r"mail(?:er)?[- _]?daemon|(?:e-?)?mail (?:delivery|system|transfer|administrator|router)"
    r"|delivery (?:sub)?system"
    r"|postmaster|system[- ]?administrator|microsoft (?:outlook|exchange)|mail\.delivery\.system"
    r"|returned mail"
    r"|systemadministrator|mailzustellsystem|mail-system|nondelivery|internet mail delivery",
    re.I,
)
#: Where a server notes the sender that the envelope named.
_SENDER_FIELDS: Final = frozenset(("x-envelope-from", "envelope-from", "x-original-sender"))
#: What ends the first word of a field: parameters, or a comment as `vacation` writes it.
_WORD: Final = re.compile(r"[;(\s]")
_AUTOMATIC: Final = frozenset(("auto-replied", "auto-generated", "auto-notified"))


class Look:
    """What the header of a mail gives away; each thing is looked at when a reader first asks for it."""

    def __init__(self, mail: ParsedMail) -> None:
        self._mail = mail
        self._headers = mail.headers

    @once
    def null_sender(self) -> bool:
        """Tell whether the mail was sent from <> or by the mail system."""
        return has_null_sender(self._headers)

    @once
    def daemon(self) -> bool:
        """Tell whether the From field names a mail system."""
        return is_daemon(self._headers)

    @once
    def subject(self) -> str:
        """The subject in lower case."""
        return self._headers.subject[:500].lower()

    @once
    def reply_subject(self) -> bool:
        """Tell a subject with Re:, Fwd:, AW: ... as people's mail programs write it."""
        return is_reply(self.subject)

    @once
    def automatic(self) -> bool:
        """Tell whether Auto-Submitted says that a machine wrote the mail."""
        return _WORD.split(self._headers.auto_submitted.lower(), maxsplit=1)[0] in _AUTOMATIC

    @once
    def structured(self) -> bool:
        """Tell whether there is a part or a field that only reports have."""
        return _is_structured(self._mail, self)

    @once
    def failure_subject(self) -> bool:
        """Tell whether the subject speaks of a failure."""
        return tells_failure(self.subject)

    @once
    def is_human(self) -> bool:
        """Tell a mail that a person seems to have written: an answer, or a help desk's ticket."""
        if self.structured:
            return False
        if is_desk(self._headers):
            return True
        if self.null_sender:
            return False
        if self.daemon:
            return not self._is_server and (begins_with_ticket(self.subject) or self._is_answer)
        return self.reply_subject or names_ticket(self.subject)

    @property
    def _is_server(self) -> bool:
        """Tell a name that no person and no help desk has."""
        written = self._headers.get("from")[:300].lower()
        return has_one(("mailer-daemon", "mdaemon", "microsoftexchange"), written)

    @property
    def _is_answer(self) -> bool:
        """Tell the answer of somebody who is called like a mail system: sent as mail is, in a thread, by hand."""
        headers = self._headers
        return (
            self.reply_subject
            and bool(headers.return_path)
            and bool(headers.get("in-reply-to"))
            and not headers.auto_submitted
        )


def _is_structured(mail: ParsedMail, look: Look) -> bool:
    if mail.parts[0].content_type == "multipart/report":
        return not is_other_report(mail)
    if "x-failed-recipients" in mail.headers.names:
        return True
    if not (mail.status_lines or mail.feedback_lines or mail.disposition_lines):
        return False
    # Whoever attaches the part of a report to a letter of his own, or pastes it, asks a question about it.
    headers = mail.headers
    is_pasted = look.reply_subject and not headers.get("content-type").lower().startswith(
        ("multipart", "message")
    )
    is_letter = mail.parts[0].content_type == "multipart/mixed" and not (
        is_automatic(headers) or is_report_by_subject(headers)
    )
    if is_letter and len(mail.parts) > 1:
        # QUIRK: a list puts a report and its own footer together; a person's words come first. And nobody's
        # program attaches the fields of a complaint by themselves.
        is_letter = mail.parts[1].content_type != "multipart/report" and not _holds_complaint(mail)
    return not is_pasted and not is_letter and not is_personal_program(headers)


def _holds_complaint(mail: ParsedMail) -> bool:
    return bool(mail.feedback_lines) and any(part.content_type in FEEDBACK_TYPES for part in mail.parts)


def is_other_report(mail: ParsedMail) -> bool:
    """Tell a report about a server: one of RFC 8460 counts failed connections, and no mail came back."""
    return mail.parts[0].parameters.get("report-type", "").startswith("tls")


def has_null_sender(headers: Headers) -> bool:
    """Tell whether the mail was sent from <> (RFC 5321 section 4.5.5), or from the mail system by name."""
    path = headers.return_path
    if path is None:
        return not _SENDER_FIELDS.isdisjoint(headers.names) and any(
            name in _SENDER_FIELDS and value.strip() == "<>" for name, value in headers.raw
        )
    return not path or path.lower().startswith("mailer-daemon")


def is_daemon(headers: Headers) -> bool:
    """Tell whether the From field names a mail system."""
    if headers.sender and _DAEMON.match(headers.sender[0]):
        return True
    return _DAEMON_NAME.search(headers.get("from")[:300]) is not None
