"""Amazon SES as JSON: what SNS mails to a subscriber of bounces, complaints and deliveries."""

import json
from typing import Any

from mgtui.report.addresses import clean_address
from mgtui.report.codes import find_reply_code, find_status
from mgtui.report.dialects.blocks import LONGEST_DIAGNOSIS, MOST_RECIPIENTS
from mgtui.report.model import Line, RecipientReport
from mgtui.report.parsed import ParsedMail, Part, ReadByDialect
from mgtui.report.words import unbase64

READER = "amazon-sns"

#: Characters of JSON looked at; SNS sends at most 256 kB.
LONGEST_JSON = 262_144

#: Parts looked at; SNS sends one.
_FEW = 5

#: Bytes of a part that are looked at to see whether it begins as JSON does.
_PEEK = 400

_KINDS = {
    "bounce": ("bounce", "bouncedRecipients", "failed"),
    "complaint": ("complaint", "complainedRecipients", ""),
    "delivery": ("delivered", "recipients", "delivered"),
    "deliverydelay": ("delayed", "delayedRecipients", "delayed"),
}


def read_sns(mail: ParsedMail) -> ReadByDialect | None:
    """Read a notification of SES, bare or as the Message of an SNS envelope."""
    if not any(_begins_as_json(mail.raw, part) for part in mail.parts[:_FEW]):
        return None  # most mails are no JSON: they need not be decoded to know that
    start = next((n for n, line in enumerate(mail.notice[:20]) if line.text.strip()), None)
    if start is None or not mail.notice[start].text.lstrip().startswith("{"):
        return None
    head = mail.notice[start]
    notification = _unwrapped(_loads(_json_text(mail.notice[start:])))
    kind = str(notification.get("notificationType") or notification.get("eventType") or "").lower()
    if kind not in _KINDS:
        return None
    hint, listed, action = _KINDS[kind]
    about = next((value for key, value in notification.items() if key.lower() == kind), None)
    entries = about.get(listed) if isinstance(about, dict) else None
    if not isinstance(about, dict) or not isinstance(entries, list):
        return None
    found = (_recipient(entry, about, action, head) for entry in entries[:MOST_RECIPIENTS])
    recipients = tuple(report for report in found if report)
    return ReadByDialect(READER, hint, recipients, (head,)) if recipients else None


def _begins_as_json(raw: bytes, part: Part) -> bool:
    """Tell whether a text may hold a notification."""
    if not part.content_type.startswith("text/"):
        return False
    head = raw[part.start : min(part.start + _PEEK, part.end)]
    return (unbase64(head) if part.encoding == "base64" else head).lstrip().startswith(b"{")


def _json_text(lines: Any) -> str:
    """Join the lines that a mailer folded: a newline and one space may stand inside a word."""
    pieces: list[str] = []
    size = 0
    for line in lines:
        if line.text.rstrip() == "--" or size > LONGEST_JSON:
            break
        pieces.append(line.text[1:] if pieces and line.text.startswith(" ") else line.text)
        size += len(line.text)
    return "".join(pieces)[:LONGEST_JSON]


def _loads(text: str) -> dict[str, Any]:
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text.lstrip())
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _unwrapped(value: dict[str, Any]) -> dict[str, Any]:
    inner = value.get("Message")
    return _loads(inner) if isinstance(inner, str) and inner.lstrip().startswith("{") else value


def _recipient(entry: Any, about: dict[str, Any], action: str, head: Line) -> RecipientReport | None:
    fields = entry if isinstance(entry, dict) else {"emailAddress": entry}
    address = clean_address(str(fields.get("emailAddress") or ""))
    if not address:
        return None
    said = str(fields.get("diagnosticCode") or about.get("smtpResponse") or "")[:LONGEST_DIAGNOSIS]
    words = said or " ".join(str(about.get(name) or "") for name in ("bounceType", "bounceSubType")).strip()
    return RecipientReport(
        final_recipient=address,
        dsn_action=str(fields.get("action") or action).lower(),
        status=find_status(str(fields.get("status") or "")) or find_status(said),
        reply_code=find_reply_code(said),
        diagnostic_code=words,
        remote_mta=None,
        reader=READER,
        lines=(Line(head.number, words or head.text[:500]),),
    )
