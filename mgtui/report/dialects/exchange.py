"""Microsoft Exchange 5.5, 2003, 2007 and later, Exchange Online: in the languages it is installed in."""

import re

from mgtui.report.addresses import clean_address, find_addresses
from mgtui.report.codes import find_status
from mgtui.report.dialects.blocks import Block, from_blocks, lists_others, sole_address, split_blocks
from mgtui.report.dialects.prose import Prose
from mgtui.report.lazy import LazyPattern, has_one
from mgtui.report.model import Line
from mgtui.report.parsed import ReadByDialect

_PEOPLE = (
    r"recipients|empf(?:ä|ae)nger|destinataires|destinatarios|destinatari|destinatários|ontvangers"
    r"|geadresseerden|mottagare|modtagere|mottakere?n?e?|vastaanottajille|adresatów|odbiorców|příjemcům"
    r"|címzettek|alıcılara|destinatarilor|получател\w{1,4}|受信者|收件人|받는 사람"
)
_GROUPS = (
    r"groups|lists|distribution|gruppen|verteiler|groupes|listes|grupos|listas|gruppi|elenchi|groepen|grupper"
    r"|gruppene|ryhmille|grup|skupin|csoport|grupuri|групп|グループ|配布|组|通讯组|群組|그룹"
)
_GROUP_WORDS = tuple(_GROUPS.split("|"))
# "Delivery has failed to these recipients or groups:" in any language: people, a word for "or", groups.
_START = LazyPattern(
    rf"(?:{_PEOPLE})\s{{0,2}}[^\s,.;:]{{1,12}}?\s{{0,2}}(?:\S{{1,20}}\s)?(?:{_GROUPS})", re.IGNORECASE
)
_DIAGNOSIS = LazyPattern(
    r"diagnostic information for admin|diagnoseinformationen für admin|informations de diagnostic"
    r"|información de diagnóstico|informazioni di diagnostica|informações de diagnóstico"
    r"|diagnostische (?:gegevens|informatie)|diagnostisk(?:e)? information|diagnostikkinformasjon"
    r"|informacje diagnostyczne|diagnostické informace|диагностические сведения|diagnosztikai adat"
    r"|管理者向けの診断情報|管理员的诊断信息|系統管理員的診斷資訊",
    re.IGNORECASE,
)
_END = LazyPattern(
    r"original message headers|ursprüngliche nachrichtenkopf|en-têtes d'origine|en-têtes de message"
    r"|encabezados (?:de mensajes? )?original|intestazioni originali|cabeçalhos (?:de mensagem )?origina"
    r"|oorspronkelijke bericht|ursprungshuvuden|oryginalne nagłówki|původní záhlaví|исходные заголовки"
    r"|メッセージ ヘッダー|原始邮件头|original message details",
    re.IGNORECASE,
)
_MAILTO = LazyPattern(r"<mailto:(?P<address>[^<>\s]{3,320})>", re.IGNORECASE)
_RETURNED = LazyPattern(
    r"#?\s?[<'#]{0,2}[45]\d\d[ -]\d\.\d{1,3}\.\d{1,3}|returned '|#[45]\.\d\.\d|#SMTP#", re.IGNORECASE
)

_DID_NOT_REACH = LazyPattern(
    r"did not reach the following recipient|following recipient\(s\) (?:could not|cannot|can't) be reached"
    r"|folgende\S{0,3} empfänger\S{0,3} (?:konnte|kann)|empf(?:ä|ae)nger nicht erreicht|hat folgende empf"
    r"|destinataires? suivants?|destinataire\(s\) suivant\(s\)|siguientes? destinatarios?"
    r"|destinatarios? siguientes?|seguenti destinatari|destinatari seguenti|seguintes? destinatários?"
    r"|volgende geadresseerde|volgende ontvanger|följande mottagare|następujących adresatów"
    r"|следующим получател|次の受信者|下列收件人|以下收件人",
    re.IGNORECASE,
)
# QUIRK: Exchange 5.5 writes X.400 addresses with the mailed one inside: `c=US;a= ;p=X;dda:SMTP=a@b; on Fri`.
_WITH_DATE = LazyPattern(
    r"\s{0,12}['\"<]{0,2}(?:[a-z]{1,3}=[^@]{0,200}smtp=)?(?P<address>[^\s<>'\";:=@]{1,255}@[^\s<>'\";@]{1,255})"
    r"['\">;]{0,2}\s{1,4}(?:on|am|le|el|il|em|op|den|kl\.?|w dniu|dne|v|, )\s{0,2}[\w(.]{1,12}",
    re.IGNORECASE,
)
_ONLINE = LazyPattern(
    r"(?:your message to|ihre nachricht an|deine nachricht an|votre message (?:à|a|pour)|(?:su|tu"
    r"|el) mensaje (?:a|para)"
    r"|il messaggio (?:a|per)|(?:a )?sua mensagem para|uw bericht aan|je bericht aan|ditt meddelande till"
    r"|twoja wiadomość do) <?(?P<address>[^\s<>,;@]{1,255}@[\w.-]{1,255}[\w])>? "
    r"(?:couldn't be|could not be|wasn't|konnte nicht|n'a pas|no se (?:pudo|ha)|non (?:è|può)"
    r"|não (?:pôde|foi)"
    r"|kan niet|kon niet|kunde inte|nie (?:mogła|została)|can't be|cannot be)",
    re.IGNORECASE,
)
_DETAILS = LazyPattern(
    r"(?:reported error|gemeldeter fehler|erreur signalée|error notificado|errore segnalato|erro relatado"
    r"|gerapporteerde fout|error details|fehlerdetails|status code|error)\s?:",
    re.IGNORECASE,
)


def read_exchange(prose: Prose) -> ReadByDialect | None:
    """Read Exchange 2007 and later: people first, the diagnosis for administrators after them."""
    if not (has_one(_GROUP_WORDS, prose.folded) and _START.is_possible(prose.folded)):
        return None
    at = next((n for n, line in enumerate(prose.lines[:200]) if _START.search(line.text[:300])), None)
    if at is None:
        return None
    lines = _before(prose.lines[at + 1 :])
    cut = next((n for n, line in enumerate(lines) if _DIAGNOSIS.search(line.text[:200])), len(lines))
    told = split_blocks(lines[:cut], _mailto_head)
    diagnosed = split_blocks(lines[cut:], _sole_head)
    if diagnosed:
        words = {block.address.lower(): block for block in told}
        for block in diagnosed:
            block.said = _technical_first(
                block, words.get(block.address.lower()) or (told[0] if len(told) == 1 else None)
            )
    elif not told or (cut == len(lines) and not _is_exchange(prose)):
        return None
    return from_blocks("exchange", diagnosed or told, prose)


def read_exchange_2003(prose: Prose) -> ReadByDialect | None:
    """Read Exchange 5.5, 2000 and 2003: `address on date`, the reason below."""
    if not _DID_NOT_REACH.is_possible(prose.folded):
        return None
    at = next((n for n, line in enumerate(prose.lines[:200]) if _DID_NOT_REACH.search(line.text[:300])), None)
    if at is None:
        return None
    blocks = split_blocks(prose.lines[at + 1 :], _dated_head)
    return from_blocks("exchange-2003", blocks, prose)


def read_exchange_online(prose: Prose) -> ReadByDialect | None:
    """Read the page that Exchange Online sends: a sentence names the recipient, details name the error."""
    if not _ONLINE.is_possible(prose.folded):
        return None
    for n, line in enumerate(prose.lines[:60]):
        # The sentence may be wrapped: look at it together with the line after it.
        after = prose.lines[n + 1].text if n + 1 < len(prose.lines) else ""
        both = f"{line.text[:600]} {after[:200]}"
        match = _ONLINE.search(both) if "@" in both else None
        address = clean_address(match["address"]) if match else None
        if match and address and match.start() < len(line.text) and not lists_others(prose, address):
            said = [line, *_details(prose.lines[n + 1 :])]
            return from_blocks("exchange-online", [Block(address, line, said)], prose)
    return None


def _before(lines: tuple[Line, ...]) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        if _END.search(line.text[:200]):
            break
        kept.append(line)
    return kept


def _mailto_head(text: str) -> tuple[str, str] | None:
    match = _MAILTO.search(text[:1000])
    if match and len(text) < 400:
        address = clean_address(match["address"])
        return (address, "") if address else None
    return _sole_head(text)


def _sole_head(text: str) -> tuple[str, str] | None:
    address = sole_address(text)
    if not address and len(text) < 300 and text.rstrip().endswith(")"):
        # Display name first, the address in brackets: `Erika Muster (erika@example.org)`.
        found = find_addresses(text)
        is_named = len(found) == 1 and text.rstrip().lower().endswith(f"({found[0].lower()})")
        address = found[0] if is_named else None
    return (address, "") if address else None


def _technical_first(block: Block, told: Block | None) -> list[Line]:
    technical = [line for line in block.said if _RETURNED.search(line.text)]
    others = [line for line in block.said if line not in technical] if technical else block.said
    return [*technical, *(told.said[:3] if told else ()), *others[:4]]


def _dated_head(text: str) -> tuple[str, str] | None:
    match = _WITH_DATE.match(text)
    address = clean_address(match["address"]) if match else None
    return (address, "") if address else None


def _details(lines: tuple[Line, ...]) -> list[Line]:
    coded = [line for line in lines[:120] if _DETAILS.search(line.text[:200]) or find_status(line.text[:600])]
    return [*coded[:4], *[line for line in lines[:6] if line.text.strip() and line not in coded][:3]]


def _is_exchange(prose: Prose) -> bool:
    return "microsoft" in prose.writer or "postmaster" in prose.writer or "exchange" in prose.folded
