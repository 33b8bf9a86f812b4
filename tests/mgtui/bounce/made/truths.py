"""What happened to a mail: the truth that reports are written from."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Told:
    """What happened to one recipient."""

    address: str
    status: str
    reply: int
    severity: str
    said: str  #: the words of the server, without its codes
    action: str = "failed"
    original: str | None = None

    @property
    def answer(self) -> str:
        """The whole reply of the server."""
        return f"{self.reply} {self.status} {self.said}"


@dataclass(frozen=True)
class Truth:
    """One report: its kind, whom it is about, and the Message-ID of the mail that it is about."""

    kind: str
    told: tuple[Told, ...]
    message_id: str = "20250303.4711@office.example"


_GONE: Final = Told("jo.doe@away.example", "5.1.1", 550, "hard", "<jo.doe@away.example>: User unknown")
_FULL: Final = Told("bo@far.example", "5.2.2", 552, "soft", "Mailbox full")
_BUSY: Final = Told("al@slow.example", "4.4.1", 421, "soft", "Connection timed out", action="delayed")

TRUTHS: Final = {
    "unknown": Truth("bounce", (_GONE,)),
    "full": Truth("bounce", (_FULL,)),
    "over quota": Truth("bounce", (Told("quota@far.example", "4.2.2", 452, "soft", "Mailbox over quota"),)),
    "no domain": Truth(
        "bounce", (Told("ann@gone.example", "5.1.2", 550, "hard", "Domain gone.example does not exist"),)
    ),
    "spam": Truth(
        "bounce", (Told("cy@strict.example", "5.7.1", 554, "refused", "Message rejected as spam by content"),)
    ),
    "blocked": Truth(
        "bounce",
        (Told("di@strict.example", "5.7.1", 550, "refused", "Client host [192.0.2.1] blocked by blacklist"),),
    ),
    "disabled": Truth("bounce", (Told("ed@away.example", "5.2.1", 550, "?", "Mailbox disabled, not accepting mail"),)),
    "expired": Truth("bounce", (Told("flo@slow.example", "4.4.7", 451, "soft", "delivery time expired"),)),
    "two": Truth("bounce", (_GONE, _FULL)),
    "three": Truth(
        "bounce",
        (_FULL, Told("gus@gone.example", "5.1.2", 550, "hard", "Host or domain name not found"), _GONE),
    ),
    "delayed": Truth("delayed", (_BUSY,)),
    "forwarded": Truth(
        "bounce",
        (Told("hal@inner.example", "5.1.1", 550, "hard", "No such user here", original="info@club.example"),),
    ),
    "mixed": Truth(
        "bounce", (_GONE, Told("ida@slow.example", "4.4.1", 421, "soft", "Connection refused", action="delayed"))
    ),
    "delivered": Truth(
        "delivered", (Told("kim@good.example", "2.0.0", 250, "undetermined", "Ok, queued", action="delivered"),)
    ),
    "utf-8": Truth("bounce", (Told("jürgen@müller.example", "5.1.1", 550, "hard", "No such user here"),)),
}  # fmt: skip
