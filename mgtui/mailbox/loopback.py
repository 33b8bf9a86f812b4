"""The end of a sign-in in a browser: it comes back to a port of this machine (RFC 8252, with PKCE, RFC 7636)."""

import base64
import hashlib
import secrets
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from urllib.parse import parse_qs, urlencode, urlsplit

from mgtui.language import _
from mgtui.mailbox.errors import MailboxRefused

WAIT = 300.0  #: seconds that a person has


class Answerer:
    """Waits on 127.0.0.1 for the browser to come back with a code."""

    def __init__(self, wait: float = WAIT) -> None:
        self._server = HTTPServer(("127.0.0.1", 0), _Handler)
        self._server.timeout = wait
        self._state = secrets.token_urlsafe(24)
        self._verifier = secrets.token_urlsafe(48)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "Answerer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.server_close()

    def question(self, app: dict[str, str], scopes: list[str], user: str) -> str:
        """Give the address that the person opens."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self._verifier.encode()).digest()).rstrip(b"=")
        asked = {
            "response_type": "code",
            "client_id": app["client_id"],
            "redirect_uri": self.url,
            "scope": " ".join(scopes),
            "access_type": "offline",
            "prompt": "consent",
            "login_hint": user,
            "state": self._state,
            "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
        }
        return f"{app['auth_uri']}?{urlencode(asked)}"

    def wait(self) -> str:
        """Give the code. Raises `MailboxRefused` where none comes, or it isn't the answer to our question."""
        _Handler.answer = {}
        self._server.handle_request()
        answer = _Handler.answer
        if not answer:
            raise MailboxRefused("nobody signed in in time")
        if answer.get("state") != self._state:
            raise MailboxRefused("what came back from the browser isn't the answer to this sign-in")
        if "code" not in answer:
            raise MailboxRefused(f"the sign-in was refused ({answer.get('error', 'no reason given')})")
        return answer["code"]

    def exchange(self, app: dict[str, str], code: str) -> dict[str, str]:
        """Give the fields with which a code becomes a token."""
        return {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.url,
            "client_id": app["client_id"],
            "client_secret": app["client_secret"],
            "code_verifier": self._verifier,
        }


class _Handler(BaseHTTPRequestHandler):
    answer: dict[str, str] = {}  # noqa: RUF012 - one sign-in at a time

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        type(self).answer = {name: values[0] for name, values in query.items()}
        body = _("You can close this page and go back to the terminal.").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the request holds the code."""
