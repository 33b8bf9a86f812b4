"""A mailbox that is read with access tokens: the whole way, and the alarm when the consent has ended."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest.importorskip("google.auth", reason="needs the optional package google-auth")

from tests.mgtui.grabber.letters import letter
from tests.mgtui.grabber.states import office_on
from tests.offices import OfficeFolder
from tests.servers.dovecot import Dovecot, skip_without_dovecot
from tests.servers.dovecot_config import DovecotOptions
from tests.servers.issuer import Issuer
from tests.servers.tokens import TokenServer


@pytest.fixture
def signed_in(tmp_path: Path) -> Iterator[tuple[OfficeFolder, Dovecot, Issuer]]:
    """Give an office for whose mailbox somebody signed in, its server, and who issues tokens for it."""
    skip_without_dovecot()
    with ExitStack() as stack:
        known = stack.enter_context(TokenServer())
        issuer = stack.enter_context(Issuer(known.users, tmp_path, tls=False))
        server = stack.enter_context(Dovecot(DovecotOptions(token_endpoint=known.url)))
        app = {"client_id": "c", "client_secret": "app-secret", "auth_uri": f"{issuer.url}/auth"}
        app["token_uri"] = f"{issuer.url}/token"
        (tmp_path / "client.json").write_text(json.dumps({"installed": app}))
        office = office_on(tmp_path, server.port)
        text = office.config.read_text("utf-8")
        office.write(re.sub("password = .*", 'oauth = { provider = "google", client = "client.json" }', text))
        kept = office.data / "tokens" / "office.json"
        kept.parent.mkdir(parents=True)
        kept.write_text(json.dumps({"user": "office", "refresh_token": "lasting-secret"}))
        kept.chmod(0o600)
        yield office, server, issuer


def test_mails_are_taken_in_with_a_token(signed_in: tuple[OfficeFolder, Dovecot, Issuer]) -> None:
    office, server, _ = signed_in
    server.deliver("office", "INBOX", letter(1))
    office.run("grab", "--once")
    assert server.mails("office", "Manual") == [letter(1)]


def test_an_ended_consent_is_an_event_and_an_alarm_in_plain_words_without_a_secret(
    signed_in: tuple[OfficeFolder, Dovecot, Issuer],
) -> None:
    office, _, issuer = signed_in
    issuer.refusal = {"error": "invalid_grant", "error_description": "lasting-secret was revoked"}
    _, err = office.run("grab", "--once", code=1)
    [failed] = office.records("events", "--type", "FetchFailed")
    assert "sign in again with `mgtui sign-in`" in failed["data"]["error"]
    assert not failed["data"]["transient"]
    out, _ = office.run("doctor", "--online", code=1)
    for said in (err, out, json.dumps(failed)):
        assert "sign in again" in said
        assert "secret" not in said
