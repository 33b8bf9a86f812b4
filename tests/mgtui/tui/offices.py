"""A real office for the tests of the screens: its own log, read models, Maildir and grabber."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mgtui.application import Application
from mgtui.bootstrap import build, build_grabber
from mgtui.commands import ImportContacts
from mgtui.contacts import IncomingContact, read_csv
from mgtui.grabber import Service
from mgtui.settings import Settings, parse_config
from tests.mgtui.tui.mails import CONTACTS, MAILS

CONFIG = """
[office]
internal = ["office.example"]
[categories.invoice]
always_send = true
[categories.newsletter]
[grabbers.post]
type = "maildir"
path = "Maildir"
"""


@dataclass
class TestOffice:
    """An office in a folder; mails come in one at a time, so that their order is always the same."""

    __test__ = False

    folder: Path
    application: Application
    service: Service
    delivered: int = 0

    def take_in(self, *mails: bytes) -> None:
        """Deliver mails and grab each."""
        for mail in mails:
            self.delivered += 1
            name = f"{1_790_000_000 + self.delivered}.M{self.delivered:06}.test"
            (self.folder / "Maildir" / "new" / name).write_bytes(mail)
            self.service.once()

    def events(self, event_type: str) -> list[dict[str, object]]:
        """Give the data of all events of a type, oldest first."""
        return [event.data for event in self.application.ask.events(types=[event_type])]

    def items(self, queue: str) -> list[str]:
        """Name the open items of a queue by what they are about."""
        return [row["address"] or row["sender"] for row in self.application.ask.open_items(queue)]

    def another(self, operator: str) -> Application:
        """Open the same office a second time, as another operator would."""
        return build(self.application.settings, operator)


def make_office(folder: Path, mails: Sequence[bytes] = MAILS, contacts: str = CONTACTS) -> TestOffice:
    """Make an office with contacts, and take mails in; in the log its mailbox has a short name of no machine."""
    for part in ("new", "cur", "tmp"):
        (folder / "Maildir" / part).mkdir(parents=True, exist_ok=True)
    (folder / "mgtui.toml").write_text(CONFIG, "utf-8")
    office = open_office(folder)
    office.service.grabber.mailbox_id = "maildir:post"
    entries = [entry for entry in read_csv(contacts.encode()) if isinstance(entry, IncomingContact)]
    office.application.execute(ImportContacts(entries, "contacts.csv"))
    office.take_in(*mails)
    return office


def open_office(folder: Path) -> TestOffice:
    """Open an office that is there."""
    settings = Settings(parse_config(CONFIG, "mgtui.toml"), folder / "mgtui.toml", folder / "data")
    application = build(settings, "operator test")
    service = build_grabber(application, "post", lambda *_: None)
    return TestOffice(folder, application, service, len(list((folder / "Maildir").rglob("*.test*"))))
