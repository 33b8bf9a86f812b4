"""Fills in what the fields of a report leave open, from what the prose says of the same recipient."""

import re
from typing import Final

from mgtui.report.addresses import find_addresses
from mgtui.report.codes import find_reply_code
from mgtui.report.model import RecipientReport
from mgtui.report.parsed import ParsedMail
from mgtui.report.rfc3464 import READER as RFC3464

#: A reply at the margin: `451 4.0.0 Operating system error`, `554 "|/bin/filter"... Service unavailable`.
_TRANSCRIPT: Final = re.compile(r"([45]\d\d)[ -](?=[45]\.\d|[\"<|]|\S{1,100}\.\.\. )")


def with_whole_address(mail: ParsedMail, recipient: RecipientReport) -> RecipientReport:
    """Complete an address that the end of a damaged mail cut off, by the prose that names it whole."""
    cut = recipient.final_recipient or ""
    if recipient.reader != RFC3464 or "@" not in cut or "." in cut.rpartition("@")[2]:
        return recipient
    named = {a for line in mail.notice[:200] if cut in line.text for a in find_addresses(line.text)}
    whole = [address for address in named if address.startswith(cut)]
    if len(whole) != 1:
        return recipient
    original = recipient.original_recipient
    return recipient._replace(
        final_recipient=whole[0],
        original_recipient=whole[0] if original and whole[0].startswith(original) else original,
    )


def is_open(recipient: RecipientReport) -> bool:
    """Tell whether the prose may know more of a recipient than its reader does."""
    return not recipient.diagnostic_code or (recipient.status is None and recipient.reader == RFC3464)


def lacks_reply(recipient: RecipientReport) -> bool:
    """Tell a diagnosis of fields that holds no reply."""
    return bool(recipient.reply_code is None and recipient.reader == RFC3464 and recipient.diagnostic_code)


def with_reply(mail: ParsedMail, recipient: RecipientReport) -> RecipientReport:
    """Look for the reply that a report's fields leave out in the prose right behind the address."""
    address = (recipient.final_recipient or "").lower()
    lines = mail.notice[:200]
    if address not in "\n".join([line.text for line in lines]).lower():
        return recipient
    named = [index for index, line in enumerate(lines) if address and address in line.text.lower()]
    for index in named[:3]:
        reply = find_reply_code(" ".join(after.text for after in lines[index : index + 5]))
        if reply is not None and reply >= 400:
            return recipient._replace(reply_code=reply)
    return recipient


def with_transcript(mail: ParsedMail, recipient: RecipientReport) -> RecipientReport:
    """Take the reply of the only recipient from the transcript, where its field has but a program's exit status."""
    said = recipient.diagnostic_code.strip()
    if recipient.reader != RFC3464 or recipient.reply_code is not None or (said and not said.isdigit()):
        return recipient
    found = (match for line in mail.notice[:100] if (match := _TRANSCRIPT.match(line.text)))
    match = next(found, None)
    return recipient._replace(reply_code=int(match[1])) if match else recipient


def _is_vague(status: str | None) -> bool:
    return status is None or status.endswith(".0.0")


def filled(recipient: RecipientReport, others: dict[str, RecipientReport]) -> RecipientReport:
    """Fill in what another reader says of the same address; `others` are by lower-case address."""
    names = [name.lower() for name in (recipient.final_recipient, recipient.original_recipient) if name]
    other = next((others[name] for name in names if name in others), None)
    if other is None:
        return recipient
    return recipient._replace(
        status=other.status if _is_vague(recipient.status) and other.status else recipient.status,
        reply_code=recipient.reply_code or other.reply_code,
        diagnostic_code=recipient.diagnostic_code or other.diagnostic_code,
        remote_mta=recipient.remote_mta or other.remote_mta,
        lines=recipient.lines if recipient.diagnostic_code or not other.lines else other.lines,
    )
