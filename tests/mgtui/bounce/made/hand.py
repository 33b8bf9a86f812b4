"""What all servers that write reports have in common."""

from collections.abc import Callable
from typing import Final

from tests.mgtui.bounce.made.truths import Told, Truth
from tests.mgtui.bounce.made.written import Fields, Piece, Written

SUBJECTS: Final = {
    "bounce": "Undelivered Mail Returned to Sender",
    "delayed": "Delayed Mail (still being retried)",
    "delivered": "Successful Mail Delivery Report",
}
VERB: Final = {
    "bounce": "could not be delivered",
    "delayed": "has been delayed",
    "delivered": "was delivered",
}


def returned(truth: Truth) -> str:
    """Write the header of the mail that was returned."""
    to = ", ".join(told.original or told.address for told in truth.told)
    return (
        "Received: from pc.office.example ([192.0.2.9]) by mx.office.example; Mon, 3 Mar 2025 09:11:01 +0100\n"
        f"From: Shop <shop@club.example>\nTo: {to}\nSubject: Your order 4711\n"
        f"Message-ID: <{truth.message_id}>\nDate: Mon, 3 Mar 2025 09:11:00 +0100\n\nDear reader,\n\nthanks.\n"
    )


def header(daemon: str, subject: str) -> Fields:
    return [
        ("Return-Path", "<>"),
        ("From", daemon),
        ("To", "shop@club.example"),
        ("Subject", subject),
        ("Date", "Mon, 3 Mar 2025 09:12:44 +0100"),
        ("Message-ID", "<20250303081244.A1B2@mx.office.example>"),
        ("MIME-Version", "1.0"),
    ]


def groups(truth: Truth, one: Callable[[Told], Fields], message: Fields) -> str:
    blocks = [message, *(one(told) for told in truth.told)]
    return "\n".join("".join(f"{name}: {value}\n" for name, value in block) for block in blocks)


def report(
    truth: Truth,
    prose: str,
    fields: str,
    daemon: str = "MAILER-DAEMON@mx.office.example",
    subject: str = "",
    returned_type: str = "message/rfc822",
) -> Written:
    pieces = [
        Piece("notice", "text/plain", prose),
        Piece("fields", "message/delivery-status", fields),
        Piece("returned", returned_type, returned(truth)),
    ]
    return Written(header(daemon, subject or SUBJECTS[truth.kind]), pieces)


def typed(address: str) -> str:
    return f"rfc822; {address}" if address.isascii() else f"utf-8; {address}"


def usual(told: Told, original: bool = False, mta: str = "dns; mx.there.example") -> Fields:
    fields = [("Final-Recipient", typed(told.address))]
    if told.original or original:
        fields.append(("Original-Recipient", typed(told.original or told.address).replace("; ", ";")))
    fields += [("Action", told.action), ("Status", told.status)]
    if mta:
        fields.append(("Remote-MTA", mta))
    return [*fields, ("Diagnostic-Code", f"smtp; {told.answer}")]
