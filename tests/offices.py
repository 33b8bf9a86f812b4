"""Offices for tests: a configuration and a data folder, worked on through the real command line."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"

IMAP_CONFIG = """
[office]
internal = ["office.example"]
[categories.invoice]
always_send = true
[categories.newsletter]
[grabbers.bounces]
type = "imap"
host = "127.0.0.1"
port = {port}
user = "office"
password = {{ env = "MGTUI_TEST_PASSWORD" }}
security = "plain"
timeout_seconds = 20
batch = {batch}
"""


@dataclass(frozen=True, slots=True)
class OfficeFolder:
    """A configuration and its data, and the command line on them."""

    folder: Path

    @property
    def config(self) -> Path:
        """The configuration file."""
        return self.folder / "mgtui.toml"

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    def write(self, config: str) -> "OfficeFolder":
        """Write the configuration."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.config.write_text(config, "utf-8")
        return self

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Start `mgtui ARGUMENTS` on this office."""
        command = [sys.executable, "-m", "mgtui", "--config", str(self.config), "--data", str(self.data)]
        environment = {**os.environ, "MGTUI_TEST_PASSWORD": "secret", "MGTUI_OPERATOR": "tester"}
        return subprocess.Popen(
            [*command, *arguments],
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            **options,
        )

    def run(self, *arguments: str, code: int = 0) -> tuple[str, str]:
        """Run `mgtui ARGUMENTS` to its end, expect an exit code, and give stdout and stderr."""
        with self.start(*arguments) as process:
            out, err = process.communicate(timeout=120)
        assert process.returncode == code, f"exit {process.returncode}\n{out}\n{err}"
        assert "Traceback" not in err, err
        return out, err

    def records(self, *arguments: str, code: int = 0) -> list[dict[str, Any]]:
        """Run a command with `--json` and give its records."""
        out, _ = self.run(*arguments, "--json", code=code)
        return [json.loads(line) for line in out.splitlines()]
