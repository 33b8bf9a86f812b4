"""Servers that tell of failures in words alone."""

from collections.abc import Callable
from typing import Final

from tests.mgtui.bounce.made.hand import header, returned
from tests.mgtui.bounce.made.truths import Truth
from tests.mgtui.bounce.made.writers import exim, postfix
from tests.mgtui.bounce.made.written import Piece, Written


def _prose_only(daemon: str, subject: str, text: str, truth: Truth) -> Written:
    return Written(header(daemon, subject), [Piece("notice", "text/plain", text + returned(truth))])


def qmail(truth: Truth) -> Written:
    """Write as qmail does, which knows no fields."""
    said = "\n".join(
        f"<{t.address}>:\n192.0.2.3 does not like recipient.\nRemote host said: {t.answer}\nGiving up on 192.0.2.3.\n"
        for t in truth.told
    )
    text = (
        "Hi. This is the qmail-send program at mx.office.example.\nI'm afraid I wasn't able to deliver your "
        "message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work "
        f"out.\n\n{said}\n--- Below this line is a copy of the message.\n\n"
    )
    return _prose_only("MAILER-DAEMON@mx.office.example", "failure notice", text, truth)


def old_exim(truth: Truth) -> Written:
    """Write as Exim did without fields."""
    text = (
        exim(truth).pieces[0].text
        + "\n------ This is a copy of the message, including all the headers. ------\n\n"
    )
    text = text.replace(
        "could not be delivered to one or more of its\nrecipients. The following address(es):",
        "could not be delivered to one or more of its\nrecipients. This is a permanent error. "
        "The following address(es) failed:",
    )
    mail = _prose_only(
        "Mail Delivery System <Mailer-Daemon@mx.office.example>",
        "Mail delivery failed: returning message to sender",
        text,
        truth,
    )
    mail.header.insert(2, ("X-Failed-Recipients", ", ".join(t.address for t in truth.told)))
    return mail


def old_postfix(truth: Truth) -> Written:
    """Write as Postfix did, with what it says for people alone."""
    mail = postfix(truth)
    mail.pieces = [mail.pieces[0], mail.pieces[2]]
    mail.multipart = "multipart/mixed"
    return mail


def groupwise(truth: Truth) -> Written:
    """Write as GroupWise does."""
    said = "\n".join(f"\t{t.address} ({t.answer})" for t in truth.told)
    text = f"The message that you sent was undeliverable to the following:\n\n{said}\n\n"
    mail = _prose_only("Mailer-Daemon@mx.office.example", "Message status - undeliverable", text, truth)
    mail.pieces = [Piece("notice", "text/plain", text), Piece("returned", "message/rfc822", returned(truth))]
    mail.multipart = "multipart/mixed"
    return mail


#: These tell of failures only, and in words alone.
PROSE_WRITERS: Final[dict[str, Callable[[Truth], Written]]] = {
    one.__name__: one for one in (qmail, old_exim, old_postfix, groupwise)
}
