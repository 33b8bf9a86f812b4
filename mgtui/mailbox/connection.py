"""Opening a connection: TLS, login, and what the server can do. The secret shows up in no error."""

import base64
import contextlib
import imaplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import UnexpectedCommandStatusError

from mgtui.mailbox.errors import MailboxError, MailboxRefused, MailboxUnavailable
from mgtui.mailbox.listening import keep_alive, read_much_at_once
from mgtui.mailbox.refusals import translate
from mgtui.mailbox.responses import read_status
from mgtui.mailbox.settings import ImapSettings
from mgtui.mailbox.wakeup import Wakeup
from mgtui.mailbox.wire import Wire


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection that is logged in."""

    box: BaseMailBox
    wire: Wire
    capabilities: frozenset[str]  #: as announced after login, in capitals
    utf8: bool = False  #: names, and headers of mails, come as UTF-8
    wakeup: Wakeup = field(default_factory=Wakeup)  #: ends a wait

    def can(self, extension: str) -> bool:
        """Tell whether the server can do something that IMAP4rev2 (RFC 9051) has built in."""
        return not self.capabilities.isdisjoint((extension, "IMAP4REV2"))

    def close(self) -> None:
        """Log out if the connection is in order, and hang up in any case."""
        if not (self.wire.broken or self.wire.has_open_answers):
            with contextlib.suppress(OSError, ValueError, imaplib.IMAP4.error, UnexpectedCommandStatusError):
                self.box.client.sock.settimeout(5.0)
                self.box.logout()
        self.wire.hang_up()
        self.wakeup.close()


def open_connection(settings: ImapSettings) -> Connection:
    """Connect and log in. Raises `MailboxRefused` where a person must act, else `MailboxUnavailable`."""
    if settings.security == "plain" and not (settings.is_local or settings.allow_plain):
        raise MailboxRefused(
            f"{settings.place}: a connection without encryption would show the password: "
            "use tls or starttls, or set allow_plain"
        )
    secret = settings.password.resolve(settings.user)
    box = _reach(settings)
    try:
        _log_in(box, settings, secret)
        box.client.sock.settimeout(settings.timeout)
        read_much_at_once(box.client)
        wire = Wire(box.client, settings.place, settings.timeout)
        wire.alerts.extend(_alerts_so_far(box, settings, secret))
        # Many servers tell what they can do only after login: Dovecot and Gmail name MOVE there.
        found = _capabilities(wire)
        utf8 = _accept_utf8(wire, found)
    except BaseException:
        with contextlib.suppress(OSError):
            box.client.shutdown()
        raise
    return Connection(box, wire, found, utf8)


def _capabilities(wire: Wire) -> frozenset[str]:
    answers = wire.ask("CAPABILITY", "asking what the server can do").of("CAPABILITY")
    words = [word for parts in answers for word in parts[0].split()[1:]]
    return frozenset(word.decode("ascii", "replace").upper() for word in words)


def _accept_utf8(wire: Wire, found: frozenset[str]) -> bool:
    """Have the server send internationalised mails as they are (RFC 6855).

    Without it some show a replacement in place of the mail, and those with UTF8=ONLY nothing at all.
    """
    if "ENABLE" not in found or found.isdisjoint(("UTF8=ACCEPT", "UTF8=ONLY")):
        return False
    enabled = wire.run("ENABLE UTF8=ACCEPT").of("ENABLED")
    return any(b"UTF8=ACCEPT" in parts[0].upper().split() for parts in enabled)


def _reach(settings: ImapSettings) -> BaseMailBox:
    """Open the connection, encrypted as the settings say; it is never less than that."""
    try:
        if settings.security == "tls":
            box: BaseMailBox = MailBox(
                settings.host, settings.actual_port, timeout=settings.timeout, ssl_context=_context(settings)
            )
        else:
            box = MailBoxUnencrypted(settings.host, settings.actual_port, timeout=settings.timeout)
        keep_alive(box.client.sock)
        if settings.security == "starttls":
            _start_tls(box, settings)
        return box
    except (OSError, imaplib.IMAP4.error) as error:
        raise _unreachable(settings, error) from None


def _start_tls(box: BaseMailBox, settings: ImapSettings) -> None:
    try:
        box.client.starttls(_context(settings))
    except BaseException as error:
        with contextlib.suppress(OSError):
            box.client.shutdown()
        if isinstance(error, imaplib.IMAP4.error) and not isinstance(error, OSError):
            raise MailboxRefused(
                f"{settings.place}: the server offers no STARTTLS; nothing was sent"
            ) from None
        raise


def _context(settings: ImapSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(settings.ca_file) if settings.ca_file else None)
    except (OSError, ValueError):
        raise MailboxRefused(f"the file of trusted certificates {settings.ca_file} can't be read") from None


def _unreachable(settings: ImapSettings, error: Exception) -> MailboxError:
    place = settings.place
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message or "it can't be verified"
        return MailboxRefused(
            f"{place}: the server's certificate isn't trusted: {why}; set ca_file if it is yours"
        )
    if isinstance(error, ssl.SSLError):
        return MailboxRefused(f"{place}: no TLS there ({error.reason}): check port and security")
    if isinstance(error, TimeoutError):
        return MailboxUnavailable(f"{place} gave no answer within {settings.timeout:.0f} seconds")
    if isinstance(error, socket.gaierror):
        return MailboxUnavailable(f"{place}: the host name is unknown, or no name server answers")
    if isinstance(error, OSError):
        return MailboxUnavailable(f"{place} can't be reached: {error.strerror or type(error).__name__}")
    said = read_status(str(error).encode("utf-8", "replace")).text.removesuffix("'")
    return MailboxUnavailable(f"{place} doesn't take us in: {said or 'it closed the connection'}")


def _log_in(box: BaseMailBox, settings: ImapSettings, secret: str) -> None:
    if any(letter in settings.user + secret for letter in "\r\n\0"):
        raise MailboxRefused(f"{settings.place}: user name or password holds a line end or a NUL")
    with _login_errors(settings, secret):
        known = box.client.capabilities
        if settings.login == "xoauth2":
            box.xoauth2(settings.user, secret, initial_folder=None)
        elif (settings.user + secret).isascii() and "LOGINDISABLED" not in known:
            box.login(settings.user, secret, initial_folder=None)
        elif "AUTH=PLAIN" in known:
            box.login_utf8(settings.user, secret, initial_folder=None)
        else:
            raise MailboxRefused(f"{settings.place}: the server takes no password here: use tls or starttls")


def _alerts_so_far(box: BaseMailBox, settings: ImapSettings, secret: str) -> list[str]:
    """Find what the server wanted people to see in its greeting and while logging in."""
    answer: tuple[str, list[bytes]] | None = box.login_result
    said = [box.client.welcome, *box.client.untagged_responses.get("OK", []), *(answer or ("", []))[1]]
    lines = [line.removeprefix(b"* OK ") for line in said if isinstance(line, bytes)]
    found = [read_status(b"OK " + _without(settings, secret, line)) for line in lines]
    return [status.text for status in found if status.code == "ALERT"]


@contextlib.contextmanager
def _login_errors(settings: ImapSettings, secret: str) -> Iterator[None]:
    doing = f"logging in as {settings.user}"
    try:
        yield
    except UnexpectedCommandStatusError as error:
        word, data = error.command_result[0], error.command_result[1]
        text = data[-1] if data and isinstance(data[-1], bytes) else b""
        line = str(word).encode("ascii", "replace") + b" " + _without(settings, secret, text)
    except TimeoutError:
        raise MailboxUnavailable(f"{settings.place}: {doing}: no answer in time") from None
    except (OSError, imaplib.IMAP4.abort):
        raise MailboxUnavailable(f"{settings.place}: {doing}: the server closed the connection") from None
    except imaplib.IMAP4.error as error:
        # imaplib shows a BAD as Python would write it, so a secret in it could not be recognised.
        is_bad = "command error: BAD" in str(error)
        line = (
            b"BAD" if is_bad else b"NO " + _without(settings, secret, str(error).encode("utf-8", "replace"))
        )
    else:
        return
    status = read_status(line)
    if settings.login == "xoauth2" and status.code in ("", "AUTHENTICATIONFAILED"):
        doing += ": the access token was refused; it or the consent behind it has ended: sign in again"
        status = status._replace(code="")
    raise translate(settings.place, doing, status, MailboxRefused) from None


def _without(settings: ImapSettings, secret: str, text: bytes) -> bytes:
    """Take a secret out of what a server said: some repeat the whole command that they refuse."""
    plain, user = secret.encode("utf-8"), settings.user.encode("utf-8")
    sasl = (plain, b"\0" + user + b"\0" + plain, b"user=" + user + b"\1auth=Bearer " + plain + b"\1\1")
    quoted = plain.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    forms = {quoted, plain, *(base64.b64encode(each) for each in sasl)}
    for form in sorted(forms, key=len, reverse=True):  # the longer ones hold the shorter ones
        text = text.replace(form, b"***")
    return text
