"""Notices as mails over SMTP."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal

from mgtui.notify.channel import Notice, Undelivered
from mgtui.wording import harmless

#: A mail of ours is known by its Message-ID when it comes back.
ID_PREFIX = "mgtui-action."


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The server that takes our mails; `password` is asked for at each connect."""

    host: str
    port: int
    sender: str
    security: Literal["tls", "starttls", "plain"] = "starttls"
    user: str = ""
    password: Callable[[], str] | None = None
    timeout: float = 30.0


@dataclass(frozen=True, slots=True)
class MailChannel:
    """Sends notices to one address."""

    server: SmtpServer
    address: str

    def send(self, notice: Notice) -> None:
        """Send a mail that nobody's program answers. Raises `Undelivered`."""
        try:
            with self._connect() as connection:
                # The null sender (RFC 5321, section 4.5.5): a report on this mail would only make more mails.
                connection.send_message(self.written(notice), from_addr="", to_addrs=[self.address])
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise Undelivered(_said(code, text), for_good=code >= 500) from None
        except smtplib.SMTPResponseException as error:
            # A refused login can be put right; a refused mail can't.
            for_good = error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError)
            raise Undelivered(_said(error.smtp_code, error.smtp_error), for_good=for_good) from None
        except (OSError, smtplib.SMTPException) as error:
            raise Undelivered(harmless(f"{self.server.host}: {error or type(error).__name__}", 300)) from None

    def written(self, notice: Notice) -> EmailMessage:
        """Write the mail: by a program (RFC 3834), the same Message-ID each time it is tried."""
        mail = EmailMessage()
        mail["From"] = self.server.sender
        mail["To"] = self.address
        mail["Subject"] = harmless(notice.subject, 200)
        mail["Date"] = format_datetime(notice.requested_at)
        mail["Message-ID"] = f"<{ID_PREFIX}{notice.action_id}@{self.server.sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
        mail.set_content(notice.text + "\n")
        return mail

    def _connect(self) -> smtplib.SMTP:
        server = self.server
        context = ssl.create_default_context() if server.security != "plain" else None
        connection: smtplib.SMTP
        if server.security == "tls":
            connection = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            if server.security == "starttls":
                connection.starttls(context=context)
            if server.user and server.password:
                connection.login(server.user, server.password())
        except BaseException:
            connection.close()
            raise
        return connection


def _said(code: int, text: bytes | str) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return harmless(f"{code} {said}", 300)
