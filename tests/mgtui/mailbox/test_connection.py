"""Connecting: encryption, login, and errors in one plain line without secrets."""

import base64
import socket
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mgtui.mailbox import ImapMailbox, MailboxError, MailboxRefused, MailboxUnavailable, PasswordFrom
from tests.mgtui.mailbox.conftest import settings_for
from tests.mgtui.mailbox.mails import mail
from tests.servers.certificate import write_certificate
from tests.servers.dovecot import Dovecot
from tests.servers.ports import free_ports
from tests.servers.proxy import Proxy
from tests.servers.scripted import ScriptedServer
from tests.servers.tokens import TokenServer

Connect = Callable[..., ImapMailbox]

WRONG = 'Grün, "falsch" & \\geheim'


@pytest.fixture
def wrong_password(monkeypatch: pytest.MonkeyPatch) -> PasswordFrom:
    monkeypatch.setenv("WRONG_PASSWORD", WRONG)
    return PasswordFrom(environment="WRONG_PASSWORD")


def failure(port: int, **changes: object) -> tuple[MailboxError, str]:
    """Fail to connect; give the error and everything that a traceback would show."""
    with pytest.raises(MailboxError) as caught:
        ImapMailbox(settings_for(port, **changes)).connect()
    assert "\n" not in str(caught.value)
    return caught.value, "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_trusted_certificate_is_enough(dovecot: Dovecot, connect: Connect, security: str) -> None:
    dovecot.deliver("office", "INBOX", mail(1))
    port = dovecot.tls_port if security == "tls" else dovecot.port
    mailbox = connect(port, security=security, ca_file=dovecot.ca_file)
    mailbox.select("INBOX")
    assert [each.raw for each in mailbox.fetch(mailbox.uids())] == [mail(1)]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_another_authority_is_refused(dovecot: Dovecot, tmp_path: Path, security: str) -> None:
    port = dovecot.tls_port if security == "tls" else dovecot.port
    for ca_file in (None, write_certificate(tmp_path)):
        error, _ = failure(port, security=security, ca_file=ca_file)
        assert isinstance(error, MailboxRefused)
        assert "certificate isn't trusted" in str(error)


def test_a_host_name_that_the_certificate_does_not_hold_is_refused(
    own_server: Callable[..., Dovecot],
) -> None:
    dovecot = own_server()
    dovecot.kill()
    write_certificate(dovecot.root, host="mail.example.org", address="127.0.0.9")
    dovecot.start()
    error, _ = failure(dovecot.tls_port, security="tls", ca_file=dovecot.root / "cert.pem")
    assert isinstance(error, MailboxRefused)
    assert "certificate isn't trusted" in str(error)


def test_starttls_is_never_left_out() -> None:
    with ScriptedServer(capability="IMAP4rev1") as server:
        error, _ = failure(server.port, security="starttls")
        assert isinstance(error, MailboxRefused)
        assert "no STARTTLS" in str(error)
        assert not any(b"LOGIN" in line or b"AUTHENTICATE" in line for line in server.lines)


def test_a_server_that_skips_login_before_starttls_is_refused() -> None:
    with ScriptedServer(greeting=b"* PREAUTH welcome", capability="IMAP4rev1 STARTTLS") as server:
        error, _ = failure(server.port, security="starttls")
        assert isinstance(error, MailboxRefused)


def test_a_password_goes_to_another_machine_only_encrypted() -> None:
    error, _ = failure(143, host="192.0.2.1", security="plain")
    assert isinstance(error, MailboxRefused)
    assert "without encryption" in str(error)


def test_no_password_is_sent_where_the_server_wants_encryption_first() -> None:
    with ScriptedServer(capability="IMAP4rev1 STARTTLS LOGINDISABLED") as server:
        error, _ = failure(server.port)
        assert isinstance(error, MailboxRefused)
        assert not any(b"secret" in line for line in server.lines)


def test_a_wrong_password_is_refused_without_showing_it(
    dovecot: Dovecot, wrong_password: PasswordFrom
) -> None:
    error, shown = failure(dovecot.port, password=wrong_password)
    assert isinstance(error, MailboxRefused)
    assert "check the user name and the password" in str(error)
    assert WRONG not in shown


def test_a_password_that_the_server_repeats_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WRONG_PASSWORD", 'top"hidden')
    source = PasswordFrom(environment="WRONG_PASSWORD")
    for word in (b"NO", b"BAD"):
        with ScriptedServer({b"LOGIN": [b"%TAG% " + word + b" what is %LINE%?"]}) as server:
            error, shown = failure(server.port, password=source)
            assert isinstance(error, MailboxRefused)
            assert "hidden" not in shown
            assert any(b"hidden" in line for line in server.lines)


def test_a_token_that_the_server_repeats_is_not_shown() -> None:
    script = {b"AUTHENTICATE": [b"+ ", b"%READ%", b"%TAG% NO what is %LAST%?"]}
    with ScriptedServer(script, capability="IMAP4rev1 AUTH=XOAUTH2") as server:
        _, shown = failure(server.port, login="xoauth2")
        assert "what is ***?" in shown


def test_letters_beyond_ascii_work_in_a_password(
    own_server: Callable[..., Dovecot], monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot = own_server()
    dovecot.kill()
    config = dovecot.root / "dovecot.conf"
    config.write_text(config.read_text().replace("password=secret", "password=geheim-ü"))
    dovecot.start()
    monkeypatch.setenv("UMLAUT_PASSWORD", "geheim-ü")
    mailbox = ImapMailbox(settings_for(dovecot.port, password=PasswordFrom(environment="UMLAUT_PASSWORD")))
    mailbox.connect()
    assert mailbox.select("INBOX").uid_next == "1"
    mailbox.close()


@pytest.mark.parametrize("secret", ["a\r\nA2 DELETE INBOX", "a\0b", "a\nb"])
def test_a_password_with_a_line_end_is_refused_unsent(secret: str, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_bytes(secret.encode())
    file.chmod(0o600)
    with ScriptedServer() as server:
        error, shown = failure(server.port, password=PasswordFrom(file=file))
        assert isinstance(error, MailboxRefused)
        assert "DELETE" not in shown
        assert server.lines == [b"CAPABILITY"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"NO [AUTHENTICATIONFAILED] no", MailboxRefused),
        (b"NO LOGIN failed.", MailboxRefused),
        (b"NO [ALERT] Please log in with your browser", MailboxRefused),
        (b"NO [UNAVAILABLE] Temporary authentication failure", MailboxUnavailable),
        (b"NO [ALERT] Too many simultaneous connections", MailboxUnavailable),
        (b"NO [LIMIT] slow down", MailboxUnavailable),
        (b"NO [EXPIRED] old", MailboxRefused),
    ],
)
def test_a_refused_login_says_whether_trying_again_helps(answer: bytes, kind: type[MailboxError]) -> None:
    with ScriptedServer({b"LOGIN": [b"%TAG% " + answer]}) as server:
        error, _ = failure(server.port)
        assert type(error) is kind
        assert answer.partition(b"] ")[2].decode() in str(error)


def test_a_server_that_says_bye_in_its_greeting_can_be_tried_again() -> None:
    with ScriptedServer(greeting=b"* BYE Too many connections from your address") as server:
        error, _ = failure(server.port)
        assert type(error) is MailboxUnavailable
        assert "Too many connections" in str(error)


def test_a_server_that_is_not_there_can_be_tried_again() -> None:
    [port] = free_ports(1)
    error, _ = failure(port)
    assert type(error) is MailboxUnavailable
    assert "can't be reached" in str(error)


def test_an_unknown_host_can_be_tried_again() -> None:
    error, _ = failure(143, host="nowhere.invalid", security="starttls")
    assert type(error) is MailboxUnavailable
    assert "host name" in str(error)


def test_a_server_that_accepts_and_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        for security in ("plain", "tls", "starttls"):
            error, _ = failure(listener.getsockname()[1], timeout=0.1, security=security)
            assert type(error) is MailboxUnavailable
            assert "no answer" in str(error)


def test_tls_to_a_port_without_it_says_so(dovecot: Dovecot) -> None:
    error, _ = failure(dovecot.port, security="tls", ca_file=dovecot.ca_file)
    assert isinstance(error, MailboxRefused)
    assert "no TLS there" in str(error)


def test_a_file_of_authorities_that_cannot_be_read_is_named(dovecot: Dovecot, tmp_path: Path) -> None:
    error, _ = failure(dovecot.tls_port, security="tls", ca_file=tmp_path / "missing.pem")
    assert isinstance(error, MailboxRefused)
    assert "missing.pem" in str(error)


@pytest.fixture
def token_server() -> Iterator[ScriptedServer]:
    script = {b"AUTHENTICATE": [b"+ ", b"%READ%", b"%TAG% OK welcome"]}
    with ScriptedServer(script, capability="IMAP4rev1 AUTH=XOAUTH2 SASL-IR") as server:
        yield server


def test_a_token_is_sent_by_xoauth2(token_server: ScriptedServer, connect: Connect) -> None:
    connect(token_server.port, login="xoauth2")
    sent = base64.b64decode(token_server.lines[2])
    assert sent == b"user=office\x01auth=Bearer secret\x01\x01"


@dataclass(frozen=True)
class Tokens:
    """A source that gives the next of its tokens at each connect, as one that refreshes them does."""

    tokens: list[str]

    def resolve(self, user: str) -> str:
        assert user == "office"
        return self.tokens.pop(0)


def test_tokens_are_taken_by_a_real_server_and_an_ended_one_is_told_in_plain_words(
    own_server: Callable[..., Dovecot],
) -> None:
    with TokenServer() as endpoint:
        server = own_server(token_endpoint=endpoint.url)
        server.deliver("office", "INBOX", mail(1))
        endpoint.users.update(first="office", second="office", **{"stolen-token": "somebody"})
        source = Tokens(["first", "old-token", "stolen-token", "second"])
        mailbox = ImapMailbox(settings_for(server.port, login="xoauth2", password=source))
        mailbox.connect()
        mailbox.select("INBOX")
        assert mailbox.uids() == ["1"]
        mailbox.close()
        for token in ("old-token", "stolen-token"):
            with pytest.raises(MailboxRefused, match="access token was refused") as caught:
                mailbox.connect()
            assert token not in str(caught.value)
        mailbox.connect()
        mailbox.close()


def test_connecting_again_after_a_lost_connection_works(dovecot: Dovecot) -> None:
    dovecot.deliver("office", "INBOX", mail(1))
    with Proxy(dovecot.port) as proxy:
        mailbox = ImapMailbox(settings_for(proxy.port))
        mailbox.connect()
        mailbox.select("INBOX")
        proxy.cut()
        with pytest.raises(MailboxUnavailable, match="connection"):
            mailbox.uids()
        with pytest.raises(MailboxUnavailable, match="not connected"):
            mailbox.uids()
        mailbox.connect()
        mailbox.select("INBOX")
        assert mailbox.uids() == ["1"]
        mailbox.close()


def test_settings_and_mailbox_show_no_secret(wrong_password: PasswordFrom) -> None:
    settings = settings_for(143, password=wrong_password)
    assert WRONG not in repr(settings) + str(settings) + repr(ImapMailbox(settings))
