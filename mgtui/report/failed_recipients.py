"""X-Failed-Recipients, as Exim, Gmail and others write it: addresses only."""

from typing import Final

from mgtui.report.addresses import find_addresses
from mgtui.report.model import Line, RecipientReport
from mgtui.report.parsed import ParsedMail, ReadByDialect

READER: Final = "x-failed-recipients"


def read_failed_recipients(mail: ParsedMail) -> ReadByDialect | None:
    """Read the addresses that a mail system names in its header, over all of its fields."""
    if READER not in mail.headers.names:
        return None
    found: dict[str, None] = {}
    for name, value in mail.headers.raw:
        if name == "x-failed-recipients":
            found.update(dict.fromkeys(find_addresses(value)))
    if not found:
        return None
    head = mail.raw[: mail.parts[0].start].lower()
    number = head[: max(head.find(b"x-failed-recipients:"), 0)].count(b"\n") + 1
    line = Line(number, "X-Failed-Recipients: " + ", ".join(found))
    recipients = tuple(RecipientReport(address, reader=READER) for address in list(found)[:500])
    return ReadByDialect(READER, "bounce", recipients, (line,))
