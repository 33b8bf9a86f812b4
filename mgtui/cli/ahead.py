"""The first mailbox is connected, and looked into, while the rest of the program is being loaded."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from eventstore import StoreError, ask_once
from mgtui.mailbox import ImapMailbox, Mailbox
from mgtui.mailboxes import open_mailbox
from mgtui.settings import Settings
from projections.mails import PAUSED


@contextmanager
def connected_ahead(settings: Settings, names: Sequence[str]) -> Iterator[Mapping[str, Mailbox]]:
    """Begin to connect the mailbox of the first grabber, unless it is paused; the others have time until then."""
    name = next(iter(names or settings.config.grabbers), "")
    table = settings.config.grabbers.get(name)
    mailbox = open_mailbox(settings, table) if table else None
    if table is None or not isinstance(mailbox, ImapMailbox) or not _may_work(settings, name):
        yield {}
        return
    mailbox.connect_ahead(table.folders.inbox)
    try:
        yield {name: mailbox}
    finally:
        mailbox.close()


def _may_work(settings: Settings, name: str) -> bool:
    """Tell whether nobody has paused a grabber; the log isn't open yet."""
    if not settings.log_file.exists():
        return True
    try:
        return not ask_once(settings.log_file, PAUSED, (name,))
    except StoreError:
        return False  # opening the log tells why
