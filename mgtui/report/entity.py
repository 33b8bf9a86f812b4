"""The header of a mail as the fields that anything asks for."""

from typing import Final

from mgtui.report.address_fields import addresses_in_field
from mgtui.report.dates import iso_date
from mgtui.report.fields import Fields
from mgtui.report.model import Headers

_WANTED: Final = frozenset(
    (
        *("message-id", "subject", "date", "auto-submitted", "precedence", "list-id", "return-path"),
        *("from", "sender", "reply-to", "to", "cc", "bcc", "delivered-to"),
    )
)


def headers_of(fields: Fields) -> Headers:
    """Sum up a header block."""
    by_name: dict[str, list[str]] = {}
    for name, value in fields:
        if name in _WANTED:
            by_name.setdefault(name, []).append(value)

    def first(name: str) -> str:
        values = by_name.get(name)
        return values[0] if values else ""

    return Headers(
        message_id=first("message-id"),
        sender=_addresses(by_name, "from", "sender", "reply-to"),
        addressees=_addresses(by_name, "to", "cc", "bcc", "delivered-to"),
        subject=first("subject"),
        sent_at=iso_date(first("date")),
        return_path=_return_path(by_name.get("return-path")),
        auto_submitted=first("auto-submitted"),
        precedence=first("precedence"),
        list_id=first("list-id"),
        raw=fields,
    )


def _addresses(by_name: dict[str, list[str]], *names: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in names:
        for value in by_name.get(name, ()):
            found.update(dict.fromkeys(addresses_in_field(value)))
    return tuple(found)


def _return_path(values: list[str] | None) -> str | None:
    """Read Return-Path (RFC 5321 section 4.4); an empty field is the null sender, too."""
    if not values:
        return None
    found = addresses_in_field(values[0])
    return found[0] if found else values[0].strip("<> ")
