"""Where access tokens are kept between two runs: a file that only its owner can read."""

import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from mgtui.mailbox.errors import MailboxRefused


@dataclass(frozen=True, slots=True)
class TokenFile:
    """One file with the tokens of one grabber, mode 0600, replaced as a whole."""

    path: Path

    def read(self) -> str:
        """Give what was written last, "" where nothing was. Raises `MailboxRefused`, also for an open file."""
        try:
            if stat.S_IMODE(self.path.stat().st_mode) & 0o077:
                raise MailboxRefused(f"the token file {self.path} is open to others: chmod 600 it")
            return self.path.read_text("utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise MailboxRefused(f"the token file {self.path} can't be read: {error}") from None

    def write(self, text: str) -> None:
        """Replace the content. Raises `MailboxRefused`."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # mkstemp makes files with mode 0600.
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(name, self.path)  # noqa: PTH105 - both names are texts here
        except OSError as error:
            raise MailboxRefused(f"the token file {self.path} can't be written: {error.strerror}") from None
