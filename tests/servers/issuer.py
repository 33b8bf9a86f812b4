"""An issuer of OAuth2 access tokens on loopback, as Microsoft 365 and Google have them (RFC 6749, RFC 8628)."""

import base64
import itertools
import json
import ssl
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qs

from tests.servers.certificate import write_certificate


class Issuer:
    """Hands out tokens `token-1`, `token-2` ... for the users of `users`, until their consent has ended."""

    def __init__(self, users: dict[str, str], folder: Path, *, tls: bool) -> None:
        self.users = users  #: token -> user, shared with a `TokenServer`
        self.refusal: dict[str, str] = {}  #: what is answered instead of a token
        self.asked: list[dict[str, str]] = []  #: the fields of each request for a token
        self.lifetime = 3600  #: seconds
        self.numbers = itertools.count(1)
        self.ca_file = write_certificate(folder)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"http{'s' * tls}://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> "Issuer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, path: str, fields: dict[str, str]) -> tuple[int, dict[str, object]]:
        """Answer a request."""
        if path.endswith("openid-configuration"):
            base = f"{self.url}/tenant"
            return 200, {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "device_authorization_endpoint": f"{base}/devicecode",
            }
        if path.endswith("devicecode"):
            told = f"open {self.url}/device and type CODE"
            return 200, {
                "device_code": "d",
                "user_code": "CODE",
                "message": told,
                "interval": 0,
                "expires_in": 60,
            }
        self.asked.append(fields)
        if self.refusal:
            return 400, dict(self.refusal)
        token = f"token-{next(self.numbers)}"
        self.users[token] = "office"
        person = {"id_token": self._identity(), "client_info": _encoded({"uid": "1", "utid": "2"})}
        if fields.get("grant_type") == "client_credentials":
            person = {}
        return 200, {
            **person,
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": self.lifetime,
            "refresh_token": "lasting-secret",
        }

    def _identity(self) -> str:
        """Say who signed in; the clients that are tested here check no signature."""
        now = int(time.time())
        claims = {"iss": f"{self.url}/tenant/v2.0", "aud": "client", "sub": "1", "oid": "1", "tid": "2"}
        claims |= {"preferred_username": "office"}
        return ".".join([_encoded({"alg": "none"}), _encoded({**claims, "iat": now, "exp": now + 3600}), "x"])


def _encoded(record: Mapping[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(record).encode()).rstrip(b"=").decode()


def _handler(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(*issuer.answer(self.path, {}))

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            fields = {name: values[0] for name, values in parse_qs(text).items()}
            self._say(*issuer.answer(self.path, fields))

        def _say(self, code: int, record: dict[str, object]) -> None:
            body = json.dumps(record).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler
