"""What happens to machines happens here: kills, full disks, locks, cut files, newer programs."""

import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from eventstore import Appended, StoreDamaged, StoreTooNew, StoreUnavailable, verify
from tests.eventstore.sample import placed, shipped
from tests.eventstore.sqlite import processes
from tests.eventstore.sqlite.shop import fill, open_shop, outsider


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.db"


@pytest.mark.long
def test_nothing_acknowledged_is_lost_in_a_hundred_kills(path: Path) -> None:
    chance = random.Random(3)
    acknowledged = 0
    for kill in range(100):
        process, pipe = processes.start(processes.append_until_killed, path, chance.choice([1, 3, 70]))
        with pipe:
            for _ in range(chance.randint(1, 12)):
                acknowledged = pipe.recv()
            process.kill()
            process.join()
            while pipe.poll():
                try:
                    acknowledged = pipe.recv()
                except EOFError:
                    break
        report = verify(path, thorough=kill % 10 == 0)
        assert report.whole
        assert report.anchor.position >= acknowledged
    assert acknowledged > 100


def test_two_processes_append_to_the_same_stream_without_a_gap(path: Path) -> None:
    with open_shop(path):
        pass
    running = [processes.start(processes.append_to_one_stream, path, 150) for _ in range(2)]
    for _, pipe in running:
        assert pipe.recv() == "ready"
    for _, pipe in running:
        pipe.send("go")
    for process, pipe in running:
        pipe.recv()
        process.join()
        pipe.close()
    with open_shop(path) as store:
        assert [event.version for event in store.read_stream("order-1")] == list(range(1, 301))
    assert verify(path).whole


def test_programs_that_start_at_once_make_one_log(path: Path) -> None:
    running = [processes.start(processes.open_and_append, path) for _ in range(4)]
    for _, pipe in running:
        pipe.send("go")
    outcomes = [pipe.recv() for _, pipe in running]
    for process, pipe in running:
        process.join()
        pipe.close()
    assert outcomes == ["Appended"] * 4
    assert (verify(path).whole, verify(path).events) == (True, 4)


def test_a_file_that_may_not_grow_gives_a_clear_error_and_a_log_that_goes_on(path: Path) -> None:
    process, pipe = processes.start(processes.append_with_little_room, path, 1_000_000)
    with pipe:
        last, error, text, again = pipe.recv()
    process.join()
    assert (error, last > 10) == ("StoreUnavailable", True)
    assert str(path) in text
    assert again == Appended(last + 1, last + 1)
    assert verify(path, thorough=True).whole


def test_a_full_database_gives_a_clear_error_and_a_log_that_goes_on(path: Path) -> None:
    with open_shop(path) as store:
        store._open_writer().connection.execute("PRAGMA max_page_count = 10")
        with pytest.raises(StoreUnavailable, match="disk is full"):
            store.append("order-1", [placed(customer="x" * 1_000_000)])
        assert store.append("order-1", [placed()]) == Appended(1, 1)
    assert verify(path).whole


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB, where we may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip(
            "mounting a small file system takes the rights to; the tests of file size stand in for it"
        )
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_gives_a_clear_error_and_a_log_that_goes_on(small_disk: Path) -> None:
    path, last = small_disk / "events.db", 0
    with open_shop(path) as store:
        with pytest.raises(StoreUnavailable, match=f"{path}: the disk is full; make room and try again"):
            while True:
                last = store.append("order-1", [placed(customer="x" * 5000)]).last_position  # type: ignore[union-attr]
        assert (store.head(), verify(path).whole) == (last, True)
        subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
        assert store.append("order-1", [placed()]) == Appended(last + 1, last + 1)
    assert last > 20
    assert verify(path, thorough=True).whole


def test_a_disk_too_full_to_begin_says_so(small_disk: Path) -> None:
    filler = small_disk / "filler"
    with filler.open("wb") as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(bytes(65_536))
            file.flush()
    with pytest.raises(StoreUnavailable, match=r"full|file system refuses"):
        open_shop(small_disk / "events.db")
    filler.unlink()
    with open_shop(small_disk / "events.db") as store:
        assert store.append("order-1", [placed()]) == Appended(1, 1)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("folder_mode", [0o755, 0o777])
def test_a_read_only_file_says_so_and_can_be_read(open_folder: Path, folder_mode: int) -> None:
    path = open_folder / "events.db"
    fill(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    path.chmod(0o444)
    open_folder.chmod(folder_mode)
    process, pipe = processes.start(processes.open_as_nobody, path)
    with pipe:
        error, text, head = pipe.recv()
    process.join()
    open_folder.chmod(0o755)
    assert (error, head) == ("StoreUnavailable", 10)
    assert "only be read" in text


@pytest.mark.parametrize("left", [100, 16_384, 40_000, 65_536])
def test_a_truncated_file_is_damaged_and_not_begun_anew(path: Path, left: int) -> None:
    fill(path, orders=300)
    os.truncate(path, left)
    with pytest.raises(StoreDamaged):
        open_shop(path)
    with pytest.raises(StoreDamaged):
        open_shop(path, read_only=True)
    assert verify(path).findings[0].kind in ("file", "schema")
    assert path.stat().st_size == left


@pytest.mark.parametrize("gone", ["cut to nothing", "missing"])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_lost_log_is_not_begun_anew_beside_its_witness(path: Path, gone: str, read_only: bool) -> None:
    witness = path.with_name("mails.db")
    with open_shop(path, witness=witness) as store:
        store.append("order-1", [placed()])
        witness.write_bytes(b"made after the log")
        saved = path.with_name("events.db-wal").read_bytes()
        os.truncate(path, 0) if gone == "cut to nothing" else path.unlink()
        with pytest.raises(StoreDamaged, match=r"there was a log: put a backup .* in its place"):
            open_shop(path, witness=witness, read_only=read_only)
        assert path.exists() == (gone == "cut to nothing")
        assert path.with_name("events.db-wal").read_bytes() == saved


def test_a_log_goes_on_beside_its_witness_and_a_new_one_begins_without(path: Path) -> None:
    witness = path.with_name("mails.db")
    with open_shop(path, witness=witness) as store:
        store.append("order-1", [placed()])
    witness.touch()
    with open_shop(path, witness=witness) as store:
        assert store.head() == 1
    path.unlink()
    witness.unlink()
    with open_shop(path, witness=witness) as store:
        assert store.head() == 0


@pytest.mark.long
def test_a_lock_of_thirty_seconds_is_waited_for_and_then_told(path: Path) -> None:
    with open_shop(path, busy_timeout=30.0) as store:
        process, pipe = processes.start(processes.lock_until_told, path)
        with pipe:
            assert pipe.recv() == "locked"
            began = time.monotonic()
            with pytest.raises(StoreUnavailable, match="another program holds the log locked"):
                store.append("order-1", [placed()])
            assert time.monotonic() - began >= 30.0
            waiting = Thread(target=store.append, args=("order-1", [placed()]))
            waiting.start()
            pipe.send("let go")
            waiting.join(30.0)
            process.join()
        assert store.head() == 1
    assert verify(path).whole


def test_a_log_locked_by_another_program_is_unavailable_until_it_lets_go(path: Path) -> None:
    with open_shop(path, busy_timeout=0.3) as store, outsider(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnavailable, match="locked"):
            store.append("order-1", [placed()])
        with pytest.raises(StoreUnavailable, match="locked"):
            open_shop(path, busy_timeout=0.1)
        assert store.head() == 0
        other.execute("ROLLBACK")
        assert store.append("order-1", [placed()]) == Appended(1, 1)


def test_a_log_written_by_a_newer_program_is_left_alone(path: Path) -> None:
    fill(path)
    with outsider(path) as connection:
        connection.execute("PRAGMA user_version = 2")
    for read_only in (False, True):
        with pytest.raises(StoreTooNew, match="format 2"):
            open_shop(path, read_only=read_only)
    assert "format 2" in verify(path).findings[0].text


def test_a_missing_log_is_not_made_by_a_reader(path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        open_shop(path, read_only=True)
    assert not path.exists()


def test_a_closed_store_says_so(path: Path) -> None:
    store = open_shop(path)
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.append("order-1", [shipped()])
    with pytest.raises(StoreUnavailable, match="closed"):
        store.head()
