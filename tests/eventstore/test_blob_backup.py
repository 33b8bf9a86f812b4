"""Copies of raw mails, made while a grabber stores and readers look."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from eventstore import BlobStore, StoreUnavailable, backup_blobs
from eventstore.blob_backup import copying


def rows(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT rowid, digest, size, compressed, content FROM blobs").fetchall()


def test_a_copy_has_the_same_bytes_large_ones_too(tmp_path: Path) -> None:
    source, target = tmp_path / "mails.db", tmp_path / "copy.db"
    contents = [b"Received: from a\r\n" * 1000, b"", os.urandom(1000) * 8_100, os.urandom(70_000)]
    with BlobStore(source) as blobs:
        gone, *digests = blobs.put_many([b"soon gone", *contents])
        blobs.erase([gone])
        backup_blobs(source, target)
    assert rows(target) == rows(source)
    with BlobStore(target) as copy:
        assert [copy.get(digest) for digest in digests] == contents
    assert not list(tmp_path.glob("*.part"))


def test_a_writer_comes_in_between_any_two_mails_and_what_it_stores_keeps_no_copy_from_its_end(
    tmp_path: Path,
) -> None:
    source, part = tmp_path / "mails.db", tmp_path / "copy.db"
    contents = [os.urandom(20_000), os.urandom(1000) * 8_100, os.urandom(20_000)]
    with BlobStore(source) as blobs, BlobStore(source, busy_timeout=0.0) as writer:
        digests = blobs.put_many(contents)
        for number in copying(source, part, 10.0):
            writer.put_many([b"stored meanwhile: %d" % number])
            if number == 1:
                writer.erase(digests[2:])
    with BlobStore(part) as copy:
        assert [copy.get(digest) for digest in digests[:2]] == contents[:2]
    assert len(rows(part)) == 2


def test_a_copy_never_replaces_a_file(tmp_path: Path) -> None:
    source, target = tmp_path / "mails.db", tmp_path / "copy.db"
    target.write_bytes(b"of yesterday")
    with BlobStore(source) as blobs:
        blobs.put_many([b"a mail"])
    with pytest.raises(StoreUnavailable, match="is there already"):
        backup_blobs(source, target)
    assert target.read_bytes() == b"of yesterday"
