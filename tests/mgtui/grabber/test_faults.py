"""The fault matrix: whatever is cut or killed, wherever, the next run ends as if nothing had been."""

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from mgtui.bootstrap import build_grabber
from mgtui.grabber.grabber import APART_FROM
from mgtui.mailbox import MailboxError
from tests.mgtui.grabber import stepping, storm
from tests.mgtui.grabber.defects import DEFECTS
from tests.mgtui.grabber.letters import letter
from tests.mgtui.grabber.states import end_state, folders, grab_once, office_on, opened
from tests.offices import OfficeFolder
from tests.servers.dovecot import Dovecot, Pool, skip_without_dovecot
from tests.servers.dovecot_config import DovecotOptions
from tests.servers.proxy import Fault, Proxy

SAMPLES = Path(__file__).resolve().parents[3] / "sample_mail"
MAILS = (
    "bounce/postfix-user-unknown.eml",
    "ordinary/letter-with-pdf.eml",
    "ordinary/unknown-new-client.eml",
    "ordinary/unknown-new-client.eml",  # the same bytes twice
    "complaint/abuse-with-recipient.eml",
    "damaged/bounce-cut-off.eml",
    "delayed/postfix-warning.eml",
)

Expected = tuple[object, object]


def deliver(server: Dovecot) -> None:
    for name in MAILS:
        server.deliver("office", "INBOX", (SAMPLES / name).read_bytes())


Prepare = Callable[[Path, int], OfficeFolder]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepare:
    """Make offices that know the contacts of the sample mails."""
    template = office_on(tmp_path_factory.mktemp("template"), 1)
    template.run("contacts", "import", str(SAMPLES / "contacts.csv"))

    def prepare(folder: Path, port: int) -> OfficeFolder:
        office = office_on(folder, port, batch=4)
        shutil.copytree(template.data, office.data)
        return office

    return prepare


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, prepared: Prepare) -> Expected:
    """What a run without a fault ends in."""
    skip_without_dovecot()
    with Dovecot() as server:
        deliver(server)
        office = prepared(tmp_path_factory.mktemp("undisturbed"), server.port)
        grab_once(office)
        return folders(server), end_state(office)


def step(
    office: OfficeFolder, end_at: int, defect: str = "", apart_from: int = APART_FROM
) -> tuple[int, list[str]]:
    """Run in a process of its own that ends at a step; give its exit code and the steps it came through."""
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["tests.mgtui.grabber.stepping"])
    process = server.Process(
        target=stepping.main, args=(office.config, office.data, end_at, defect, apart_from)
    )
    process.start()
    process.join(timeout=60)
    code = process.exitcode
    process.close()
    return code or 0, stepping.steps_of(office.data)


WITHOUT_MOVE = "IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ NAMESPACE UIDPLUS UNSELECT"


@pytest.fixture(params=["", WITHOUT_MOVE], ids=["with MOVE", "with COPY and UID EXPUNGE"])
def fresh(request: pytest.FixtureRequest, pool: Pool) -> Callable[[], Dovecot]:
    """Give a server that can MOVE, or can't, with the mails in the inbox and nothing else, each time anew."""
    skip_without_dovecot()
    return lambda: delivered(pool.take(DovecotOptions(capability=request.param), "office"))


@pytest.fixture
def plain(pool: Pool) -> Callable[[], Dovecot]:
    """Give a plain server with the mails in the inbox and nothing else, each time anew."""
    skip_without_dovecot()
    return lambda: delivered(pool.take(DovecotOptions(), "office"))


def delivered(server: Dovecot) -> Dovecot:
    deliver(server)
    return server


def end_of(office: OfficeFolder) -> object:
    """Tell the end state, or that there is none to be told."""
    try:
        return end_state(office)
    except (AssertionError, LookupError) as error:
        return error


def assert_as_undisturbed(office: OfficeFolder, server: Dovecot, undisturbed: Expected, where: str) -> None:
    assert folders(server) == undisturbed[0], where
    assert end_state(office) == undisturbed[1], where


def worth_killing(names: Sequence[str]) -> list[int]:
    """Number the steps between which something happens: after one step and before the next nothing does."""
    return [
        number
        for number, name in enumerate(names, start=1)
        if number == 1 or not (name.startswith("before") or name == names[number - 2])
    ]


@pytest.mark.long
def test_killed_before_and_after_every_commit_call_and_command_it_ends_the_same(
    tmp_path: Path, fresh: Callable[[], Dovecot], undisturbed: Expected, prepared: Prepare
) -> None:
    code, names = step(prepared(tmp_path / "whole", fresh().port), 0)
    assert code == 0
    for number in worth_killing(names):
        server = fresh()
        office = prepared(tmp_path / str(number), server.port)
        code, _ = step(office, number)
        assert code == -signal.SIGKILL, names[number - 1]
        grab_once(office)
        assert_as_undisturbed(office, server, undisturbed, names[number - 1])
    assert len(worth_killing(names)) > 40


@pytest.mark.long
def test_killed_while_another_process_stores_and_reads_it_ends_the_same(
    tmp_path: Path, plain: Callable[[], Dovecot], undisturbed: Expected, prepared: Prepare
) -> None:
    code, names = step(prepared(tmp_path / "whole", plain().port), 0, apart_from=1)
    assert code == 0
    assert not any("put_many" in name for name in names), "the other process stores"
    for number in worth_killing(names):
        server = plain()
        office = prepared(tmp_path / str(number), server.port)
        code, _ = step(office, number, apart_from=1)
        assert code == -signal.SIGKILL, names[number - 1]
        assert step(office, 0, apart_from=1)[0] == 0
        assert_as_undisturbed(office, server, undisturbed, names[number - 1])
    assert len(worth_killing(names)) > 30


@pytest.mark.long
@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found(
    tmp_path: Path, plain: Callable[[], Dovecot], undisturbed: Expected, prepared: Prepare, defect: str
) -> None:
    """The matrix has teeth: the same steps, with a mistake in the program, end in another state at least once."""
    _, names = step(prepared(tmp_path / "whole", plain().port), 0, defect)
    # The most telling steps come first, the later ones of a kind before the earlier.
    telling = (
        "after mailbox.move",
        "after store.append_many",
        "after blobs.put_many",
        "one of mailbox.fetch",
    )
    numbers = [
        at
        for ending in telling
        for at, name in reversed(list(enumerate(names, start=1)))
        if name.endswith(ending)
    ]
    for number in numbers:
        server = plain()
        office = prepared(tmp_path / str(number), server.port)
        step(office, number, defect)
        step(office, 0, defect)
        if (folders(server), end_of(office)) != undisturbed:
            return
    pytest.fail(f"{defect} went unnoticed through {len(numbers)} steps")


@pytest.mark.long
@pytest.mark.parametrize("answer_bytes", [None, 0, 40], ids=["command lost", "answer lost", "answer cut"])
def test_cut_at_every_command_it_ends_the_same(
    tmp_path: Path,
    plain: Callable[[], Dovecot],
    undisturbed: Expected,
    prepared: Prepare,
    answer_bytes: int | None,
) -> None:
    number = struck = 0
    while True:
        server = plain()
        with Proxy(server.port) as proxy:
            office = prepared(tmp_path / str(number), proxy.port)
            proxy.fault = Fault("cut", command=number, answer_bytes=answer_bytes)
            err = ""
            try:
                grab_once(office)
            except MailboxError as error:
                err = str(error)
            if not proxy.struck.is_set():
                break
            struck += 1
            where = f"{proxy.commands[number]!r}: {err}"
            proxy.fault = None
            grab_once(office)
            assert_as_undisturbed(office, server, undisturbed, where)
        number += 1
    assert struck > 15


@pytest.mark.long
def test_no_plain_expunge_is_ever_sent(
    tmp_path: Path, fresh: Callable[[], Dovecot], prepared: Prepare
) -> None:
    with Proxy(fresh().port) as proxy:
        grab_once(prepared(tmp_path, proxy.port))
        assert not proxy.words() & {b"EXPUNGE", b"CLOSE", b"STORE"}
        assert proxy.words() & {b"UID MOVE", b"UID COPY"}


@pytest.mark.long
def test_mails_that_others_marked_deleted_all_survive(
    tmp_path: Path, fresh: Callable[[], Dovecot], prepared: Prepare
) -> None:
    server = fresh()
    for number in range(10_000):
        server.deliver("office", "INBOX", letter(number), flags="T")
    office = prepared(tmp_path, server.port)
    with opened(office) as application:
        service = build_grabber(application, "bounces", lambda *_: None)
        service.grabber.limit = 50
        assert service.once().moved == 50
    left = [len(server.mails("office", name)) for name in ("INBOX", "Processed", "Manual")]
    assert left[0] == len(MAILS) + 10_000 - 50
    assert sum(left) == len(MAILS) + 10_000


@pytest.mark.long
def test_a_storm_of_random_kills_and_cuts_loses_and_doubles_nothing() -> None:
    """`make storm` does 300 of each, and MGTUI_STORM says how many here."""
    skip_without_dovecot()
    number = int(os.environ.get("MGTUI_STORM", "40"))
    assert storm.run(number, seed=20261123) == (number, number)
