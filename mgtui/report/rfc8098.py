"""Read receipts (RFC 8098)."""

import re
from typing import Final

from mgtui.report.addresses import clean_address
from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Line, RecipientReport
from mgtui.report.parsed import ParsedMail, ReadByDialect
from mgtui.report.phrases import FAILED

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


def read_disposition(mail: ParsedMail) -> ReadByDialect | None:
    """Read who has displayed, deleted or processed a mail."""
    if not mail.disposition_lines:
        return None
    values: dict[str, tuple[str, Line]] = {}
    for line in mail.disposition_lines[:500]:
        if match := _FIELD.match(line.text):
            values.setdefault(match[1].lower(), (match[2], line))
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
