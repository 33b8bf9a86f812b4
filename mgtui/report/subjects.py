"""What a subject, in lower case, gives away: a failure, the answer of a person, the ticket of a help desk."""

import re
from typing import Final

from mgtui.report.lazy import LazyPattern

#: What the subjects of reports say, in many languages; looked for in lower case. These are three patterns, since one
#: of so many words would be tried at every letter.
_ENGLISH: Final = LazyPattern(
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
    r"|not sent|not read|problem|^ndr\b|^ndn\b|^dsn\b"
)
_EUROPEAN: Final = LazyPattern(
    # German
    r"unzustell|nicht zugestellt|zustell(?:fehler|ungsfehler|status|bericht|ung (?:fehl|nicht"
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
    r"|doru(?:č|c)it|isporu|livrat|levererad|leveret|levert|toimitus|gönderil"
)
_ELSEWHERE: Final = LazyPattern(
    # Greek, Arabic, Hebrew, Thai, Russian, Japanese, Chinese, Korean
    r"παράδοσ|παραδ|تسليم|למסור|נמסר|ส่งไม่|недостав|не достав|не может быть|не удалось|ошибка|возвращ"
    r"|возврат|не доставлено|エラー|配信|不達"
    r"|送信でき|届きません|配達"
    r"|送れません|失敗|退信|退回|投递|失败|系统|无法|未送达|传送|배달|반송|실패|전송"
)
_FAILURES: Final = (_ENGLISH, _EUROPEAN, _ELSEWHERE)
#: A tag may stand before it: of a list, a spam filter, a gateway (`[EXTERNAL] Fwd: ...`).
_REPLY_PREFIX: Final = re.compile(
    r"(?:\[[^\[\]]{1,40}\]\s{0,3}){0,3}(?:re|fwd?|aw|wg|sv|vs|antw|tr|rv|enc|odp|ynt|res|vl|r|i|doorst|回复|转发|答复|отв"
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


def tells_failure(subject: str) -> bool:
    """Tell a subject that speaks of a failure."""
    # A plain loop: `any` with a generator takes twice as long.
    for pattern in _FAILURES:  # noqa: SIM110
        if pattern.search(subject) is not None:
            return True
    return False


def is_reply(subject: str) -> bool:
    """Tell a subject with Re:, Fwd:, AW: ... as people's mail programs write it."""
    return _REPLY_PREFIX.match(subject) is not None and _VERDICT_BEHIND.match(subject) is None


def names_ticket(subject: str) -> bool:
    """Tell a subject with the number of a ticket."""
    return _TICKET.search(subject) is not None


def begins_with_ticket(subject: str) -> bool:
    """Tell a subject that the number of a ticket stands before."""
    return _TICKET.match(subject) is not None
