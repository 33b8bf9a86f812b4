"""Where a password or an access token comes from; it is asked for at each connect and kept nowhere."""

import importlib
import os
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mgtui.mailbox.errors import MailboxRefused, MailboxUnavailable


class SecretSource(Protocol):
    """Whatever can tell the secret of a user."""

    def resolve(self, user: str) -> str:
        """Give the secret. Raises `MailboxRefused` or `MailboxUnavailable`, never with the secret in it."""
        ...


@dataclass(frozen=True, slots=True)
class PasswordFrom:
    """One place that holds a password; exactly one field is set. Its text form shows the place only."""

    environment: str = ""  #: name of a variable
    file: Path | None = None  #: readable by its owner only; a last line end isn't part of the password
    command: tuple[str, ...] = ()  #: program and arguments, run without a shell; its first line counts
    keyring: str = ""  #: name of a service in the system's keyring

    def __post_init__(self) -> None:
        given = [bool(self.environment), self.file is not None, bool(self.command), bool(self.keyring)]
        if sum(given) != 1:
            raise ValueError("a password comes from exactly one of environment, file, command and keyring")

    def resolve(self, user: str) -> str:
        """Give the password of a user; an empty one is no password."""
        if self.environment:
            return _present(os.environ.get(self.environment), f"the environment variable {self.environment}")
        if self.file is not None:
            return _present(_from_file(self.file), f"the password file {self.file}")
        if self.command:
            return _present(_from_command(self.command), f"the password command {self.command[0]!r}")
        return _present(_from_keyring(self.keyring, user), f"the keyring entry {self.keyring!r} of {user!r}")


def _present(secret: str | None, where: str) -> str:
    if not secret:
        raise MailboxRefused(f"{where} holds no password")
    return secret


def _from_file(path: Path) -> str:
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise MailboxRefused(f"the password file {path} is open to others: chmod 600 it")
        return path.read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise MailboxRefused(f"the password file {path} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise MailboxRefused(f"the password file {path} isn't UTF-8") from None


def _from_command(command: tuple[str, ...], *, seconds: float = 60.0) -> str:
    name = f"the password command {command[0]!r}"
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own command, without a shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        raise MailboxUnavailable(f"{name} didn't end within {seconds:.0f} seconds") from None
    except OSError as error:
        raise MailboxRefused(f"{name} can't be run: {error.strerror}") from None
    if done.returncode != 0:
        raise MailboxRefused(f"{name} ended with exit code {done.returncode}")
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    return lines[0] if lines else ""


def _from_keyring(service: str, user: str) -> str | None:
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        raise MailboxRefused("a password from the keyring needs the package `keyring`: install it") from None
    try:
        found: str | None = keyring.get_password(service, user)
    except Exception as error:  # noqa: BLE001 - each keyring back end has errors of its own
        raise MailboxUnavailable(f"the keyring can't be asked: {type(error).__name__}") from None
    return found
