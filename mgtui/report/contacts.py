"""Addresses at which a notice offers help: of those, nothing has failed.

A notice names them in a sentence of its own (`please contact help@host`), behind a label (`Help desk: help@host`), or
alone on the line below such words. The words are looked for on both sides of the address, in any language.
"""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.labels import FROM
from mgtui.report.lazy import AnyOf, LazyPattern
from mgtui.report.model import Line
from mgtui.report.phrases import FAILED

_NEAR: Final = 120  #: characters around an address that may tell it as a contact
#: What is asked of the reader, or offered to him, before an address; the address follows at once or after few words.
_OFFERS: Final = (
    # English
    (
        r"\bcontact(?:er|ez|ar|e|ate|o|os)?\b|\bcontacten\b|\bget in touch|\breach us\b|\bwrite to\b"
        r"|\bcall or (?:e-?)?mail\b"
        r"|\be-?mail us\b|\bsend (?:an? |your )?(?:e-?mail|mail|message|question|report)s?"
        r"(?: messages?)?(?: from [\w ]{1,40})? to\b|\breport (?:this|it"
        r"|the problem"
        r"|errors?|problems?)(?: \w+){0,3} to\b|\b(?:questions?|assistance|support|help ?desk"
        r"|help ?line|customer (?:care"
        r"|service)|further help|more help|need help|for help)\b|\bhelp\s?[:：]|\breply to\b"
    ),
    # German, Dutch
    (
        r"\bkontakt\w{0,9}\b|\bwenden\b|\bschreiben sie\b|\bfragen\b|\bhilfe\b|\bkundendienst\b|\bkundenservice\b"
        r"|\bsupport-?team\b"
        r"|\bhotline\b|\berreichen (?:sie )?uns\b|\bneem\b.{0,40}\bcontact\b|\bvragen\b|\bklantenservice\b|\bhulp\b"
    ),
    # French, Spanish, Portuguese, Italian
    (
        r"\bpour toute question|\bcontactez|\bécrivez|\bécrire à|\badressez|\baide\b|\bassistance\b|\bconsultas?\b"
        r"|\bescriba a\b"
        r"|\bpóngase en contacto|\bcontacte\b|\bayuda\b|\bsoporte\b|\bsuporte\b|\bdúvidas?\b"
        r"|\bajuda\b|\bentre em contato"
        r"|\bassistenza\b|\bcontatt\w{1,6}\b|\bscriv(?:ere|ete|i) a\b|\bper informazioni|\brivolger\w{1,4}\b"
    ),
    # Polish, Czech, Nordic, Turkish, Hungarian
    (
        r"\bkontakt(?:ować|uj)?\b|\bpytań\b|\bpomoc\b|\bpomocy\b|\bdotazy\b|\bobraťte se\b|\bkontakta\b|\bfrågor\b"
        r"|\bspørgsmål\b"
        r"|\bspørsmål\b|\bhjälp\b|\bhjælp\b|\bhjelp\b|\bsoru\w{0,8}\b|\byardım\b|\bdestek\b|\bkérdés\w{0,8}\b"
    ),
    # Russian, Ukrainian
    (
        r"\bвопрос\w{0,3}\b|\bобращайтесь\b|\bобратитесь\b|\bпомощ\w{1,3}\b|\bподдержк\w{1,2}\b"
        r"|\bпишите\b|\bсвяжитесь\b"
        r"|\bзверніться\b"
    ),
    # Japanese, Chinese, Korean
    (
        r"問い合わせ|問合せ|問合わせ|問い合せ|ご不明|連絡(?:ください|下さい|願|を)|ご質問|連絡先|サポート|联系|聯絡|聯繫"
        r"|咨询|客服|请致信|请发送邮件至|帮助|문의|고객 ?(?:센터|지원)|도움"
    ),
)
_BEFORE: Final = AnyOf([LazyPattern(rf"(?:{words})[^@]{{0,60}}$", re.I) for words in _OFFERS])
#: Between two sentences; what stands in another says nothing of the address.
_ENDS_SENTENCE: Final = re.compile(r"[.!?][)\"']?\s{1,4}[^\W\d_]|[。！？]\s{0,4}[^\s<(「『]")
_OTHER_WORDS: Final = (
    r"\s{1,3}(?:(?!(?:to|for|an|für|à|a|para|aan|voor|do|per|al|ai|till"
    r"|til)\s)[\w.'\"-]{1,30}\s){0,3}[<\"'(]{0,2}$"
)
#: Whom a mail came from: behind the label of a field, or `from` right before the address. The small words of other
#: languages stand in most sentences (`the mailbox of` is `la boîte de`), and say so only of a mail.
_FROM_LABEL: Final = LazyPattern(
    rf"(?:^|[\s(])(?:{FROM})(?:'s)?(?: e-?mail)?(?: address)?\s?[:：][^@]{{0,80}}$", re.I
)
_FROM_WORD: Final = LazyPattern(rf"\bfrom{_OTHER_WORDS}", re.I)
_MAIL_OF: Final = LazyPattern(
    r"\b(?:message|mail|courriel|mensaje|correo|mensagem|messaggio|bericht|nachricht|wiadomość|письмо|meddelande|melding)"
    rf" (?:\w{{1,20}} ){{0,2}}(?:de|da|van|von|od|от|från|fra){_OTHER_WORDS}",
    re.I,
)
#: What stands right behind a contact.
_BEHIND: Final = LazyPattern(
    r"[\s>)\]\"'」』】,、.]{0,6}(?:"
    r"(?:に|へ|まで|宛に|宛てに|あてに|にて)[^。\n]{0,12}(?:連絡|問い?合わ?せ|相談|質問|送り|転送)"
    r"|(?:联系|咨询|聯絡|聯繫|获取帮助|寻求|求助)|(?:으?로|에|에게) ?(?:문의|연락)"
    r"|(?:for|if you need|if you want|to get|to ask for) (?:further |more |additional |any )?(?:assistance|help"
    r"|information|details"
    r"|support)\b|if you (?:have|need|think|feel|believe)\b|with (?:any |your )?(?:questions?|problems?)\b"
    r"|can help\b|or call\b"
    r"|(?:wenden|kontaktieren|schreiben|melden)\b|(?:zur|zu) verfügung\b|(?:gerne )?weiter\.)",
    re.I,
)
#: A line that says who is meant by the next: it ends open, or points below.
_OPEN: Final = re.compile(
    r"[^.!?。！？;；]$|下記|以下|次の|如下|아래|\bbelow\b|\bunten\b|ci-dessous|siguiente|seguente|ниже", re.I
)
#: Whoever is spoken of so isn't offered for help: `contact the recipients by phone:`.
_OF_RECIPIENTS: Final = LazyPattern(
    r"recipients?\b|addressees?\b|following (?:address|user|mailbox)|empf(?:ä|ae)nger|destinat|ontvanger"
    r"|geadresseerde"
    r"|odbiorc|adresat|получател|адресат|宛先|受信者|收件|수신|받는",
    re.I,
)


def is_contact(lines: Sequence[Line], index: int, address: str) -> bool:
    """Tell whether an address of a line is one that help is offered at, or the sender's, by the words around it."""
    text = lines[index].text
    at = text.find(address)
    before, behind = text[max(at - _NEAR, 0) : at], text[at + len(address) :][:_NEAR]
    is_first = not before.strip(" \t<>()[]\"'*-")
    if is_first and ":" in behind[:3]:
        return False  # what follows is said of a recipient: `<anna@host>:`
    rest = behind.strip(" \t<>()[]\"'「」『』【】.,:")
    if not rest and not is_first and index + 1 < len(lines):
        behind = f"{behind} {lines[index + 1].text[:_NEAR].strip()}"
    if _BEHIND.match(behind) and not _OF_RECIPIENTS.search(before):
        return True
    if not is_first:
        return _offers_help(before) or names_sender(before)
    return not rest and _offers_help(_above(lines, index))


def names_sender(before: str) -> bool:
    """Tell words before an address by which it is the sender's."""
    has_label = ":" in before or "：" in before
    if has_label and _FROM_LABEL.search(before) is not None:
        return True
    return _FROM_WORD.search(before) is not None or _MAIL_OF.search(before) is not None


def last_sentence(before: str) -> str:
    """Give the sentence that an address stands in, as far as it stands before it."""
    ends = [match.end() - 1 for match in _ENDS_SENTENCE.finditer(before)]
    return before[ends[-1] :] if ends else before


def _offers_help(before: str) -> bool:
    found = _BEFORE.search(last_sentence(before))
    if not found:
        return False
    # `Your message to our help desk could not be delivered to`: the nearest words count.
    said = found[0].lower().replace("’", "'")
    return not (_OF_RECIPIENTS.search(said) or FAILED.search(said))


def _above(lines: Sequence[Line], index: int) -> str:
    """Give the end of the last line above, where it leaves a sentence open."""
    above = (line.text.strip() for line in reversed(lines[max(index - 2, 0) : index]) if line.text.strip())
    text = next(above, "")[-_NEAR:]
    return text if _OPEN.search(text) and "@" not in text else ""
