"""A throw-away office: sample mail, contacts, a Maildir, and mails that keep arriving."""

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mgtui.application import Application
from mgtui.bootstrap import build
from mgtui.commands import ImportContacts
from mgtui.contacts import IncomingContact, read_csv
from mgtui.settings import Settings, parse_config

CONFIG = """
[office]
internal = ["lindenhof.example"]
[categories.invoice]
always_send = true
[categories.reminder]
[categories.newsletter]
[proof]
mark_header = "X-Mailing-Id"
unproven = "count"
[grabbers.demo]
type = "maildir"
path = "Maildir"
batch = 5
poll_seconds = 1
"""
AT_ONCE = 0.6  #: share of the sample mails that lie there at the beginning


class NoSampleMail(Exception):
    """The sample mails are not where the program looks for them."""


@dataclass(frozen=True, slots=True)
class Demo:
    """An office to look at, and the mails that have not arrived yet."""

    application: Application
    maildir: Path
    waiting: Sequence[Path]


def sample_folder() -> Path:
    """Find the sample mails: inside an installed package, or at the top of a checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "sample_mail", here.parent / "sample_mail"):
        if (folder / "contacts.csv").exists():
            return folder
    raise NoSampleMail(
        "the folder sample_mail is missing; run the demo from a checkout or an installed package"
    )


def open_demo(data: Path) -> Demo:
    """Make the office in a data folder: contacts imported, the first mails delivered, nothing grabbed yet."""
    samples = sample_folder()
    data.mkdir(parents=True, exist_ok=True)
    config_file = data / "mgtui.toml"
    config_file.write_text(CONFIG.lstrip(), "utf-8")
    settings = Settings(parse_config(CONFIG, str(config_file)), config_file.resolve(), data.resolve())
    application = build(settings)
    application.note_rules()
    contacts = [
        entry
        for entry in read_csv((samples / "contacts.csv").read_bytes())
        if isinstance(entry, IncomingContact)
    ]
    application.execute(ImportContacts(contacts, "contacts.csv"))
    maildir = data / "Maildir"
    for part in ("tmp", "new", "cur"):
        (maildir / part).mkdir(parents=True, exist_ok=True)
    # Kinds come mixed, as in life, and in the same order each time.
    mails = sorted(samples.glob("*/*.eml"), key=lambda path: (path.stem[::-1], path.parent.name))
    first = int(len(mails) * AT_ONCE)
    for number, path in enumerate(mails[:first]):
        deliver(maildir, path, number)
    return Demo(application, maildir, mails[first:])


def deliver(maildir: Path, mail: Path, number: int) -> None:
    """Deliver a mail as an MTA does: written in tmp, moved into new."""
    name = f"{1_790_000_000 + number}.M{number:06}.demo"
    part = maildir / "tmp" / name
    part.write_bytes(mail.read_bytes())
    os.rename(part, maildir / "new" / name)  # noqa: PTH104 - the delivery itself


def keep_arriving(demo: Demo, stop: threading.Event, pause: float) -> threading.Thread:
    """Deliver the waiting mails one after the other, `pause` seconds apart, until told to stop."""

    def feed() -> None:
        for number, path in enumerate(demo.waiting, start=1000):
            if stop.wait(pause):
                return
            deliver(demo.maildir, path, number)

    thread = threading.Thread(target=feed, name="demo mails", daemon=True)
    thread.start()
    return thread
