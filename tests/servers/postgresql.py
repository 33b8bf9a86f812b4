"""A private PostgreSQL on 127.0.0.1 with a folder of its own; nothing of the system's cluster is touched."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.ports import free_ports

USER, PASSWORD = "office", "pass word@1"


def server_folder() -> Path | None:
    """Give the folder with the programs of the newest PostgreSQL, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).parent if program else None


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a server, and give its URL for SQLAlchemy, without the password."""
    programs = server_folder()
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="mgtui-pg-") as folder:
        place = Path(folder)
        # PostgreSQL refuses to run as root.
        user = _unprivileged() if os.geteuid() == 0 else None
        if user:
            shutil.chown(place, user)
        secret = place / "secret"
        secret.write_text(PASSWORD)
        if user:
            shutil.chown(secret, user)
        data = place / "data"
        _run(
            [str(programs / "initdb"), "-D", str(data), "-U", USER, "--auth=scram-sha-256", f"--pwfile={secret}",
             "--no-sync", "--encoding=UTF8", "--locale=C"], place, user,
        )  # fmt: skip
        (port,) = free_ports(1)
        options = [
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            f"unix_socket_directories={place}",
            "-c",
            "fsync=off",
        ]
        server = subprocess.Popen(
            [str(programs / "postgres"), "-D", str(data), "-p", str(port), *options],
            cwd=place, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _run([str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", str(port)], place, user, tries=600)
            yield f"postgresql+psycopg://{USER}@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # disconnects whoever is still there
            server.wait(timeout=30)


def _unprivileged() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(command: list[str], place: Path, user: str | None, tries: int = 1) -> None:
    """Run a program until it succeeds."""
    for _ in range(tries):
        done = subprocess.run(command, cwd=place, user=user, capture_output=True, text=True)
        if done.returncode == 0:
            return
    raise AssertionError(f"{command[0]}: {done.stdout}{done.stderr}")
