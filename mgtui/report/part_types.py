"""What the parts of a report are for: by their type, or by their first field where a gateway has changed the type."""

import re
from typing import Final

from mgtui.report.bodies import decode_body
from mgtui.report.parsed import Part

STATUS_TYPES: Final = frozenset(
    ("message/delivery-status", "message/global-delivery-status", "text/delivery-status")
)
FEEDBACK_TYPES: Final = frozenset(("message/feedback-report", "text/feedback-report"))
DISPOSITION_TYPES: Final = frozenset(
    ("message/disposition-notification", "message/global-disposition-notification")
)
FIELD_TYPES: Final = STATUS_TYPES | FEEDBACK_TYPES | DISPOSITION_TYPES
RETURNED_TYPES: Final = frozenset(
    ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers", "text/rfc822",
     "message/rfc822-headers", "message/partial", "application/rfc822-headers", "text/rfc822-header")
)  # fmt: skip
#: What gateways make of the types of fields.
MISNAMED: Final = frozenset(
    ("application/octet-stream", "text/plain", "message/rfc822", "message/delivery_status",
     "message/feedback_report", "message/disposition_notification", "application/delivery-status",
     "message/report", "message/external-body")
)  # fmt: skip
_FIRST_FIELD: Final = re.compile(
    rb"(?:reporting-(?:mta|ua)|original-envelope-id|dsn-gateway|mdn-gateway|received-from-mta|arrival-date"
    rb"|feedback-type|disposition|(?:final|original)-recipient)[ \t]{0,4}:"
    rb"|action[ \t]{0,4}:[ \t]*(?:fail|delay|deliver|relay|expand)",
    re.I,
)
_DISPOSITION: Final = re.compile(rb"^[ \t>|]{0,20}disposition[ \t]{0,4}:", re.I | re.M)
_BEFORE_FIELDS: Final = b"\xef\xbb\xbf \t\r\n>|"  #: a byte order mark, an indent, marks of quotation
_NEAR: Final = 2_000  #: bytes within which a receipt says what has become of the mail


def true_types(raw: bytes, part: Part) -> frozenset[str]:
    """Give what a part is by its first field. QUIRK: gateways call fields bytes, or a text, or a mail."""
    if part.content_type not in MISNAMED:
        return frozenset()
    head = _decoded(raw, part, 90).lstrip(_BEFORE_FIELDS)
    if _FIRST_FIELD.match(head) is None:
        return frozenset()
    if head[:8].lower() == b"feedback":
        return FEEDBACK_TYPES
    return DISPOSITION_TYPES if _DISPOSITION.search(_decoded(raw, part, _NEAR)) else STATUS_TYPES


def _decoded(raw: bytes, part: Part, most: int) -> bytes:
    head = raw[part.start : min(part.end, part.start + most)]
    return decode_body(head, part.encoding) if part.encoding else head
