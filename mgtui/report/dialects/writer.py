"""Who wrote a mail: a program that reports, or a person."""

import re
from collections.abc import Iterable

from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Headers

_DAEMON = LazyPattern(
    r"mailer[-_.]?daemon|post[-_ ]?master|mdaemon|mail[-_ .]?(?:delivery|daemon|system|administrator)"
    r"|delivery[-_ .]?(?:system|subsystem|status|agent)|system administrator|microsoftexchange[0-9a-f]{8}"
    r"|double-bounce|\bbounces?@|smtp_mail_service|mailservice|antivirus_for_smtp|imss@|mail(?:server)?robot"
    r"|undeliver|mail-?gateway|post_master|sysadmin@vzw|no-?reply@sns\.|mailadmin|mailmaster|listserv@|ndr@",
    re.IGNORECASE,
)
_SUBJECT = LazyPattern(
    r"\s{0,20}(?:\[[^\]]{1,40}\]\s{0,20}|\*{1,8}\s{0,20})?(?:"
    r"fail(?:ure|ed) (?:notice|delivery|mail)|mail (?:delivery |could not be |not |system )?(?:fail"
    r"|problem|error"
    r"|deliver|warning)|mail delivery|undeliver|(?:could not|can ?not|unable to) (?:be )?deliver"
    r"|returned (?:mail|to sender)|return(?:ed|ing)? message|deliver(?:y|ing)[ _-](?:status|fail|notif|report"
    r"|error|problem|delay|has|to)|(?:permanent |temporary )?delivery (?:fail|problem|delay)|non[- ]?deliver"
    r"|message (?:delivery|status|undeliver|could|delayed|not deliver(?:ed|able))|warning: (?:message|could not"
    r"|e?-?mail)"
    r"|delayed mail|mail delay|dsn:|ndn:|bounced? (?:mail|message|e-?mail)|there was an error sending"
    r"|processing error|failed mail|email delivery|notification d|rejected|automatically rejected"
    r"|unzustellbar|nicht zustellbar|(?:e-?mail|mail|nachricht|ihre nachricht).{0,30}nicht zugestellt"
    r"|zustell(?:ung|fehler)|r(?:ü|ue)ck(?:antwort|lauf|läufer)|fehler(?:hafte)? (?:bei )?(?:der )?zustellung"
    r"|fehlgeschlagen|non remis|non distribu|échec|message non|remise|avis de non|non recapitabile"
    r"|no (?:se )?(?:pud|entregad)|correo no|devuelto|mensaje no|não (?:entreg|foi)|falha|devolu"
    r"|onbestelbaar|niet bezorgd|nie ?dostarcz|zwrot|недостав|не ?доставл"
    r"|ошибка достав|配信|送信|退信|系统退信"
    r"|邮件|メール.{0,12}(?:でき|エラー)|mail system error|エラー"
    r")",
    re.IGNORECASE,
)
#: Fields that only a program's report carries, whatever the writer is called.
_MARKS = ("x-mlserver", "x-mx-bounce", "x-ahmailid", "x-nai-header", "x-amz-sns-message-id", "x-mc-system")
_PROGRAM = LazyPattern(r"<smtp32|m-filter|local-mailhub|spamlion", re.IGNORECASE)
# Programs that people write with.
_PERSONAL_PROGRAM = LazyPattern(
    r"thunderbird|apple mail|ip(?:hone|ad) mail|microsoft outlook|outlook express|k-9|mutt|claws"
    r"|evolution|kmail"
    r"|roundcube|squirrelmail|horde|sogo|zimbra|eudora|the bat|pegasus|yahoomailwebservice|gmail|mailspring",
    re.IGNORECASE,
)
#: Fields that only help desks and trackers write, and what they are called as programs.
_DESK_FIELDS = frozenset(
    (
        *("rt-ticket", "rt-originator", "x-rt-interface", "x-sfdc-lk", "x-sfdc-entityid", "x-otrs-loop"),
        *(
            "x-znuny-version",
            "x-zammad-ticket-id",
            "x-zendesk-from-account-id",
            "x-fd-type",
            "x-freshdesk-ticket-id",
        ),
        *(
            "x-jira-fingerprint",
            "x-github-sender",
            "x-github-reason",
            "x-gitlab-project",
            "x-gitlab-issue-id",
        ),
        *(
            "x-redmine-host",
            "x-redmine-project",
            "x-bugzilla-reason",
            "x-bugzilla-product",
            "x-helpscout-auto",
        ),
        *("x-osticket-id", "x-kayako-ticket", "x-mantis-issue", "x-trac-ticket-id", "x-launchpad-bug"),
    )
)
_DESK = LazyPattern(
    r"salesforce|servicenow|otrs|znuny|zammad|zendesk|freshdesk|freshservice|whmcs|osticket|kayako|request tracker"
    r"|\bjira\b|redmine|mantis|helpspot|help ?scout|teamwork desk|zoho desk|jitbit|spiceworks|glpi",
    re.IGNORECASE,
)
_GREETING = LazyPattern(
    r"(?:hi|hello|hey|hallo|moin|guten (?:tag|morgen|abend)|liebe[r]?|sehr geehrte|dear|bonjour|salut|hola|ciao"
    r"|buongiorno|olá|cześć|dzień dobry|здравствуйте|привет)\b(?! {0,3}!? {0,3}$)(?!\. this is the)",
    re.IGNORECASE,
)
_PLEA = LazyPattern(
    r"\b(?:i (?:got|get|received|keep|tried|have|am|just)|i'm getting|ich (?:bekomme|habe|erhalte|kann)"
    r"|wir (?:bekommen|erhalten|haben)|kannst du|können sie|könnt ihr|please help|any idea|what shall|can you"
    r"|could you|je reçois|j'ai reçu|recibí|ho ricevuto)\b",
    re.IGNORECASE,
)


def is_automatic(headers: Headers) -> bool:
    """Tell whether the header shows a program as the writer: a null sender, a daemon, a field of its own."""
    if headers.return_path == "" or headers.get("x-failed-recipients"):
        return True
    if headers.auto_submitted and headers.auto_submitted.lower() != "no":
        return True
    if any(headers.get(name) for name in _MARKS) or _PROGRAM.search(headers.get("x-mailer")[:200]):
        return True
    if headers.get("from").strip() in ("", "<>"):
        return True
    if "multipart/report" in headers.get("content-type")[:200].lower():
        return True
    # A mailing list puts `list-bounces@` into the return path of what people write.
    path = headers.return_path or ""
    writers = f"{headers.get('from')} {' '.join(headers.sender[:1])}"
    return bool(_DAEMON.search(writers[:500]) or path.lower().startswith(("mailer-daemon", "postmaster")))


def is_report_by_subject(headers: Headers) -> bool:
    """Tell whether the subject alone is a report's, and nothing in the header a person's."""
    subject = headers.subject[:200]
    # QUIRK: some French hosts put the verdict behind the subject of the mail: `RE: News : non remis`.
    if not _SUBJECT.match(subject) and ": non remis" not in subject.lower():
        return False
    if headers.get("in-reply-to"):
        return False
    return not is_personal_program(headers)


def is_personal_program(headers: Headers) -> bool:
    """Tell whether the header names a program that people write with."""
    program = headers.get("x-mailer") or headers.get("user-agent")
    return bool(program) and _PERSONAL_PROGRAM.search(program[:200]) is not None


def is_desk(headers: Headers) -> bool:
    """Tell the mail of a help desk or a tracker, which quotes what its customers paste into it."""
    if not _DESK_FIELDS.isdisjoint(headers.names):
        return True
    program = headers.get("x-mailer") or headers.get("x-powered-by")
    return bool(program) and _DESK.search(program[:200]) is not None


def begins_personally(lines: Iterable[str]) -> bool:
    """Tell whether the first words are a person's: a greeting, a question, a plea."""
    first = [text.strip() for text in lines if text.strip()][:4]
    return any(_GREETING.match(text) or _PLEA.search(text[:120]) or _asks(text) for text in first)


def _asks(text: str) -> bool:
    return text.endswith("?") and "/" not in text  # a link may end so, too
