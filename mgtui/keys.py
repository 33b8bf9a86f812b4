"""The keys that sign return paths: a file in the data folder that only its owner can read."""

import json
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from mgtui.rules import Key


class KeysError(Exception):
    """The file of keys can't be used; its text is one line."""


class KeyRing:
    """Several keys with ids; the newest signs, all of them check."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: tuple[int, int, int] | None = None
        self._keys: tuple[Key, ...] = ()

    def keys(self) -> Sequence[Key]:
        """Give the keys, oldest first; read anew when the file has changed. Raises `KeysError`."""
        try:
            state = self._file.stat()
        except FileNotFoundError:
            return ()
        seen = (state.st_ino, state.st_size, state.st_mtime_ns)
        if seen != self._seen:
            if state.st_mode & 0o077:
                raise KeysError(
                    f"{self._file} can be read by others; `chmod 600` it, then `mgtui verp rotate`"
                )
            self._keys, self._seen = self._read(), seen
        return self._keys

    def last_good(self) -> Sequence[Key]:
        """Give the keys, or those before a change that can't be read."""
        try:
            return self.keys()
        except KeysError:
            return self._keys

    def rotate(self) -> Key:
        """Add a key that signs from now on. Raises `KeysError`."""
        keys = self.keys()
        number = max((int(key.key_id[1:]) for key in keys), default=0) + 1
        new = Key(f"k{number}", secrets.token_bytes(32))
        self._write([*keys, new])
        return new

    def forget(self, key_id: str) -> bool:
        """Take a key away: what it signed proves nothing any more; tell whether there was one."""
        keys = self.keys()
        rest = [key for key in keys if key.key_id != key_id]
        if len(rest) < len(keys):
            self._write(rest)
        return len(rest) < len(keys)

    def _read(self) -> tuple[Key, ...]:
        try:
            table = json.loads(self._file.read_text("utf-8"))
            return tuple(Key(entry["id"], bytes.fromhex(entry["secret"])) for entry in table["keys"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise KeysError(f"{self._file} can't be read: {type(error).__name__}") from None

    def _write(self, keys: Sequence[Key]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self._file.with_suffix(".part")
        part.unlink(missing_ok=True)
        text = json.dumps(
            {"keys": [{"id": key.key_id, "secret": key.secret.hex()} for key in keys]}, indent=1
        )
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123 - the mode from the first moment on
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._file)
