"""A private Dovecot: real IMAP for tests, up in about 50 ms, gone without a trace.

with Dovecot() as server:
    server.deliver("office", "INBOX", raw)
    ... IMAP at 127.0.0.1, server.port (STARTTLS too) and server.tls_port, password `secret` ...
    assert server.mails("office", "Processed") == [raw]
"""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import pytest

from tests.servers import maildirs
from tests.servers.certificate import write_certificate
from tests.servers.dovecot_config import Accounts, DovecotOptions, configuration, token_configuration
from tests.servers.ports import answers, free_ports
from tests.servers.processes import adopt_orphans, end_group

PASSWORD = "secret"


def dovecot_binary() -> str | None:
    """Find the server; it stands in a folder that is often on root's path only."""
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")


class Dovecot:
    """One server with its own folder, ports and certificate; every user has the password `secret`.

    Its folder is made under the system's temporary folder, not under pytest's: as root that one is closed
    to the accounts that Dovecot's processes run as, and the paths of its sockets would be too long.
    """

    def __init__(self, options: DovecotOptions | None = None) -> None:
        self.options = options or DovecotOptions()
        self.accounts = Accounts.of_this_process()
        self.root = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.port, self.tls_port = free_ports(2)
        self.ca_file = write_certificate(self.root)
        self._process: subprocess.Popen[bytes] | None = None
        self._prepare()

    def _prepare(self) -> None:
        self.root.chmod(0o755)
        for name in ("run", "state", "mail"):
            (self.root / name).mkdir()
        maildirs.give(self.root / "mail", self.accounts.mail)
        text = configuration(self.root, self.port, self.tls_port, self.accounts, self.options)
        (self.root / "dovecot.conf").write_text(text, encoding="utf-8")
        (self.root / "oauth2.conf").write_text(token_configuration(self.options), encoding="utf-8")

    def start(self) -> None:
        """Start, and wait until it greets. Raises `RuntimeError` with its log."""
        binary = dovecot_binary()
        if binary is None:
            raise RuntimeError("there is no dovecot on this machine")
        command = [binary, "-F", "-c", str(self.root / "dovecot.conf")]
        adopt_orphans()
        # A process group of its own, so that `kill` reaches its children and nobody else.
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        if not (answers(self.port) and self._process.poll() is None):
            log = self.log()
            self.kill()
            raise RuntimeError(f"dovecot did not start:\n{log}")

    def stop(self) -> None:
        """End the process that `start` started, in order, and with it its connections; takes a second."""
        if self._process is not None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=10)
            self.kill()  # what serves a client outlives the server otherwise

    def kill(self) -> None:
        """End the started process and its children at once, as a power cut would; the mails stay."""
        if self._process is not None:
            end_group(self._process)
            self._process = None

    def close(self) -> None:
        """End it and remove everything."""
        self.kill()
        shutil.rmtree(self.root, ignore_errors=True)

    def __enter__(self) -> "Dovecot":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Give the id of the running server, which is also its process group."""
        if self._process is None:
            raise RuntimeError("the server isn't running")
        return self._process.pid

    def log(self) -> str:
        """Give what the server wrote so far."""
        path = self.root / "dovecot.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def maildir(self, user: str) -> Path:
        """Say where a user's mail is kept."""
        return self.root / "mail" / user / "maildir"

    def folder(self, user: str, folder: str) -> Path:
        """Say where one folder is kept; names are without the namespace's prefix."""
        return maildirs.folder_path(self.maildir(user), folder, self.options.separator)

    def deliver(self, user: str, folder: str, raw: bytes, *, flags: str = "") -> Path:
        """Deliver a mail as an MTA does; with Maildir flags (`T` is \\Deleted) it counts as seen before."""
        return maildirs.deliver(self.folder(user, folder), raw, self.accounts.mail, flags=flags)

    def folders(self, user: str) -> list[str]:
        """List a user's folders, INBOX first, without the namespace's prefix."""
        return maildirs.folders(self.maildir(user), self.options.separator)

    def forget(self, user: str) -> None:
        """Remove everything that a user has, so that another test may begin anew."""
        shutil.rmtree(self.root / "mail" / user, ignore_errors=True)

    def mails(self, user: str, folder: str) -> list[bytes]:
        """Give the bytes of all mails of a folder, oldest first."""
        return maildirs.mails(self.folder(user, folder))


def skip_without_dovecot() -> None:
    """Skip a test where the server isn't installed."""
    if dovecot_binary() is None:
        pytest.skip("needs the program `dovecot` (Debian package dovecot-imapd)")


class Pool:
    """Servers that are kept from test to test, one for each set of options; users are forgotten between."""

    def __init__(self) -> None:
        self._servers: dict[DovecotOptions, Dovecot] = {}

    def take(self, options: DovecotOptions, *users: str) -> Dovecot:
        """Give a running server on which these users have nothing. Don't end it or change its files."""
        if options not in self._servers:
            server = Dovecot(options)
            self._servers[options] = server
            server.start()
        for user in users:
            self._servers[options].forget(user)
        return self._servers[options]

    def close(self) -> None:
        """End all servers."""
        for server in self._servers.values():
            server.close()


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    """A plain server for one test."""
    skip_without_dovecot()
    with Dovecot() as server:
        yield server
