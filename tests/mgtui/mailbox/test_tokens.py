"""Access tokens of Microsoft 365 and Google: fetched, kept, renewed, and said in plain words when they end."""

import json
import stat
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

pytest.importorskip("msal", reason="needs the optional package msal")
pytest.importorskip("google.auth", reason="needs the optional package google-auth")

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from mgtui.mailbox import (
    GoogleToken,
    ImapMailbox,
    MailboxRefused,
    MailboxUnavailable,
    MicrosoftToken,
    PasswordFrom,
    TokenFile,
)
from tests.mgtui.mailbox.conftest import settings_for
from tests.servers.dovecot import Dovecot, skip_without_dovecot
from tests.servers.dovecot_config import DovecotOptions
from tests.servers.issuer import Issuer
from tests.servers.tokens import TokenServer


class World:
    """A Dovecot that takes tokens, what tells it whose they are, and who issues them."""

    def __init__(self, server: Dovecot, microsoft: Issuer, google: Issuer, folder: Path) -> None:
        self.server, self.microsoft, self.google, self.folder = server, microsoft, google, folder
        self.tokens = TokenFile(folder / "tokens" / "office.json")

    def log_in(self, source: MicrosoftToken | GoogleToken) -> None:
        mailbox = ImapMailbox(settings_for(self.server.port, password=source, login="xoauth2"))
        try:
            mailbox.connect()
            mailbox.select("INBOX")
        finally:
            mailbox.close()

    def app(self, *, secret: bool = True) -> MicrosoftToken:
        return MicrosoftToken(
            "tenant",
            "client",
            self.tokens,
            PasswordFrom(environment="MGTUI_TEST_PASSWORD") if secret else None,
            self.microsoft.url,
            self.microsoft.ca_file,
        )

    def service_account(self) -> GoogleToken:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path = self.folder / "key.json"
        info = {"type": "service_account", "client_email": "a@b.example", "private_key": key.decode()}
        path.write_text(json.dumps({**info, "token_uri": f"{self.google.url}/token"}))
        return GoogleToken(self.tokens, service_account=path)

    def installed_app(self) -> GoogleToken:
        path = self.folder / "client.json"
        app = {"client_id": "client", "client_secret": "app-secret", "auth_uri": f"{self.google.url}/auth"}
        path.write_text(json.dumps({"installed": {**app, "token_uri": f"{self.google.url}/token"}}))
        return GoogleToken(self.tokens, client=path)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    skip_without_dovecot()
    with ExitStack() as stack:
        known = stack.enter_context(TokenServer())
        for name in ("microsoft", "google"):
            (tmp_path / name).mkdir()
        microsoft = stack.enter_context(Issuer(known.users, tmp_path / "microsoft", tls=True))
        google = stack.enter_context(Issuer(known.users, tmp_path / "google", tls=False))
        server = stack.enter_context(Dovecot(DovecotOptions(token_endpoint=known.url)))
        yield World(server, microsoft, google, tmp_path)


def is_private(path: Path) -> bool:
    return stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_app_of_microsoft_signs_in_with_its_secret_once_for_many_connections(world: World) -> None:
    world.log_in(world.app())
    world.log_in(world.app())
    assert [fields["grant_type"] for fields in world.microsoft.asked] == ["client_credentials"]
    assert world.microsoft.asked[0]["scope"] == "https://outlook.office365.com/.default"
    assert is_private(world.tokens.path)


def test_a_token_of_microsoft_is_renewed_before_it_ends(world: World) -> None:
    world.microsoft.lifetime = 120  # msal takes what has less than five minutes left for ended
    world.log_in(world.app())
    world.log_in(world.app())
    assert len(world.microsoft.asked) == 2


def test_a_person_signs_in_to_microsoft_by_a_code_and_is_asked_no_more(world: World) -> None:
    source = world.app(secret=False)
    with pytest.raises(MailboxRefused, match="sign in again"):
        source.resolve("office")
    told: list[str] = []
    source.sign_in("office", told.append)
    assert "type CODE" in told[0]
    assert is_private(world.tokens.path)
    world.log_in(source)


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ({"error": "invalid_client", "error_description": "AADSTS7000222: secret expired"}, "it has expired"),
        ({"error": "invalid_grant", "error_description": "AADSTS700082: ended"}, "sign in again"),
        ({"error": "interaction_required"}, "sign in again"),
    ],
)
def test_what_microsoft_refuses_is_said_in_plain_words(
    world: World, refusal: dict[str, str], words: str
) -> None:
    world.microsoft.refusal = refusal
    with pytest.raises(MailboxRefused, match=words) as caught:
        world.app().resolve("office")
    assert "secret=" not in str(caught.value)
    assert refusal.get("error_description", ":").partition(":")[0] in str(caught.value)


def test_an_issuer_that_cannot_be_reached_is_tried_again(world: World) -> None:
    away = MicrosoftToken("tenant", "client", world.tokens, world.app().secret, "https://127.0.0.1:9")
    with pytest.raises(MailboxUnavailable):
        away.resolve("office")
    account = world.service_account()
    path = account.service_account
    assert path is not None
    path.write_text(path.read_text().replace(world.google.url, "http://127.0.0.1:9"))
    with pytest.raises(MailboxUnavailable):
        account.resolve("office")


def test_a_service_account_of_google_signs_in_for_a_mailbox(world: World) -> None:
    world.log_in(world.service_account())
    world.log_in(world.service_account())
    [fields] = world.google.asked
    assert fields["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
    assert is_private(world.tokens.path)


def test_a_token_of_google_is_renewed_before_it_ends(world: World) -> None:
    world.google.lifetime = 240
    world.log_in(world.service_account())
    world.log_in(world.service_account())
    assert len(world.google.asked) == 2


def test_a_person_signs_in_to_google_in_a_browser_and_is_asked_no_more(world: World) -> None:
    source = world.installed_app()
    with pytest.raises(MailboxRefused, match="nobody is signed in"):
        source.resolve("office")

    browsers: list[threading.Thread] = []

    def browse(text: str) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(text.split()[-1]).query).items()}
        assert asked["code_challenge_method"] == "S256"
        back = f"{asked['redirect_uri']}/?code=c0de&state={asked['state']}"
        browsers.append(threading.Thread(target=lambda: urllib.request.urlopen(back).close()))
        browsers[0].start()

    source.sign_in("office", browse)
    browsers[0].join()
    world.log_in(source)
    world.log_in(source)
    assert [fields["grant_type"] for fields in world.google.asked] == ["authorization_code", "refresh_token"]
    assert is_private(world.tokens.path)


def test_a_consent_that_was_withdrawn_is_said_in_plain_words_without_a_secret(world: World) -> None:
    source = world.installed_app()
    world.tokens.write(json.dumps({"user": "office", "refresh_token": "lasting-secret"}))
    world.google.refusal = {"error": "invalid_grant", "error_description": "Token has been revoked."}
    with pytest.raises(MailboxRefused, match="sign in again") as caught:
        source.resolve("office")
    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_token_file_that_others_can_read_is_refused(world: World) -> None:
    world.tokens.write("{}")
    world.tokens.path.chmod(0o644)
    with pytest.raises(MailboxRefused, match="chmod 600"):
        world.app().resolve("office")
