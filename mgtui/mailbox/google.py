"""Access tokens of Google Workspace and Gmail, by its library `google-auth`; each is renewed before it ends.

A service account signs in for a mailbox by itself (domain-wide delegation, in the admin console); else a person
did once, in a browser, for an app of the kind "desktop" (installed app).
"""

import importlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mgtui.language import _
from mgtui.mailbox.errors import MailboxRefused, MailboxUnavailable
from mgtui.mailbox.token_file import TokenFile

SCOPES = ["https://mail.google.com/"]
EARLY = timedelta(minutes=5)  #: before its end a token is renewed


@dataclass(frozen=True, slots=True)
class GoogleToken:
    """Gives the access token of a mailbox; exactly one of the files is given."""

    tokens: TokenFile
    service_account: Path | None = None  #: key file, as the cloud console gives it
    client: Path | None = None  #: file of the app's id, as the cloud console gives it

    def resolve(self, user: str) -> str:
        """Give a token that holds for a while. Raises `MailboxRefused` where a person has to sign in."""
        kept = self._kept(user)
        expires = datetime.fromisoformat(kept["expires"]) if "expires" in kept else None
        if expires and expires - EARLY > datetime.now(UTC):
            return str(kept["token"])
        credentials = self._credentials(user, kept)
        self._refresh(credentials, user)
        self._keep(user, credentials)
        return str(credentials.token)

    def sign_in(self, user: str, tell: Callable[[str], None]) -> None:
        """Have a person sign in with a browser on this machine. Raises `MailboxError`."""
        if self.client is None:
            raise MailboxRefused("a service account signs in by itself: nobody else has to")
        app = self._app()
        from mgtui.mailbox.loopback import Answerer  # a web server: only whoever signs in needs it

        with Answerer() as answerer:
            told = _("Open this address in a browser on this machine, as {user}:").format(user=user)
            tell(f"{told}\n{answerer.question(app, SCOPES, user)}")
            code = answerer.wait()
            fields = answerer.exchange(app, code)
        answer = _post(app["token_uri"], fields)
        if "refresh_token" not in answer:
            raise MailboxRefused(
                f"Google gives no lasting token for {user} ({answer.get('error', 'no reason given')})"
            )
        self.tokens.write(json.dumps({"user": user, "refresh_token": answer["refresh_token"]}))

    def _kept(self, user: str) -> dict[str, str]:
        try:
            kept = json.loads(self.tokens.read() or "{}")
        except ValueError:
            raise MailboxRefused(f"the token file {self.tokens.path} is damaged: remove it") from None
        return kept if kept.get("user") == user else {}

    def _keep(self, user: str, credentials: Any) -> None:
        expires = credentials.expiry.replace(tzinfo=UTC).isoformat() if credentials.expiry else None
        kept = {"user": user, "token": credentials.token, "expires": expires}
        kept["refresh_token"] = getattr(credentials, "refresh_token", None)
        self.tokens.write(json.dumps({name: value for name, value in kept.items() if value}))

    def _credentials(self, user: str, kept: dict[str, str]) -> Any:
        if self.service_account is not None:
            module = _library("google.oauth2.service_account")
            try:
                return module.Credentials.from_service_account_info(
                    _json_of(self.service_account), scopes=SCOPES, subject=user
                )
            except ValueError:
                raise MailboxRefused(f"{self.service_account} is no key file of a service account") from None
        if "refresh_token" not in kept:
            raise _signed_out(user)
        app = self._app()
        return _library("google.oauth2.credentials").Credentials(
            None,
            refresh_token=kept["refresh_token"],
            token_uri=app["token_uri"],
            client_id=app["client_id"],
            client_secret=app["client_secret"],
            scopes=SCOPES,
        )

    def _app(self) -> dict[str, str]:
        assert self.client is not None  # noqa: S101 - the configuration names one of the two
        app = _json_of(self.client).get("installed", {})
        if not {"client_id", "client_secret", "token_uri", "auth_uri"} <= app.keys():
            raise MailboxRefused(f"{self.client} is no file of a desktop app's id")
        return {name: str(value) for name, value in app.items()}

    @staticmethod
    def _refresh(credentials: Any, user: str) -> None:
        errors = _library("google.auth.exceptions")
        try:
            credentials.refresh(_library("google.auth.transport.requests").Request())
        except errors.RefreshError as error:
            if getattr(error, "retryable", False):
                raise MailboxUnavailable("Google gives no token now; later it may") from None
            said = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], dict) else {}
            raise _signed_out(user, str(said.get("error", ""))) from None
        except errors.TransportError:
            raise MailboxUnavailable("Google's token service can't be reached") from None


def _signed_out(user: str, code: str = "") -> MailboxRefused:
    why = f" ({code})" if code else ""
    return MailboxRefused(
        f"Google: nobody is signed in for {user} any more, or the consent was withdrawn{why}: "
        "sign in again with `mgtui sign-in`, or check the service account's delegation"
    )


def _json_of(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise MailboxRefused(f"{path} can't be read: {error.strerror}") from None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise MailboxRefused(f"{path} is no JSON of the cloud console")
    return found


def _post(url: str, fields: dict[str, str]) -> dict[str, Any]:
    requests = _library("requests")
    try:
        answer = requests.post(url, data=fields, timeout=30).json()
    except OSError:
        raise MailboxUnavailable("Google's token service can't be reached") from None
    except ValueError:
        answer = {}
    return answer if isinstance(answer, dict) else {}


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MailboxRefused(
            "signing in to Google needs the packages `google-auth` and `requests`: install them"
        ) from None
