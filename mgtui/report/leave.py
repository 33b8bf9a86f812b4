"""What an automatic reply tells about the person: a new address, the day of return."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from mgtui.report.addresses import find_addresses
from mgtui.report.days import days_in
from mgtui.report.lazy import LazyPattern
from mgtui.report.parsed import ParsedMail

#: Words that say that the address itself is given up, lower case; "no longer in today" gives up nothing.
_GIVEN_UP: Final = LazyPattern(
    r"no longer (?!in the office|in today|at my desk)"
    r"|not any ?more|new (?:e-?mail|mail|address|contact)|(?:address"
    r"|e-?mail) (?:has )?changed|changed (?:my|our|to)|has left|have left"
    r"|left the company|has been replaced|update your|moved to|(?:has|have|i|he|she) retired|successor"
    r"|(?:is|was|has been) (?:closed|deactivated|discontinued)"
    r"|nicht mehr (?!im b(?:ü|ue)ro|im haus|am (?:arbeits)?platz|heute)|neue[nr]? (?:e-?mail"
    r"|mail|adresse|kontakt)|hat sich geändert|geändert|im ruhestand|in den ruhestand|stillgelegt|abgeschaltet"
    r"|nachfolger|(?:firma|arbeitgeber|stelle) gewechselt|ab sofort unter|jetzt unter"
    r"|ausgeschieden|verlassen|obsolete|out of date|not in use|ungültig|wird nicht (?:mehr )?gelesen"
    r"|ne travaille plus|n'est plus|ne fais? plus partie"
    r"|nouvelle adresse|quitté|a changé|ya no|nueva direcci|(?:he|ha) dejado (?:la|el|mi|de trabajar)"
    r"|nuevo correo|ha cambiado|não trabalh|j[áa] não|novo e-?mail|novo endere|non lavor|non è più|h[oa] lasciato"
    r"|nuovo indirizzo|nuova e-?mail|niet (?:meer|langer)|nieuwe? (?:e-?mail|adres)"
)
#: The same in languages further east and north; two patterns, since one of so many words would be tried everywhere.
_GIVEN_UP_ELSEWHERE: Final = LazyPattern(
    r"nie pracuj|już nie|nowy adres|zmian[aie] adres|больше не|новый адрес|уволи"
    r"|har slutat|ny (?:e-?post|e-?mail|mail|adress)|inte längre|ikke læ?nge?re?|ikke lenger|er fratrådt"
    r"|har sluttet|\benää\b|uusi (?:sähköposti|osoite)|již (?:zde |tu )?ne|už (?:zde |tu )?ne|nepracuj"
    r"|nov[áý] (?:adres|e-?mail)|már nem|új (?:e-?mail"
    r"|cím)|artık|yeni (?:e-?posta|adres)|ayrılmış|δεν εργάζ|δεν ισχύει|νέα διεύθυνση"
    r"|退職|退社|異動|新しい(?:メール)?アドレス|変更|离职|離職|新邮箱|新地址|新郵件|퇴사|퇴직|새 (?:이메일|주소|메일)"
)
#: Those that somebody writes, too, who will be back: "I won't read mails any more before the 16th".
_WEAK: Final = (
    *("no longer", "not any", "nicht mehr", "n'est plus", "ya no", "já não", "ja não", "non è più", "niet "),
    *("już nie", "больше не", "inte längre", "ikke", "enää", "již ", "už ", "már nem", "artık"),
)
#: Lines that tell since when somebody is gone for good.
_LEFT: Final = LazyPattern(
    r"no longer (?:work|with|employ|part)|left (?:the|our) |retired|nicht mehr (?:für|bei|in unsere|tätig|beschäftigt)"
    r"|ausgeschieden|ne travaille plus|a quitté|ya no (?:trabaj|est)|non lavora|niet meer (?:werkzaam|in dienst)"
    r"|nie pracuj|больше не работ|har slutat|har sluttet|退職|离职|퇴사"
)
_END_FIELD: Final = re.compile(r"endDate=(\d{4}-\d{2}-\d{2})")
_QUOTE: Final = re.compile(
    r"\s{0,4}>|-{3,20} ?(?:original|ursprüngliche|message|mensaje|messaggio|oorspronk)|(?:on|am|le|el) .{4,200}"
    r"(?:wrote|schrieb|a écrit|escribió).{0,60}:\s{0,3}$",
    re.I,
)
#: What a line says that names the day of return besides the last day of absence, lower case.
_RETURNS: Final = LazyPattern(
    r"\bback\b|return|resum|reopen|wieder|zur(?:ü|ue)ck|rückkehr|retour|rouvr|vuelta|vuelv|regres|rientr|riapr|terug|weer"
    r"|tillbaka|tilbage|tilbake|igen|wrac|powr|вернусь|снова|出社|営業|再開|戻|返回|恢复|恢復|上班|복귀|돌아"
)
_DIGIT: Final = re.compile(r"\d")
_SOON: Final = timedelta(days=7)  #: from the last day of absence to the day of return
_OLDEST: Final = timedelta(days=31)  #: how long ago a day of return may be: responders are forgotten, too


def new_address(mail: ParsedMail) -> str | None:
    """Give the address that a reply asks to use from now on, where it gives up the old one."""
    own = {address.lower() for address in (*mail.headers.sender, *mail.headers.addressees)}
    text = " ".join(_own_words(mail, 60))[:6000]
    lower = text.lower().replace("’", "'")
    said = (_GIVEN_UP.search(lower) or _GIVEN_UP_ELSEWHERE.search(lower)) if "@" in text else None
    if said is None:
        return None
    if said[0].startswith(_WEAK) and not _LEFT.search(lower) and returns_on(mail):
        return None
    return next((a for a in find_addresses(text) if a.lower() not in own and "mailto" not in a.lower()), None)


def returns_on(mail: ParsedMail) -> str | None:
    """Give the day of return as ISO 8601; where no year is named, the first that lies ahead of the mail."""
    if match := _END_FIELD.search(mail.headers.get("x-apple-criteria")):
        return match[1]
    sent = date.fromisoformat(mail.headers.sent_at[:10]) if mail.headers.sent_at else None
    american = mail.headers.get("content-language").lower() == "en-us"
    found: date | None = None
    for text in (mail.headers.subject, *_own_words(mail, 40)):
        if not _DIGIT.search(text) or (found and not _RETURNS.search(text.lower())):
            continue
        if _LEFT.search(text.lower().replace("’", "'")):
            continue
        named = days_in(text[:500], sent, american=american)
        days = [day for day in named if sent is None or day >= sent - _OLDEST]
        if not days:
            continue
        last = max(days)  # "away from the 3rd to the 14th, back on the 15th"
        if found is None:
            found = last
        elif found < last <= found + _SOON:
            found = last  # the same in two lines
    return found.isoformat() if found else None


def _own_words(mail: ParsedMail, most: int) -> Sequence[str]:
    """Give the lines up to the mail that a reply quotes."""
    texts: list[str] = []
    for line in mail.notice[:most]:
        if _QUOTE.match(line.text[:300]):
            break
        texts.append(line.text)
    return texts
