"""Access tokens of Microsoft 365, by its library `msal`; each is renewed before it ends.

With a client secret the program signs in as itself (client credentials; the app needs `IMAP.AccessAsApp`, and the
mailbox must be granted to it), else a person did once, by a code typed in a browser (device code).
"""

import functools
import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mgtui.mailbox.errors import MailboxError, MailboxRefused, MailboxUnavailable
from mgtui.mailbox.secret import SecretSource
from mgtui.mailbox.token_file import TokenFile

APP_SCOPES = ["https://outlook.office365.com/.default"]
USER_SCOPES = ["https://outlook.office365.com/IMAP.AccessAsUser.All"]  # msal adds offline_access
LOGIN = "https://login.microsoftonline.com"
_NUMBER = re.compile(r"AADSTS\d+")
_ENDED = ("invalid_grant", "interaction_required", "consent_required", "login_required")
_PASSING = ("temporarily_unavailable", "server_error", "request_timeout")


@dataclass(frozen=True, slots=True)
class MicrosoftToken:
    """Gives the access token of a mailbox. Its text form holds no secret."""

    tenant: str
    client_id: str
    tokens: TokenFile
    secret: SecretSource | None = None  #: of the app; None where a person signs in
    login: str = LOGIN  #: of another cloud, if it is one
    ca_file: Path | None = None

    def resolve(self, user: str) -> str:
        """Give a token that holds for a while. Raises `MailboxRefused` where a person has to sign in."""
        application, save = self._application(user)
        with _plain_errors(self.login):
            if self.secret:
                found = application.acquire_token_for_client(APP_SCOPES)
            else:
                accounts = application.get_accounts(username=user)
                found = (
                    application.acquire_token_silent_with_error(USER_SCOPES, accounts[0])
                    if accounts
                    else None
                )
        save()
        return self._token(found, user)

    def sign_in(self, user: str, tell: Callable[[str], None]) -> None:
        """Have a person sign in with a browser; `tell` says where and with which code. Raises `MailboxError`."""
        if self.secret:
            raise MailboxRefused("the app signs in by itself, with its secret: nobody else has to")
        application, save = self._application(user)
        with _plain_errors(self.login):
            flow = application.initiate_device_flow(USER_SCOPES)
            if "message" not in flow:
                raise _refusal(flow, user)
            tell(flow["message"])
            found = application.acquire_token_by_device_flow(flow)
        self._token(found, user)
        save()

    def _application(self, user: str) -> tuple[Any, Callable[[], None]]:
        """Make msal's client with the tokens kept so far, and give what keeps them if they changed."""
        msal = _library()
        cache = msal.SerializableTokenCache()
        try:
            cache.deserialize(self.tokens.read() or "{}")
        except ValueError:
            raise MailboxRefused(f"the token file {self.tokens.path} is damaged: remove it") from None
        options = {
            "authority": f"{self.login}/{self.tenant}",
            "token_cache": cache,
            "instance_discovery": self.login == LOGIN,
            **self._http(),
        }
        with _plain_errors(self.login):
            if self.secret:
                secret = self.secret.resolve(user)
                application = msal.ConfidentialClientApplication(
                    self.client_id, client_credential=secret, **options
                )
            else:
                application = msal.PublicClientApplication(self.client_id, **options)

        def save() -> None:
            if cache.has_state_changed:
                self.tokens.write(cache.serialize())

        return application, save

    def _http(self) -> dict[str, Any]:
        if self.ca_file is None:
            return {"timeout": 30}
        # With msal's own session a variable of the environment would overrule the file.
        session = importlib.import_module("requests").Session()
        session.verify, session.trust_env = str(self.ca_file), False
        session.request = functools.partial(session.request, timeout=30)
        return {"http_client": session}

    @staticmethod
    def _token(found: dict[str, Any] | None, user: str) -> str:
        if found and "access_token" in found:
            return str(found["access_token"])
        raise _refusal(found or {"error": "login_required"}, user)


def _library() -> Any:
    try:
        return importlib.import_module("msal")
    except ImportError:
        raise MailboxRefused("signing in to Microsoft 365 needs the package `msal`: install it") from None


def _refusal(found: dict[str, Any], user: str) -> MailboxError:
    """Say what a refusal means. Descriptions aren't repeated, but for their number: some quote the request."""
    error = str(found.get("error", ""))
    number = _NUMBER.search(str(found.get("error_description", "")))
    code = f"{error} {number[0]}" if number else error
    if error in _ENDED:
        return MailboxRefused(
            f"Microsoft 365: nobody is signed in for {user} any more, or the consent was withdrawn ({code}): "
            "sign in again with `mgtui sign-in`"
        )
    if error in ("invalid_client", "unauthorized_client"):
        return MailboxRefused(
            f"Microsoft 365 doesn't take the app's id or secret ({code}): it is wrong, or it has expired"
        )
    if error in _PASSING:
        return MailboxUnavailable(f"Microsoft 365 gives no token now ({code})")
    return MailboxRefused(f"Microsoft 365 gives no token for {user} ({code or 'no reason given'})")


class _plain_errors:
    """Turn what msal and its HTTP client raise into the two kinds that a mailbox knows; never with a secret."""

    def __init__(self, where: str) -> None:
        self._where = where

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        """Translate."""
        if isinstance(error, MailboxError) or not isinstance(error, Exception):
            return
        if isinstance(error, OSError):  # those of requests among them
            raise MailboxUnavailable(f"{self._where} can't be reached: {type(error).__name__}") from None
        raise MailboxRefused(
            f"{self._where} gives no token: tenant or client_id may be wrong ({type(error).__name__})"
        ) from None
