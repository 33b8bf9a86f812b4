"""Read receipts (RFC 8098)."""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.addresses import clean_address
from mgtui.report.fields import clean_value
from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Line, RecipientReport
from mgtui.report.parsed import ParsedMail, ReadByDialect
from mgtui.report.phrases import FAILED
from mgtui.report.status_fields import at_margin

READER: Final = "rfc8098"
_FIELD: Final = re.compile(
    r"[ \t]{0,3}(final-recipient|original-recipient|disposition|failure|error)[ \t]{0,4}:[ \t]*(.{0,2000})",
    re.I,
)

#: What mail programs say of a mail that a person has deleted, which is no refusal.
UNREAD: Final = LazyPattern(
    r"without (?:being |having been )?(?:read|opened|displayed)|not (?:been )?read|unread|ungelesen"
    r"|nicht gelesen|nicht geöffnet"
    r"|sans (?:avoir été|être|l'avoir) lu|non lu|sin (?:haber sido |ser |haberlo )?le[ií]|no le[ií]do"
    r"|senza (?:essere|averlo|che).{0,20}lett|non lett|zonder (?:te zijn |dat .{0,20})?gelezen|niet gelezen"
    r"|bez (?:prze)?czyt|nieprzeczytan|не прочитан|без прочтения|непрочитан|未開封|開封(?:されず|せず)|未读"
    r"|未讀|未閱讀"
    r"|sem (?:ser |ter sido )?lid|não lid|nepřečten|ol[äa]st|ulest|uden at"
)

#: What mail programs put before the subject of the mail whose reading they tell, lower case.
_TITLE: Final = LazyPattern(
    r"(?:read|not read|return receipt|read receipt|disposition notification"
    r"|gelesen|ungelesen(?: gelöscht)?|nicht gelesen|(?:lese|empfangs)bestätigung|lu|non lu|accusé de (?:lecture"
    r"|réception)|confirmation de lecture|leído|no leído|confirmación de lectura|acuse de recibo|letto|non letto"
    r"|conferma di lettura|ricevuta di ritorno|gelezen|niet gelezen|leesbevestiging|ontvangstbevestiging"
    r"|lida?|não lida?"
    r"|confirmação de leitura|przeczytano|nie przeczytano|potwierdzenie (?:odczytania|przeczytania)|прочитано"
    r"|не прочитано|уведомление о прочтении|läst|oläst|läskvitto|læst|lest|ulæst|ulest|luettu|přečteno|elolvasva"
    r"|okundu|αναγνώστηκε|citit|开封|已读|已讀|未读|開封(?:済み)?|開封確認|読み取り|읽음|읽지 않음)"
    r"(?: \([^()]{1,40}\))?\s{0,2}(?:[:：–-]|$)"
)
#: What they say of the reading, lower case.
_WAS_READ: Final = LazyPattern(
    r"\bwas (?:read|displayed|opened|received by|deleted without)|(?:was|has been) (?:read|displayed|opened|deleted"
    r" without|received by)"
    r"|wurde .{0,80}(?:gelesen|angezeigt|geöffnet)|(?:angezeigt|gelesen|geöffnet) wurde"
    r"|wurde\b.{0,200}\bempfangen (?:von|durch)"
    r"|a été (?:lu|affiché|ouvert|supprimé|reçu par)"
    r"|(?:fue|ha sido|se ha) (?:leído|mostrado|abierto|eliminad|recibido por)"
    r"|è stat[oa] (?:lett|visualizzat|apert|eliminat|ricevuto da)"
    r"|(?:is|werd) (?:gelezen|weergegeven|geopend|verwijderd|ontvangen door)"
    r"|foi (?:lid|exibid|abert|excluíd|eliminad|recebid[oa] por)"
    r"|został[ao]? (?:przeczytan|wyświetlon|otwart|usunięt)"
    r"|было (?:прочитано|открыто|удалено)|прочитано|lästes|har lästs|blev læst|ble lest|luettiin|on luettu"
    r"|byla? (?:přečten|zobrazen)|elolvas|okundu|已被?(?:阅读|閱讀|打开)|被阅读|开封され|開封され|表示され|읽었|읽음"
)
_SHORT: Final = 1_500  #: characters of a receipt's words; a letter titled like one is longer, or quotes
#: What their words begin with, lower case.
_OF_A_MAIL: Final = re.compile(
    r"(?:your (?:message|document|e-?mail|mail)|this is a (?:return |read )?receipt|this receipt|the message"
    r"|ihre? (?:nachricht|dokument|e-?mail|mail)|ihr .{1,120}dokument|dies(?:e| ist eine) .{0,12}bestätigung"
    r"|(?:votre|le) (?:message|document)|(?:el|su|tu) (?:mensaje|documento)"
    r"|(?:il|il suo|il tuo) (?:messaggio|documento)"
    r"|(?:uw|het|je) (?:bericht|document)|(?:a )?(?:sua )?mensagem|(?:twoja )?wiadomość|(?:ваше )?сообщение"
    r"|(?:ditt|din|dit) (?:meddelande|besked|melding|meddelelse)|meddelandet|meddelelsen|meldingen|viesti"
    r"|(?:vaše )?zpráva"
    r"|az üzenet|iletiniz|το μήνυμα|(?:您|你)的|邮件|メッセージ|メール|메시지|메일)"
)


def read_receipt_in_words(mail: ParsedMail) -> ReadByDialect | None:
    """Read a receipt without fields, as Outlook and Notes write them: its title, and a sentence that says so."""
    headers = mail.headers
    if mail.status_lines or mail.disposition_lines or not _TITLE.match(headers.subject[:120].lower()):
        return None
    lines = [line for line in mail.notice[:40] if line.text.strip()]
    text = " ".join(" ".join(line.text for line in lines).split()).lower()
    if len(text) > _SHORT or not _OF_A_MAIL.match(text) or not (match := _WAS_READ.search(text)):
        return None
    line = _line_with(lines, match[0]) or Line(1, f"Subject: {headers.subject}")
    recipients = tuple(RecipientReport(one, reader=READER, lines=(line,)) for one in headers.sender[:1])
    return ReadByDialect(READER, "receipt", recipients, (line,))


def _line_with(lines: Sequence[Line], words: str) -> Line | None:
    """Give the line that holds the last of these words: the sentence may be wrapped."""
    last = words.split()[-1]
    return next((line for line in lines if last in line.text.lower()), None)


def read_disposition(mail: ParsedMail) -> ReadByDialect | None:
    """Read who has displayed, deleted or processed a mail."""
    if not mail.disposition_lines:
        return None
    values: dict[str, tuple[str, Line]] = {}
    for line in at_margin(mail.disposition_lines[:500]):
        if match := _FIELD.match(line.text):
            value = clean_value(match[2]) if "=?" in match[2] and "?=@" not in match[2] else match[2]
            values.setdefault(match[1].lower(), (value, line))
    if not values:
        return None
    hint = values.get("disposition") or next(iter(values.values()))
    final = clean_address(values["final-recipient"][0]) if "final-recipient" in values else None
    original = clean_address(values["original-recipient"][0]) if "original-recipient" in values else None
    recipients: tuple[RecipientReport, ...] = ()
    if final or original:
        recipients = (RecipientReport(final or original, original, reader=READER, lines=(hint[1],)),)
    if _is_refusal(mail, hint[0]):
        return ReadByDialect(READER, "bounce", tuple(_refused(mail, r) for r in recipients), (hint[1],))
    return ReadByDialect(READER, "receipt", recipients, (hint[1],))


def _is_refusal(mail: ParsedMail, disposition: str) -> bool:
    """Tell the refusal of a mail filter, which comes as a receipt for a deleted mail (RFC 5429 section 2.2)."""
    if "automatic" not in disposition.lower() or "deleted" not in disposition.lower():
        return False
    text = " ".join(line.text for line in mail.notice[:30])[:4000].lower()
    return FAILED.search(text) is not None and UNREAD.search(text) is None


def _refused(mail: ParsedMail, recipient: RecipientReport) -> RecipientReport:
    lines = tuple(line for line in mail.notice[:30] if line.text.strip())
    return recipient._replace(diagnostic_code=" ".join(line.text.strip() for line in lines), lines=lines)
