"""What an automatic reply tells about the person: a new address, the day of return."""

import re
from datetime import date
from typing import Final

from mgtui.report.addresses import find_addresses
from mgtui.report.dates import MONTHS
from mgtui.report.lazy import LazyPattern
from mgtui.report.parsed import ParsedMail

#: Words that say that the address itself is given up, lower case.
_GIVEN_UP: Final = LazyPattern(
    r"no longer|not any ?more|new (?:e-?mail|mail|address|contact)|(?:address"
    r"|e-?mail) (?:has )?changed|changed (?:my|our|to)|has left|have left"
    r"|left the company|has been replaced|update your|moved to|nicht mehr|neue[nr]? (?:e-?mail"
    r"|mail|adresse|kontakt)|hat sich geändert|geändert"
    r"|ausgeschieden|verlassen|obsolete|out of date|not in use|ungültig|wird nicht (?:mehr )?gelesen"
    r"|ne travaille plus|n'est plus|ne fais? plus partie"
    r"|nouvelle adresse|quitté|a changé|ya no|nueva direcci"
    r"|nuevo correo|ha cambiado|não trabalh|j[áa] não|novo e-?mail|novo endere|non lavor|non è più"
    r"|nuovo indirizzo|nuova e-?mail|niet meer|nieuwe? (?:e-?mail|adres)"
    r"|nie pracuj|nowy adres|zmian[aie] adres|больше не|новый адрес"
    r"|退職|異動|新しい(?:メール)?アドレス|変更|离职|新邮箱|新地址|新郵件"
)
_NUMERIC: Final = r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?\.?"
_ISO: Final = r"(\d{4})-(\d{2})-(\d{2})"
#: Month names by their first letters, in the languages that write them like this.
_NAMES: Final = MONTHS | {
    name: number
    for number, names in enumerate(
        (
            "ene gen sty janv янв",
            "fév fev lut фев",
            "mär mae mrt maa мар",
            "avr abr kwi апр",
            "mai mag mei maj май мая",
            "juin giu cze июн",
            "juil lug lip июл",
            "aoû ago sie авг",
            "set wrz сен",
            "okt ott out paź окт",
            "lis ноя",
            "dez déc dic gru дек",
        ),
        start=1,
    )
    for name in names.split()
}
_WORDED: Final = (
    r"(\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s{1,3}(?:of |de |d')?([^\W\d_]{3,10})\.?(?:,?\s{1,3}(?:de )?(\d{4}))?"
)
_AMERICAN: Final = (
    r"((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?\s{1,3}"
    r"(\d{1,2})(?:st|nd|rd|th)?(?:,?\s{1,3}(\d{4}))?"
)
_BEFORE: Final = (
    r"(?:r(?:ü|ue)ckkehr|zur(?:ü|ue)ck|bis(?: einschlie(?:ß|ss)lich| inkl\.?)?(?: zum)?|ab(?: dem)?|am"
    r"|until|till|through|thru"
    r"|back(?: in (?:the )?office)?(?: on)?|to|return(?:ing)?(?: to (?:the )?(?:office|work))?(?: on)?"
    r"|jusqu'au|au|de retour le|à partir du|hasta el|al|regres[oaeé]\w{0,4} el|de vuelta el|vuelvo el|até"
    r"|fino al"
    r"|(?:rientr\w{1,6}|torn(?:o|erò)|di ritorno) il|(?:volto|de volta|retorno)(?: em| no dia| dia)?"
    r"|a partir de"
    r"|tot(?: en met)?|terug op|vanaf|do(?: dnia)?|wracam(?: do (?:biura|pracy))?|powrót|вернусь|от|до|по|с):?"
)
_WEEKDAY: Final = r"(?:\s{0,3}(?:[^\W\d_]{2,10}),?)?\s{1,3}(?:(?:den|dem|the|le|el|il|dnia)\s{1,3})?"
_WHEN: Final = LazyPattern(rf"\b{_BEFORE}{_WEEKDAY}(?:{_ISO}|{_NUMERIC}|{_WORDED}|{_AMERICAN})", re.I)
_JAPANESE: Final = LazyPattern(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:\([^)]{1,3}\))?(?:まで|より|から|に(?:戻|出社|復帰|帰)|返回"
    r"|回来|回到|恢复|休假|前)"
)
_END_FIELD: Final = re.compile(r"endDate=(\d{4}-\d{2}-\d{2})")


def new_address(mail: ParsedMail) -> str | None:
    """Give the address that a reply asks to use from now on, where it gives up the old one."""
    own = {address.lower() for address in (*mail.headers.sender, *mail.headers.addressees)}
    text = " ".join(line.text for line in mail.notice[:60])[:6000]
    if "@" not in text or not _GIVEN_UP.search(text.lower()):
        return None
    return next((a for a in find_addresses(text) if a.lower() not in own and "mailto" not in a.lower()), None)


def returns_on(mail: ParsedMail) -> str | None:
    """Give the day of return as ISO 8601; where no year is named, the first that lies ahead of the mail."""
    if match := _END_FIELD.search(mail.headers.get("x-apple-criteria")):
        return match[1]
    sent = date.fromisoformat(mail.headers.sent_at[:10]) if mail.headers.sent_at else None
    lines = [mail.headers.subject, *(line.text for line in mail.notice[:40])]
    for text in lines:
        days = [day for match in _WHEN.compiled.finditer(text[:500]) if (day := _day(match, sent, mail))]
        if days:
            return max(days).isoformat()  # "away from the 3rd to the 14th, back on the 15th"
        found = _JAPANESE.search(text[:500])
        if found and (day := _date(found[1], int(found[2]), int(found[3]), sent)):
            return day.isoformat()
    return None


def _day(match: re.Match[str], sent: date | None, mail: ParsedMail) -> date | None:
    groups = match.groups()
    if groups[0]:
        return _date(groups[0], int(groups[1]), int(groups[2]), sent)
    if groups[3]:
        first, second = int(groups[3]), int(groups[4])
        american = "/" in match[0] and (
            second > 12 or mail.headers.get("content-language").lower() == "en-us"
        )
        day, month = (second, first) if american else (first, second)
        return _date(groups[5], month, day, sent)
    if groups[6]:
        return _date(groups[8], _month(groups[7]), int(groups[6]), sent)
    return _date(groups[11], _month(groups[9]), int(groups[10]), sent)


def _month(name: str) -> int:
    name = name.lower()
    return _NAMES.get(name[:4]) or _NAMES.get(name[:3]) or 0


def _date(year: str | None, month: int, day: int, sent: date | None) -> date | None:
    if year is None and sent is None:
        return None
    number = int(year) if year else sent.year if sent else 0
    number += 2000 if number < 100 else 0
    try:
        found = date(number, month, day)
        if year is None and sent and (sent - found).days > 14:
            found = date(number + 1, month, day)
    except ValueError:
        return None
    return found
