"""Tells which command of an SMTP dialogue was refused, where a report says so."""

from typing import Final

#: What Postfix, Exim, qmail, Exchange and their kin write, folded; the first that stands in the text counts.
_SAID: Final = (
    (" in reply to rcpt to command ", "rcpt"),
    (" in reply to end of data command ", "data"),
    (" in reply to data command ", "data"),
    (" in reply to mail from command ", "mail"),
    (" in reply to ehlo command ", "helo"),
    (" in reply to helo command ", "helo"),
    (" after rcpt to ", "rcpt"),
    (" for rcpt to command ", "rcpt"),
    (" after rcpt command ", "rcpt"),
    (" following rcpt command ", "rcpt"),
    (" after end of data ", "data"),
    (" after data ", "data"),
    (" for text command ", "data"),
    (" after mail from ", "mail"),
    (" for mail from command ", "mail"),
    (" after initial connection ", "connect"),
    (" while talking to initial greeting ", "connect"),
    (" after ehlo ", "helo"),
    (" after helo ", "helo"),
    (" does not like recipient ", "rcpt"),
    (" failed after i sent the message ", "data"),
    (" but sender was rejected ", "mail"),
    (" but my name was rejected ", "helo"),
    (" but greeting failed ", "connect"),
)
#: One of these stands in each of them: most texts have none, and are told by that.
_GLANCE: Final = (" command ", " after ", " but ", " talking to ", " like recipient ")


def answered_command(folded: str) -> str:
    """Give the command, "" where the text doesn't say; the text is given folded."""
    for word in _GLANCE:
        if word in folded:
            break
    else:
        return ""
    return next((command for words, command in _SAID if words in folded), "")
