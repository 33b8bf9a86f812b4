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


def open_office(
    folder: Path, mails: Sequence[bytes] = MAILS, contacts: str = CONTACTS, config_file: Path | None = None
) -> TestOffice:
    """Make an office; `config_file` may be a relative path, which keeps the mailbox's name short."""
    for part in ("new", "cur", "tmp"):
        (folder / "Maildir" / part).mkdir(parents=True, exist_ok=True)
    (folder / "mgtui.toml").write_text(CONFIG, "utf-8")
    settings = Settings(parse_config(CONFIG, "mgtui.toml"), config_file or folder / "mgtui.toml", folder / "data")
    application = build(settings, "operator test")
    entries = [entry for entry in read_csv(contacts) if isinstance(entry, IncomingContact)]
    application.execute(ImportContacts(entries, "contacts.csv"))
    office = TestOffice(folder, application, build_grabber(application, "post", lambda *_: None))
    office.take_in(*mails)
    return office
