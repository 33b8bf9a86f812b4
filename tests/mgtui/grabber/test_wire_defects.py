"""One run in which much goes wrong on the server, what is checked at its end, and mistakes that the check finds."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from mgtui.application import Application
from mgtui.bootstrap import build_grabber
from mgtui.mailbox import FetchedMail, Moved, fetching, moving
from mgtui.mailbox.responses import fetched
from mgtui.mailbox.uid_set import compress
from tests.mgtui.grabber.letters import letter
from tests.mgtui.grabber.states import office_on, opened
from tests.servers.flavoured import FlavouredServer
from tests.servers.flavours import EXCHANGE_2010

MAILS = 6
GONE, MARKED = 2, 6  #: UIDs: removed before the move, and marked by somebody else


def somebody_interferes(line: bytes, server: FlavouredServer) -> list[bytes] | None:
    """Remove a mail before the first move, and send bodies in an order of the server's own."""
    inbox = server.folders[b"INBOX"].mails
    if line.startswith(b"UID COPY"):
        inbox.pop(GONE, None)
    if line.startswith(b"UID FETCH") and b"BODY.PEEK[]" in line:
        bodies = [
            b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)" % (at, uid, len(mail.raw), mail.raw)
            for at, (uid, mail) in enumerate(inbox.items(), start=1)
            if uid != MARKED
        ]
        return [*reversed(bodies), b"%TAG% OK done"]
    return None


def run(server: FlavouredServer, application: Application) -> list[str]:
    """Take in all mails but the one that somebody marked, and say what is wrong in the end."""
    for number in range(1, MAILS + 1):
        server.deliver(letter(number), flags=b"\\Deleted" if number == MARKED else b"")
    service = build_grabber(application, "bounces", lambda *_: None)
    service.grabber.limit = MAILS - 1
    server.misbehave = somebody_interferes
    service.once()
    return list(faults(server, application))


def faults(server: FlavouredServer, application: Application) -> list[str]:
    found = []
    if server.words() & {b"EXPUNGE", b"CLOSE"}:
        found.append("a plain EXPUNGE is on the wire")
    if MARKED not in server.folders[b"INBOX"].mails:
        found.append("a mail that somebody else marked is gone")
    wanted = [letter(number) for number in range(1, MAILS) if number != GONE]
    if sorted(server.mails(b"Manual")) != wanted:
        found.append("the target holds other mails than were moved")
    there = {str(uid): mail.raw for uid, mail in server.folders[b"Manual"].mails.items()}
    known = {event.data["mail_id"]: event.data for event in application.ask.events(types=["MailFetched"])}
    for mail_id, data in known.items():
        if application.ask.blobs.get(data["content_digest"]) != letter(int(data["uid"])):
            found.append(f"mail {mail_id} has the bytes of another")
    for event in application.ask.events(types=["MailMoved"]):
        if there.get(event.data["uid"]) != letter(int(known[event.data["mail_id"]]["uid"])):
            found.append(f"mail {event.data['mail_id']} is not where it was moved to")
    counts = Counter(event.type for event in application.ask.events())
    if (counts["MailFetched"], counts["MailMoved"], counts["MailVanished"]) != (MAILS - 1, MAILS - 2, 1):
        found.append(f"the events are {counts}")
    return found


def plain_expunge(patch: pytest.MonkeyPatch) -> None:
    def remove_chunk(mover: moving.Mover, uids: Sequence[int]) -> None:
        wire = mover.connection.wire
        wire.ask(f"UID STORE {compress(uids)} +FLAGS.SILENT (\\Deleted)", "marking")
        wire.ask("EXPUNGE", "removing")

    patch.setattr(moving.Mover, "_remove_chunk", remove_chunk)


def believe_every_ok(patch: pytest.MonkeyPatch) -> None:
    def proved(_answer: object, asked: Sequence[int]) -> list[Moved]:
        return [Moved(str(uid), str(at)) for at, uid in enumerate(asked, start=1)]

    patch.setattr(moving, "_proved", proved)


def pair_bodies_by_their_order(patch: pytest.MonkeyPatch) -> None:
    def mail(parts: list[bytes], missing: dict[int, int]) -> FetchedMail | None:
        body = fetched(parts).get(b"BODY[]")
        if not (missing and isinstance(body, bytes)):
            return None
        uid = next(iter(missing))
        del missing[uid]
        return FetchedMail(str(uid), body)

    patch.setattr(fetching, "_mail", mail)


DEFECTS: tuple[Callable[[pytest.MonkeyPatch], None], ...] = (
    plain_expunge,
    believe_every_ok,
    pair_bodies_by_their_order,
)


def run_on(folder: Path) -> list[str]:
    with FlavouredServer(EXCHANGE_2010) as server, opened(office_on(folder, server.port)) as application:
        return run(server, application)


def test_a_run_in_which_others_interfere_ends_well(tmp_path: Path) -> None:
    assert run_on(tmp_path) == []


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.__name__)
def test_a_planted_defect_on_the_wire_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, defect: Callable[[pytest.MonkeyPatch], None]
) -> None:
    defect(monkeypatch)
    assert run_on(tmp_path) != []
