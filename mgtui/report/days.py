"""Days that a prose names behind a word like "until": in the languages and forms in which people write them."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from mgtui.report.lazy import LazyPattern, has_one
from mgtui.report.months import month_of

_ISO: Final = r"(?P<y1>\d{4})[-./](?P<m1>\d{1,2})[-./](?P<d1>\d{1,2})"
_NUMERIC: Final = (
    r"(?!24/7\b)(?P<a2>\d{1,2})(?P<sep>[./] ?|-(?=\d{1,2}-\d{4}))(?P<b2>\d{1,2})"
    r"(?:(?:[./] ?|-)(?P<y2>\d{4}|\d{2}))?(?P<dot>\.?)(?!\d|:\d)"
    r"(?!\s?(?:%|[kmgt]b\b|std|stunden|hours?\b|days?\b|(?:werk|arbeits)?tagen?\b|weeks?\b|wochen|uhr\b|h\b|[ap]\.?m\b"
    r"|euro?\b|€))"
)
_WORDED: Final = (
    r"(?P<d3>\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s{1,3}(?:of |de |d')?"
    r"(?P<m3>(?!maand|maal|mail|mark|major)[^\W\d_]{3,12})\.?(?:,?\s{1,3}(?:de )?(?P<y3>\d{4}))?"
)
#: With the first day of a range in the same month between: `March 2-12`.
_AMERICAN: Final = (
    r"(?P<m4>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?\s{1,3}"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s?(?:[-–—]|to|through)\s?)?"
    r"(?P<d4>\d{1,2})(?:st|nd|rd|th)?(?:,?\s{1,3}(?P<y4>\d{4}))?"
)
_HUNGARIAN: Final = (
    r"(?:(?P<y5>\d{4})\.\s)?(?P<m5>[^\W\d_]{3,10})\s(?P<d5>\d{1,2})(?:-(?:ig|án|én|j[áé]n|t[óő]l|i)\b)"
)
_DAY: Final = rf"(?<!\d)(?:{_ISO}|{_NUMERIC}|{_WORDED}|{_AMERICAN})"
_BEFORE: Final = (
    # German, English
    r"(?:r(?:ü|ue)ckkehr|zur(?:ü|ue)ck|bis(?: einschlie(?:ß|ss)lich| einschl\.?| inkl\.?)?(?: zum)?|ab(?: dem)?"
    r"|vor dem|am"
    r"|until|till|through|thru|before|and|available(?: again)?(?: on| from)?|reopen\w{0,3}(?: on)?"
    r"|resum\w{1,3}(?: work)?(?: on)?"
    r"|back(?: (?:in|at) (?:the |my )?(?:office|work|desk))?(?: on)?|to"
    r"|return(?:ing)?(?: to (?:the )?(?:office|work))?(?: on)?"
    # French, Spanish, Portuguese, Italian
    r"|jusqu'au|au|(?:de )?retour(?: au bureau| prévu)? le|à partir du|à compter du|dès le"
    r"|hasta el(?: día)?|al|regres[oaeé]\w{0,4} el(?: día)?|de vuelta el|vuelvo el|a partir del"
    r"|até(?: ao?)?(?: dia)?|(?:volto|de volta|retorno|regress\w{1,6})(?: em| no dia| dia| a)?"
    r"|a partir de|fino al?|sino al?|(?:rientr\w{1,6}|torn(?:o|erò)|di ritorno)(?: previsto)? il"
    # Dutch, Scandinavian, Polish, Czech, Russian, Greek
    r"|tot(?: en met)?|t/m|terug op|weer terug|vanaf"
    r"|till(?: och med)?|t\.o\.m\.|til(?: og med)?|(?:tillbaka|tilbage|tilbake)(?: på kontoret)?|igen|åter|før"
    r"|do(?: dnia)?|wracam(?: do (?:biura|pracy))?|powrót|zpět|вернусь|выйду|от|до|по|с"
    r"|έως|μέχρι|επιστρ\w{2,8}"
    r"):?"
)
_ARTICLE: Final = r"(?:den|dem|the|le|el|il|dnia|d\.|στις|τις|την)"
_WEEKDAY: Final = rf"(?:\s{{0,3}}(?:[^\W\d_]{{2,12}}),?)?\s{{0,3}}(?:(?:,\s?)?{_ARTICLE}\s{{1,3}}|\()?"
#: Words of return may stand a few words before the day: `Rientrerò in ufficio lunedì 16 marzo`.
_BACK: Final = (
    r"(?:back|return|resum|kehr|r(?:ü|ue)ckkehr|wieder|zur(?:ü|ue)ck|retour|reprend|repris|reincorpor|regres|vuelv|volver|volt"
    r"|rientr|riprend|torner|terug|weer|tillbaka|åter|tilbage|tilbake|igen|palaa|takaisin|vrát|zpět|wrac|wróc|powr"
    r"|visszat|dön|επιστρ|верн|выйд)\w{0,9}\b(?:\s[^\W\d_]{1,12},?){0,4}\s{1,3}\(?"
)
#: What stands before a day that is meant; with the first day of a range in numbers: `3.3. - 14.3.`
_ANNOUNCED: Final = re.compile(rf"(?:\b(?:{_BEFORE}{_WEEKDAY}|{_BACK})|(?<=[\d.])\s?[-–—]{_WEEKDAY})\Z", re.I)
_A_DAY: Final = re.compile(_DAY, re.I)
#: Languages that say "until" behind the day.
_UNTIL_BEHIND: Final = LazyPattern(
    rf"(?:{_HUNGARIAN}|\b{_DAY}\s?(?:asti|saakka|-ig\b|tarihin\w{{1,3}}|['’]?\w{{1,3}} kadar))", re.I
)
_BEHIND: Final = ("asti", "saakka", "-ig", "-án", "-én", "-já", "-jé", "-tól", "-től", "-i", "tarih", "kadar")
_THROUGH: Final = ("-", "–", "—", " to ", "through")
#: Ranges that no word announces: `out March 2-12`, `2 March – 12 March`.
_RANGE: Final = LazyPattern(
    r"\b(?P<m6>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?\s{1,3}\d{1,2}(?:st|nd|rd|th)?"
    r"\s?(?:[-–—]|to|through)\s?(?P<d6>\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s{1,3}(?P<y6>\d{4}))?"
    rf"|\b\d{{1,2}}(?:\.|st|nd|rd|th)?\s[^\W\d_]{{3,12}}\s?[-–—]\s?{_DAY}",
    re.I,
)
_CJK_NUMBERS: Final = re.compile(
    r"(?<!\d)(?:(\d{4})[/.-])?(\d{1,2})[/.-](\d{1,2})\s?(?:[(（][^()]{1,3}[)）])?\s?(?=まで|迄|より|から|以降|까지|부터|返回|回)"
)
_CJK_DAY: Final = re.compile(r"(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]")
_CJK_WORDS: Final = LazyPattern(
    r"まで|迄|から|より|以降|戻|出社|復帰|帰|休|不在|返回|回来|回到|恢复|假|出差|上班|까지|부터|복귀|휴가|돌아|출장|부재"
)
#: English words behind which `3/12` may be either.
_ENGLISH: Final = re.compile(
    r"(?:until|till|through|thru|before|and|to|back|return|available|reopen|resum)", re.I
)
_AHEAD: Final = 80  #: characters before a day in which the words stand that announce it


def days_in(text: str, sent: date | None, *, american: bool) -> Iterator[date]:
    """Give the days that a line names behind a word like "until"; without a year, the first ahead of `sent`."""
    text = text.replace("’", "'")
    for match in _A_DAY.finditer(text):
        before = _ANNOUNCED.search(text, max(match.start() - _AHEAD, 0), match.start())
        if before and (day := _day(match, sent, american, is_english=_ENGLISH.match(before[0]) is not None)):
            yield day
    for pattern in _unannounced(text):
        for match in pattern.compiled.finditer(text):
            if day := _day(match, sent, american, is_english=False):
                yield day
    if not text.isascii() and _CJK_WORDS.search(text):
        for match in (*_CJK_DAY.finditer(text), *_CJK_NUMBERS.finditer(text)):
            if day := _date(match[1], int(match[2]), int(match[3]), sent):
                yield day


def _unannounced(text: str) -> list[LazyPattern]:
    """Choose the patterns of days that are told by what stands behind or between."""
    chosen = [_UNTIL_BEHIND] if has_one(_BEHIND, text) else []
    return [*chosen, _RANGE] if has_one(_THROUGH, text) else chosen


def _day(match: re.Match[str], sent: date | None, american: bool, *, is_english: bool) -> date | None:
    found = match.groupdict()
    if found["y1"]:
        return _date(found["y1"], int(found["m1"]), int(found["d1"]), sent)
    if found["a2"]:
        return _numeric(match, sent, american, is_english)
    for n in ("3", "4", "5", "6"):
        if found.get(f"d{n}"):
            return _date(found[f"y{n}"], month_of(found[f"m{n}"]), int(found[f"d{n}"]), sent)
    return None


def _numeric(match: re.Match[str], sent: date | None, american: bool, is_english: bool) -> date | None:
    """Read two numbers: day and month, the other way round where it must be; in English, the one that is nearer."""
    first, second, year = int(match["a2"]), int(match["b2"]), match["y2"]
    usual = _date(year, second, first, sent)
    if "/" not in match["sep"]:
        return None if is_english and not (year or match["dot"]) else usual  # "up to 2.5" is no day
    turned = _date(year, first, second, sent)
    if usual is None or turned is None:
        return usual or turned
    if american:
        return turned
    if sent is None or not is_english:
        return usual
    return min(usual, turned, key=lambda day: (day < sent, abs((day - sent).days)))


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
