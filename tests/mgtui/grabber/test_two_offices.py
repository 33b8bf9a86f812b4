"""Two offices on one mailbox, on two machines say, whose leases know nothing of each other.

That is a mistake of whoever set them up. No mail is lost by it, none is counted twice in one log, and both say
where each mail is.
"""

import threading
from collections import Counter
from collections.abc import Callable

from mgtui.application import Application
from mgtui.cli.doctor import balance_of
from mgtui.mailbox import MailboxUnavailable
from tests.mgtui.grabber.conftest import Work
from tests.mgtui.grabber.letters import letter
from tests.servers.dovecot import Dovecot

MAILS = 60
WAVES = 20  #: at most; more mails come for as long as one office alone took all of them


def test_two_programs_on_one_mailbox_lose_nothing_and_say_what_the_other_took(
    server: Dovecot, work: Work
) -> None:
    applications, services = zip(
        *(work(server.port, folder=name, batch=7) for name in ("here", "there")), strict=True
    )
    delivered = 0
    known = [Counter[str](), Counter[str]()]
    while not all(known) and delivered < WAVES * MAILS:
        for number in range(delivered, delivered + MAILS):
            server.deliver("office", "INBOX", letter(number))
        delivered += MAILS
        at_once([service.once for service in services])
        known = [fetched(application) for application in applications]
    assert not server.mails("office", "INBOX")
    assert set(server.mails("office", "Manual")) == {letter(number) for number in range(delivered)}
    assert set(known[0]) | set(known[1]) == {str(number + 1) for number in range(delivered)}
    for application, uids in zip(applications, known, strict=True):
        assert set(uids.values()) == {1}, "each log counts a mail once"
        [row] = application.ask.balance()
        assert balance_of(row, application.ask.counted()[row["grabber"]])["balanced"]
        assert row["moved"] + row["vanished"] == row["fetched"] == len(uids)


def at_once(rounds: list[Callable[[], object]]) -> None:
    """Run each in a thread, none before all are ready."""
    ready = threading.Barrier(len(rounds))

    def begin(once: Callable[[], object]) -> None:
        ready.wait(timeout=60)
        until_it_is_empty(once)

    threads = [threading.Thread(target=begin, args=(once,)) for once in rounds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)


def until_it_is_empty(once: Callable[[], object]) -> None:
    for _ in range(20):
        try:
            if not once():
                return
        except MailboxUnavailable:
            continue


def fetched(application: Application) -> Counter[str]:
    return Counter(event.data["uid"] for event in application.ask.events(types=["MailFetched"]))
