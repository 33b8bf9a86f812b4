"""A cheap look at the header: does anything in it say that a machine reports about another mail?"""

import re
from typing import Final

from mgtui.report.dialects.writer import is_automatic, is_desk, is_personal_program, is_report_by_subject
from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Headers
from mgtui.report.once import once
from mgtui.report.parsed import ParsedMail

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
#: What the subjects of reports say, in many languages; looked for in lower case.
_FAILURE_SUBJECT: Final = re.compile(
    r"(?:mail|message)s? (?:has |have |was |were )?(?:failed|bounced|not delivered)|fail(?:ure|ed) (?:mail"
    r"|notice|notification|delivery|report|to deliver)|failure|undeliver"
    r"|un-?deliver|non-?deliver"
    r"|not (?:be )?(?:been )?(?:yet )?(?:successfully )?deliver|(?:returned|return|bounced"
    r"|rejected|refused|blocked|undelivered)[: ]"
    r"{0,3}(?:e-?)?(?:mail|message)|mail returned|message returned|returned to sender"
    r"|returning (?:your )?(?:message|mail)"
    r"|return(?:ing)? to sender|delivery (?:status|report|problem|error|delay|fail|not|notif"
    r"|incident|has|unsuc|warn|to)"
    r"|delivery[- ]?(?:status )?notification|mail (?:system )?error|mail delivery|message delivery"
    r"|deliver(?:y|ed) err"
    r"|error (?:sending|delivering|in )|error.{0,30}(?:mail|message)|mail (?:could|was|has) not"
    r"|message (?:could|was|has|can|you sent).{0,30}(?:not|delay|block|reject)"
    r"|could ?n[o']t (?:be )?(?:deliver|send|sent)"
    r"|can(?:'t|not) (?:be )?deliver|user (?:unknown|not)|unknown user|no such user"
    r"|unknown address|unknown recipient"
    r"|address (?:unknown|not|error|invalid|chang|rejected)|invalid (?:address|recipient|user"
    r"|mail)|mailbox (?:full|unav|quota|not)"
    r"|over quota|quota exceeded|warning: (?:message|could|mail)|message status|delayed"
    r"|still being retried|rejected"
    r"|transient|permanent error|message blocked|blocked by|virus|spam|bounce|status notification"
    r"|your message to .{0,80}(?:wait|bounc|reject)|warning.{0,60}(?:deliver|delay)|wasn't sent"
    r"|not sent|not read|problem|^nd[rn]\b|^dsn\b"
    # German
    r"|unzustell|nicht zugestellt|zustell(?:fehler|ungsfehler|status|bericht|ung (?:fehl|nicht"
    r"|verz))|fehler|unbekannt"
    r"|zustellungs|zurückgewiesen|zurueckgewiesen|abgelehnt|r(?:ü|ue)ckantwort|postfach|unzulässig"
    r"|mail an .{0,60}fehl"
    r"|konnte nicht|übermittlung|fehlgeschlagen|verzögert|zurück an absender|rückläufer"
    # French, Spanish, Portuguese, Italian, Dutch
    r"|non remis|non-remise|échec|echec|non délivr|impossible de|retourn|no se (?:pudo|puede|ha)"
    r"|no entregad|devuelto|devolu"
    r"|error de|fallo|fallid|rechazad|falha|não (?:foi|entreg|pôde)|nao (?:foi|entreg)|erro "
    r"|mancat[ao]|recapito|non consegn"
    r"|impossibile|fallit|niet (?:bezorg|afgeleverd|aflever)|onbestelbaar|mislukt|geweigerd|vertrag"
    # Polish, Czech, Hungarian, Turkish, Scandinavian
    r"|niedostarcz|nie dostarcz|nie mo(?:ż|z)na|nie zosta|zwr(?:o|ó)t|nedoru(?:č|c)|doru(?:č|c)en"
    r"|k(?:é|e)zbes(?:í|i)t"
    r"|sikertelen|iletile|teslim|kunde inte|kunne ikke|olevererbar|ikke levert|ej levere|toimit"
    r"|doru(?:č|c)it|isporu|livrat|levererad|leveret|levert|toimitus|gönderil|παράδοσ|παραδ|تسليم|למסור"
    r"|נמסר|ส่งไม่"
    # Russian, Japanese, Chinese, Korean
    r"|недостав|не достав|не может быть|не удалось|ошибка|возвращ|возврат|не доставлено|エラー|配信|不達"
    r"|送信でき|届きません|配達"
    r"|送れません|失敗|退信|退回|投递|失败|系统|无法|未送达|传送|배달|반송|실패|전송",
)
_REPLY_PREFIX: Final = re.compile(
    r"(?:re|fwd?|aw|wg|sv|vs|antw|tr|rv|enc|odp|ynt|res|vl|r|i|doorst|回复|转发|答复|отв"
    r"|ha)(?:\[\d\])?\s?[:：]",
    re.I,
)
#: QUIRK: some French hosts put their verdict behind the subject: `RE: Letter : non remis (delivery failed)`.
_VERDICT_BEHIND: Final = LazyPattern(
    r".{0,500}(?: : non remis|\(delivery failed\))(?: \(delivery failed\))?\s{0,4}$", re.I
)
#: Help desks put the number of their ticket before the subject that somebody asked about.
_TICKET: Final = LazyPattern(
    r"\[(?:[\w .-]{0,30}(?:ticket|case|support|issue|bug|request|anfrage|vorgang)[\w .:-]{0,10}#?"
    r"|#)\s?[\w-]{0,10}\d{2}"
    r"|(?:ticket|case|issue|bug) ?#\d{2}|\[[\w .-]{1,40} #\d{2}|\((?:issue |pr |pull request )?#\d{1,7}\)"
    r"|\[[a-z]{2,10}-\d{2,8}\]|\[[\w .-]{2,20}\] \([a-z][a-z0-9]{1,9}-\d{1,7}\)"
    r"|\b(?:ticket|case|incident|vorgang)(?: (?:id|no|nr|number))?[ :#.-]{1,3}[a-z]{0,6}-?\d{3}",
    re.I,
)
#: Where a server notes the sender that the envelope named.
_SENDER_FIELDS: Final = frozenset(("x-envelope-from", "envelope-from", "x-original-sender"))
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
        return _REPLY_PREFIX.match(self.subject) is not None and _VERDICT_BEHIND.match(self.subject) is None

    @once
    def automatic(self) -> bool:
        """Tell whether Auto-Submitted says that a machine wrote the mail."""
        return self._headers.auto_submitted.lower().partition(";")[0].strip() in _AUTOMATIC

    @once
    def structured(self) -> bool:
        """Tell whether there is a part or a field that only reports have."""
        return _is_structured(self._mail, self)

    @once
    def failure_subject(self) -> bool:
        """Tell whether the subject speaks of a failure."""
        return _FAILURE_SUBJECT.search(self.subject) is not None

    @once
    def is_human(self) -> bool:
        """Tell a mail that a person seems to have written: an answer, or a help desk's ticket."""
        if self.structured:
            return False
        if is_desk(self._headers):
            return True
        if self.null_sender:
            return False
        if self.daemon:  # the bounce of a ticket names it, too, but behind words of its own
            return _TICKET.match(self.subject) is not None or self._is_answer
        return self.reply_subject or _TICKET.search(self.subject) is not None

    @property
    def _is_answer(self) -> bool:
        """Tell the answer of somebody who is called like a mail system: sent as mail is, in a thread, by hand."""
        headers = self._headers
        return (
            self.reply_subject
            and bool(headers.return_path)
            and bool(headers.get("in-reply-to"))
            and not headers.auto_submitted
            and not headers.get("from").lower().partition("<")[2].startswith(("mailer-daemon", "mdaemon"))
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
    return not is_pasted and not is_letter and not is_personal_program(headers)


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
