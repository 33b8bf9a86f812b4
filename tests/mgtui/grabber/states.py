"""What a server and a log end in, so that two runs can be compared."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mgtui.application import Application
from mgtui.bootstrap import build, build_grabber
from mgtui.cli.doctor import balance_of
from mgtui.settings import load_settings
from tests.offices import IMAP_CONFIG, OfficeFolder
from tests.servers.dovecot import Dovecot


def office_on(folder: Path, port: int, batch: int = 200) -> OfficeFolder:
    """Make an office with a grabber on the server at a port."""
    return OfficeFolder(folder).write(IMAP_CONFIG.format(port=port, batch=batch))


def folders(server: Dovecot) -> dict[str, Counter[str]]:
    return {
        name: Counter(hashlib.sha256(crlf(mail)).hexdigest() for mail in server.mails("office", name))
        for name in ("INBOX", "Processed", "Manual")
    }


def crlf(mail: bytes) -> bytes:
    """Give a mail with the line ends that IMAP sends, whatever the file on the server has."""
    return mail.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def end_state(office: OfficeFolder) -> dict[str, object]:
    """Tell what log and read models say in the end, without times, positions and places."""
    with opened(office) as application:
        events = list(application.ask.events())
        digest = {e.data["mail_id"]: e.data["content_digest"] for e in events if e.type == "MailFetched"}
        said = Counter(
            (e.type, digest[e.data["mail_id"]], e.data.get("reason"), e.data.get("address"))
            for e in events
            if e.data.get("mail_id") in digest
        )
        queues = {
            queue: Counter(
                (digest[row["mail_id"]], row["address"], row["reason"])
                for row in application.ask.open_items(queue, limit=10_000)
            )
            for queue in ("bounces", "imports")
        }
        assert all(balance_of(row)["balanced"] for row in application.ask.balance())
    return {"said": said, **queues}


@contextmanager
def opened(office: OfficeFolder) -> Iterator[Application]:
    """Open an office in this process."""
    os.environ["MGTUI_TEST_PASSWORD"] = "secret"
    application = build(load_settings(office.config, office.data))
    try:
        yield application
    finally:
        application.close()


def grab_once(office: OfficeFolder) -> None:
    """Run the grabber once, in this process. Raises what it raises."""
    with opened(office) as application:
        build_grabber(application, "bounces", lambda *_: None).once()
