"""What must be known to work with an IMAP mailbox."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mgtui.mailbox.secret import SecretSource

Security = Literal["tls", "starttls", "plain"]
Login = Literal["password", "xoauth2"]

LONGEST_IDLE = 300.0


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """One mailbox on one server. Times are in seconds."""

    host: str
    user: str
    password: SecretSource
    port: int = 0  #: 0 is the usual one: 993 for `tls`, else 143
    security: Security = "tls"
    login: Login = "password"  #: with `xoauth2` the password is an access token
    ca_file: Path | None = None  #: authority of the server's certificate; None is what the system trusts
    allow_plain: bool = False  #: permit `plain` to a host that isn't this machine
    allow_deleted_marks: bool = False  #: where a server can neither MOVE nor UID EXPUNGE: mark, let it remove
    timeout: float = 60.0  #: for each answer
    #: IDLE is ended and checked this often, 300 at most; with `timeout`, so long a dead connection goes unnoticed
    idle_slice: float = 60.0
    poll_interval: float = 30.0  #: where the server has no IDLE
    batch_mails: int = 100  #: fetched with one command
    batch_bytes: int = 4_000_000  #: of mail fetched with one command; a larger mail goes alone

    @property
    def actual_port(self) -> int:
        """Give the port, the usual one where none was chosen."""
        return self.port or (993 if self.security == "tls" else 143)

    @property
    def place(self) -> str:
        """Name the server as messages for people do."""
        return f"{self.host}:{self.actual_port}"

    @property
    def is_local(self) -> bool:
        """Tell whether the server is this machine, so that nobody can listen in."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"
