"""Raw bytes by their digest."""

import os
import signal
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventstore import BlobMissing, BlobStore, StoreDamaged
from eventstore.blobs import INSERT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mails.db"


@given(contents=st.lists(st.binary(max_size=3000), max_size=5))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bytes_come_back_exactly(path: Path, contents: list[bytes]) -> None:
    with BlobStore(path) as blobs:
        digests = blobs.put_many(contents)
        assert digests == [sha256(content).hexdigest() for content in contents]
        assert [blobs.get(digest) for digest in digests] == contents


def test_text_is_compressed_and_noise_is_not(path: Path) -> None:
    with BlobStore(path) as blobs:
        blobs.put_many([b"Received: from a\r\n" * 1000, os.urandom(18_000)])
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT size, length(content), compressed FROM blobs ORDER BY 3").fetchall()
    assert rows[0] == (18_000, 18_000, 0)
    assert rows[1][0] == 18_000
    assert rows[1][1] < 1_000


def test_large_bytes_go_in_and_out_whole(path: Path) -> None:
    large = os.urandom(1000) * 8_100
    with BlobStore(path) as blobs:
        digests = blobs.put_many([b"small", large, large])
        assert blobs.put_many([large]) == digests[1:2]
        assert [blobs.get(digest) for digest in digests] == [b"small", large, large]


def test_the_same_bytes_are_kept_once(path: Path) -> None:
    with BlobStore(path) as blobs:
        first = blobs.put_many([b"twice", b"twice"])
        second = blobs.put_many([b"twice"])
    assert first[0] == first[1] == second[0]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM blobs").fetchone() == (1,)


def test_unknown_bytes_are_missing(path: Path) -> None:
    with BlobStore(path) as blobs:
        assert not blobs.has("00" * 32)
        with pytest.raises(BlobMissing):
            blobs.get("00" * 32)


def test_changed_bytes_are_noticed(path: Path) -> None:
    with BlobStore(path) as blobs:
        (digest,) = blobs.put_many([b"as it came"])
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE blobs SET content = CAST('as it went' AS BLOB)")
        with pytest.raises(StoreDamaged):
            blobs.get(digest)


def test_erased_bytes_are_in_no_page_of_any_file(path: Path) -> None:
    secret = b"a very particular sentence about somebody"
    with BlobStore(path) as blobs:
        (digest, other) = blobs.put_many([secret, b"something else"])
        assert blobs.erase([digest, "00" * 32]) == 1
        assert not blobs.has(digest)
        assert blobs.get(other) == b"something else"
        for file in path.parent.iterdir():
            assert secret not in file.read_bytes()


def test_a_process_that_ends_while_it_stores_leaves_the_mails_before_and_none_of_its_own(path: Path) -> None:
    with BlobStore(path) as blobs:
        (before,) = blobs.put_many([os.urandom(100_000)])
    pid = os.fork()
    if pid == 0:
        with BlobStore(path) as dying:
            dying._connection.execute("BEGIN IMMEDIATE")
            for number in range(100):  # more than SQLite keeps in memory, so that the file has grown
                row = (bytes([number]) * 32, 100_000, False, os.urandom(100_000))
                dying._connection.execute(INSERT, row)
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    assert path.stat().st_size > 5_000_000
    with BlobStore(path) as blobs:
        assert len(blobs.get(before)) == 100_000
        assert not blobs.has("00" * 32)
        blobs.put_many([b"goes on"])
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM blobs").fetchone() == (2,)


def test_a_file_of_an_older_version_is_used_on_and_changes_its_mode_when_nobody_else_has_it(
    path: Path,
) -> None:
    def mode(connection: sqlite3.Connection) -> str:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])

    with closing(sqlite3.connect(path)) as older:
        older.execute("PRAGMA journal_mode = WAL")
        older.execute("CREATE TABLE things (thing)")
        with BlobStore(path) as blobs:
            (kept, erased) = blobs.put_many([b"kept", b"a very particular sentence about somebody"])
            assert mode(older) == "wal"
            assert blobs.erase([erased]) == 1
            assert b"particular sentence" not in path.with_name("mails.db-wal").read_bytes()
    with BlobStore(path) as blobs, closing(sqlite3.connect(path)) as newer:
        assert blobs.get(kept) == b"kept"
        assert mode(newer) != "wal"
