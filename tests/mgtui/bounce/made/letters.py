"""Mails of people and of newsletters, which stay ordinary whatever happens to them on the way."""

from typing import Final

from tests.mgtui.bounce.made.other_writers import OTHER_TRUTHS, arf, outlook
from tests.mgtui.bounce.made.prose_writers import qmail
from tests.mgtui.bounce.made.truths import TRUTHS
from tests.mgtui.bounce.made.writers import exchange, postfix, sendmail
from tests.mgtui.bounce.made.written import Fields, Piece, Written

_WORDS: Final = {
    "invoice": (
        "Rechnung 4711",
        "Guten Tag,\n\nanbei die Rechnung 4711. Zahlbar bis zum 17.03.2025.\n\nViele Grüße\nBo\n",
    ),
    "order": (
        "Your order 4711",
        "Dear Jo,\n\nwe have sent your parcel to jo@away.example. It could not be delivered on Monday.\n",
    ),
    "full": (
        "Full house on Friday",
        "Hi,\n\nthe mailbox at the gate is full, please empty it. User unknown left a note: 550 steps.\n",
    ),
    "codes": (
        "Error 5.1.1 in your manual",
        "Hello,\n\nsection 5.1.1 of the manual says 550 mm; chapter 4.4.7 says 452. Which is right?\n\nBo\n",
    ),
    "question": (
        "What does this mean?",
        "Hello,\n\nI got this back from jo@away.example:\n\n550 5.1.1 User unknown\n\nWhat shall I do?\nBo\n",
    ),
    "moved": (
        "My new address",
        "Dear all,\n\nplease note that bo@old.example is no longer valid, write to bo@new.example.\n",
    ),
    "meeting": ("Re: meeting", "Yes, I will be there.\n\n> Are you out of the office next week?\n"),
    "thanks": ("AW: Angebot", "Danke, das passt.\n\n-- \nBo Far\nTel. 0550 511\n"),
    "complaint": (
        "Complaint about order 4711",
        "Dear shop,\n\nI want to complain: the parcel was returned to sender.\n\nBo\n",
    ),
    "stop": ("please stop", "Stop sending me your letter, I never asked for it. Bo\n"),
}


def _header(subject: str, *more: tuple[str, str]) -> Fields:
    return [
        ("Return-Path", "<bo@club.example>"),
        ("From", "Bo Far <bo@club.example>"),
        ("To", "office@shop.example"),
        ("Subject", subject),
        ("Date", "Tue, 4 Mar 2025 10:00:00 +0100"),
        ("Message-ID", "<l1@club.example>"),
        ("MIME-Version", "1.0"),
        *more,
    ]


def _plain(name: str) -> Written:
    subject, text = _WORDS[name]
    subject = subject if subject.isascii() else f"=?utf-8?q?{subject}?="
    return Written(_header(subject), [Piece("notice", "text/plain", text, "" if text.isascii() else "utf-8")])


def _with_file() -> Written:
    mail = _plain("invoice")
    mail.pieces.append(
        Piece("other", 'application/pdf; name="invoice.pdf"', "JVBERi0xLjQKJcOkw7zDtsOf\n", "", "base64")
    )
    mail.multipart = "multipart/mixed"
    return mail


def _with_text_file() -> Written:
    mail = _plain("thanks")
    log = "Mar  4 09:00:00 mx postfix/smtp[4711]: A1: to=<jo@away.example>, status=bounced (550 5.1.1 User unknown)\n"
    mail.pieces.append(
        Piece(
            "other",
            'text/plain; name="mail.log"',
            log,
            "",
            "",
            [("Content-Disposition", "attachment; filename=mail.log")],
        )
    )
    mail.multipart = "multipart/mixed"
    return mail


def _newsletter() -> Written:
    mail = _plain("order")
    mail.header += [
        ("List-Id", "News <news.club.example>"),
        ("List-Unsubscribe", "<https://club.example/u>"),
        ("Precedence", "list"),
    ]
    mail.pieces[
        0
    ].text = "News of March\n\nDelivery problems? Read how to avoid bounces: user unknown, mailbox full.\nUnsubscribe: https://club.example/u\n"
    mail.pieces.append(
        Piece(
            "notice",
            "text/html",
            "<html><body><h1>News</h1><p>Delivery problems? 550 5.1.1</p></body></html>\n",
        )
    )
    mail.multipart = "multipart/alternative"
    return mail


def _quoting(report: Written, subject: str, words: str, mark: str = "> ") -> Written:
    """Quote a report in full below words of one's own."""
    text = "".join(f"{mark}{line}\n" for piece in report.pieces for line in piece.text.splitlines())
    return Written(
        _header(subject, ("In-Reply-To", "<20250303081244.A1B2@mx.office.example>")),
        [Piece("notice", "text/plain", words + text)],
    )


def _enclosing(report: Written, subject: str, words: str) -> Written:
    """Attach a report as a mail."""
    pieces = [
        Piece("notice", "text/plain", words),
        Piece("returned", "message/rfc822", report.raw().decode()),
    ]
    return Written(_header(subject), pieces, "multipart/mixed", "letter_1")


def _with_parts(report: Written, subject: str, words: str) -> Written:
    """Attach the parts of a report, as some programs forward it."""
    return Written(
        _header(subject, ("X-Mailer", "Apple Mail (2.3)")),
        [Piece("notice", "text/plain", words), *report.pieces[1:]],
        "multipart/mixed",
        "letter_1",
    )


_ASKS: Final = "Hello,\n\nwhat does this mean? I only wrote to Jo.\n\nBo\n\n"
_GONE: Final = TRUTHS["unknown"]


def letters() -> dict[str, Written]:
    """Make each letter anew."""
    return {
        **{name: _plain(name) for name in _WORDS},
        "with a file": _with_file(),
        "with a log": _with_text_file(),
        "newsletter": _newsletter(),
        "quotes postfix": _quoting(postfix(_GONE), "Re: Undelivered Mail Returned to Sender", _ASKS),
        "quotes sendmail": _quoting(sendmail(_GONE), "AW: Returned mail: see transcript for details", _ASKS),
        "quotes exchange": _quoting(exchange(_GONE), "WG: Undeliverable: Your order 4711", _ASKS, "| "),
        "pastes qmail": _quoting(qmail(_GONE), "Fwd: failure notice", _ASKS, ""),
        "pastes fields": _quoting(
            postfix(TRUTHS["two"]), "Fwd: Undelivered Mail Returned to Sender", _ASKS, ""
        ),
        "pastes under a subject of his own": _quoting(postfix(_GONE), "Mail to Jo", _ASKS, "  "),
        "encloses": _enclosing(postfix(_GONE), "Fwd: Undelivered Mail Returned to Sender", _ASKS),
        "encloses under a subject of his own": _enclosing(exchange(_GONE), "What is this?", _ASKS),
        "encloses a delay": _enclosing(sendmail(TRUTHS["delayed"]), "WG: Warning", _ASKS),
        "attaches fields": _with_parts(postfix(_GONE), "Fwd: Undelivered Mail Returned to Sender", _ASKS),
        "replies to a complaint": _quoting(
            arf(OTHER_TRUTHS["complaint"]),
            "Re: FW: Your order 4711",
            "Dear abuse desk,\n\nwe took the address off our list.\n\nBo\n\n",
        ),
        "encloses a receipt": _enclosing(
            outlook(OTHER_TRUTHS["receipt"]), "Fwd: Gelesen: Your order 4711", "Hat es gelesen.\n"
        ),
    }
