"""Measures importing contacts and asking whether mail may go to them.

`python -m tests.benchmarks.contacts [NUMBER]`; each step is a process of its own, so that its peak of memory is
its own.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CONFIG = '[office]\ninternal = ["office.example"]\n[categories.newsletter]\n[categories.invoice]\nalways_send = true\n'
CONTACTS = 200_000
ASKED = 50_000


def run(contacts: int = CONTACTS, asked: int = ASKED) -> None:
    """Print a line for each step: seconds, peak of memory, and how it ended."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "mgtui.toml").write_text(CONFIG, "utf-8")
        write_contacts(place / "contacts.csv", contacts)
        addresses = "\n".join(f"contact.{number}@firm{number % 500}.example" for number in range(asked))
        for name, arguments, given in (
            ("first import", ("contacts", "import", str(place / "contacts.csv")), ""),
            ("same again", ("contacts", "import", str(place / "contacts.csv"), "--whole"), ""),
            (f"may-send {asked}", ("may-send", "-", "--category", "newsletter"), addresses),
        ):
            print(f"{name:16} {measured(place, arguments, given)}", flush=True)


def write_contacts(file: Path, number: int, broken_every: int = 100) -> None:
    """Write a CSV as German Excel does, with one broken line in a hundred."""
    with file.open("w", encoding="cp1252", newline="") as out:
        out.write("Nr;Firma;E-Mail;Verteiler;Ort;Kundennummer\r\n")
        for at in range(number):
            address = (
                "keine" if at % broken_every == broken_every - 1 else f"contact.{at}@firm{at % 500}.example"
            )
            out.write(f'K{at:06};"Müller & Söhne {at}";{address};rundbrief;Neuenried;{10000 + at}\r\n')


def measured(place: Path, arguments: tuple[str, ...], given: str) -> str:
    """Run a command and give seconds, peak of memory and the last line it said."""
    command = [
        sys.executable,
        "-m",
        "mgtui",
        "--config",
        str(place / "mgtui.toml"),
        "--data",
        str(place / "data"),
    ]
    begun = time.monotonic()
    with subprocess.Popen(
        [*command, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(given)
        process.stdin.close()
        said = ""
        for line in process.stdout:
            said = line.strip() or said
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    took = time.monotonic() - begun
    assert isinstance(usage, resource.struct_rusage)
    return f"{took:6.1f} s  {usage.ru_utime + usage.ru_stime:6.1f} s CPU  {usage.ru_maxrss / 1024:6.0f} MB  {said}"


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else CONTACTS)
