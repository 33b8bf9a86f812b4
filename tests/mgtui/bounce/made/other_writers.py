"""Programs that write complaints, receipts and automatic replies."""

from collections.abc import Callable
from typing import Final

from tests.mgtui.bounce.made.hand import returned
from tests.mgtui.bounce.made.truths import Told, Truth
from tests.mgtui.bounce.made.written import Fields, Piece, Written

_JO: Final = Told("jo.doe@away.example", "", 0, "undetermined", "", action="")
_BO: Final = Told("bo@far.example", "", 0, "undetermined", "", action="")
OTHER_TRUTHS: Final = {
    "complaint": Truth("complaint", (_JO,)),
    "two complain": Truth("complaint", (_JO, _BO)),
    "somebody complains": Truth("complaint", ()),
    "receipt": Truth("receipt", (_JO,)),
    "away": Truth("auto_reply", (_JO,)),
}


def _header(sender: str, subject: str, *more: tuple[str, str]) -> Fields:
    return [
        ("From", sender),
        ("To", "shop@club.example"),
        ("Subject", subject),
        ("Date", "Mon, 3 Mar 2025 09:12:44 +0100"),
        ("Message-ID", "<r1@there.example>"),
        ("MIME-Version", "1.0"),
        *more,
    ]


def _feedback(truth: Truth, sender: str, subject: str, fields: str, notice: str, to: str = "") -> Written:
    named = "".join(f"Original-Rcpt-To: {one.address}\n" for one in truth.told)
    original = returned(truth)
    if not truth.told:
        original = original.replace("To: \n", "To: undisclosed-recipients:;\n")
    if to:
        original = original.replace(
            f"To: {', '.join(t.original or t.address for t in truth.told)}\n", f"To: {to}\n"
        )
    pieces = [
        Piece("notice", "text/plain", notice),
        Piece("fields", "message/feedback-report", fields.replace("@NAMED@", named)),
        Piece("returned", "message/rfc822", original),
    ]
    return Written(_header(sender, subject), pieces, "multipart/report; report-type=feedback-report")


_NOTICE: Final = (
    "This is an email abuse report for an email message received from IP 192.0.2.1 on Mon, 3 Mar 2025.\n"
)


def arf(truth: Truth) -> Written:
    """Write as RFC 5965 has it."""
    fields = (
        "Feedback-Type: abuse\nUser-Agent: SomeGenerator/1.0\nVersion: 1\nOriginal-Mail-From: <shop@club.example>\n"
        "@NAMED@Arrival-Date: Mon, 3 Mar 2025 09:11:00 +0100\nSource-IP: 192.0.2.1\nReported-Domain: club.example\n"
    )
    return _feedback(truth, "abusedesk@there.example", "FW: Your order 4711", fields, _NOTICE)


def yahoo(truth: Truth) -> Written:
    """Write as Yahoo's loop does: the fields in another order, the recipient's address in brackets."""
    fields = (
        "Feedback-Type: abuse\nUser-Agent: Yahoo!-Mail-Feedback/2.0\nVersion: 0.1\n@NAMED@"
        "Original-Mail-From: <shop@club.example>\nSource-IP: 192.0.2.1\nReported-Domain: club.example\n"
    )
    mail = _feedback(
        truth,
        "Yahoo! Mail AntiSpam Feedback <feedback@arf.there.example>",
        "FW:Your order 4711",
        fields,
        _NOTICE,
    )
    mail.pieces[1].text = mail.pieces[1].text.replace("To: jo.doe@away.example", "To: <jo.doe@away.example>")
    return mail


def microsoft(truth: Truth) -> Written:
    """Write as Outlook.com's loop does: no fields, the recipient in the header of the mail."""
    first = truth.told[0].address if truth.told else ""
    text = returned(truth)
    if first:
        text = f"X-HmXmrOriginalRecipient: {first}\n" + text
    return Written(
        _header("staff@hotmail.example", "complaint about message from 192.0.2.1"),
        [Piece("notice", "text/plain", ""), Piece("returned", "message/rfc822", text)],
        "multipart/mixed",
    )


def comcast(truth: Truth) -> Written:
    """Write as loops do that hide who complains in the mail, and name him in the fields or nowhere."""
    fields = (
        "Feedback-Type: abuse\nUser-Agent: Return Path Abuse Feedback Loop/1.0\nVersion: 0.1\n"
        "Original-Mail-From: shop@club.example\n@NAMED@Received-Date: Mon, 3 Mar 2025\nSource-IP: 192.0.2.1\n"
    )
    mail = _feedback(
        truth,
        "feedbackloop@fbl.cable.example",
        "Abuse report",
        fields,
        _NOTICE,
        "<redacted@redacted.invalid>",
    )
    if not truth.told:
        mail.pieces[1].text += "Original-Rcpt-To: redacted@cable.example\n"
    return mail


def headed_otherwise(truth: Truth) -> Written:
    """Write as RFC 5965 has it, the mail's own To being another address: a list, an alias."""
    mail = arf(truth)
    mail.pieces[2].text = mail.pieces[2].text.replace("To: jo", "To: News <list@club.example>\nX-To: jo")
    return mail


def thunderbird(truth: Truth) -> Written:
    """Write a receipt as Thunderbird does."""
    one = truth.told[0].address
    notice = f"This is a Return Receipt for the mail that you sent to {one}.\n\nNote: it was displayed.\n"
    fields = (
        f"Reporting-UA: pc.there.example; Thunderbird\nOriginal-Recipient: rfc822;{one}\n"
        f"Final-Recipient: rfc822;{one}\n"
        f"Original-Message-ID: <{truth.message_id}>\nDisposition: manual-action/MDN-sent-manually; displayed\n"
    )
    pieces = [
        Piece("notice", "text/plain", notice),
        Piece("fields", "message/disposition-notification", fields),
    ]
    pieces.append(Piece("returned", "text/rfc822-headers", returned(truth)))
    header = _header(one, "Return Receipt (displayed) - Your order 4711", ("Return-Path", f"<{one}>"))
    return Written(header, pieces, "multipart/report; report-type=disposition-notification")


def outlook(truth: Truth) -> Written:
    """Write a receipt as Outlook does, in German."""
    mail = thunderbird(truth)
    one = truth.told[0].address
    mail.header = _header(one, "Gelesen: Your order 4711", ("Return-Path", "<>"))
    mail.pieces[
        0
    ].text = "Ihre Nachricht\n\n An: Jo\n Betreff: Your order 4711\n\nwurde am 03.03.2025 09:12 gelesen.\n"
    mail.pieces[1].text = mail.pieces[1].text.replace(
        "manual-action/MDN-sent-manually", "automatic-action/MDN-sent-automatically"
    )
    return mail


def vacation(truth: Truth) -> Written:
    """Write as vacation and Sieve do."""
    return Written(
        _header(
            truth.told[0].address,
            "Out of office: Your order 4711",
            ("Auto-Submitted", "auto-replied (vacation)"),
            ("Return-Path", "<>"),
            ("Precedence", "bulk"),
        ),
        [
            Piece(
                "notice",
                "text/plain",
                "I am out of the office until 17 March. In urgent cases write to ann@there.example.\n",
            )
        ],
    )


def abwesenheit(truth: Truth) -> Written:
    """Write as Outlook's servers do in German offices, in HTML beside."""
    return Written(
        _header(
            f"Jo Doe <{truth.told[0].address}>",
            "Automatische Antwort: Your order 4711",
            ("Auto-Submitted", "auto-generated"),
            ("X-Auto-Response-Suppress", "All"),
            ("In-Reply-To", f"<{truth.message_id}>"),
        ),
        [
            Piece(
                "notice",
                "text/plain",
                "Guten Tag,\n\nich bin bis zum 17.03.2025 nicht im Hause; Ihre Mail wird nicht weitergeleitet.\n",
                "utf-8",
            )
        ],
    )


OTHER_WRITERS: Final[dict[str, tuple[Callable[[Truth], Written], tuple[str, ...]]]] = {
    "arf": (arf, ("complaint", "two complain", "somebody complains")),
    "yahoo": (yahoo, ("complaint", "somebody complains")),
    "microsoft": (microsoft, ("complaint",)),
    "comcast": (comcast, ("complaint", "somebody complains")),
    "headed_otherwise": (headed_otherwise, ("complaint",)),
    "thunderbird": (thunderbird, ("receipt",)),
    "outlook": (outlook, ("receipt",)),
    "vacation": (vacation, ("away",)),
    "abwesenheit": (abwesenheit, ("away",)),
}
