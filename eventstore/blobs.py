"""Raw mails by the SHA-256 of their bytes, in one SQLite file beside the log.

It has no write-ahead log, which would write every mail twice: a rollback journal holds only the few pages that change,
while mails go behind the end of the file. Whoever reads waits for a commit and the other way round, for milliseconds;
a backup goes mail by mail (`eventstore.blob_backup`).
"""

import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from itertools import chain
from pathlib import Path

from eventstore.errors import StoreDamaged, StoreError
from eventstore.sqlite.connect import is_busy, translated

SCHEMA = """
CREATE TABLE IF NOT EXISTS blobs (
  digest BLOB PRIMARY KEY,
  size INTEGER NOT NULL,
  compressed INTEGER NOT NULL,
  content BLOB NOT NULL
) STRICT
"""
MARKS = "(?, ?, ?, ?)"
INSERT = "INSERT OR IGNORE INTO blobs VALUES (?, ?, ?, ?)"
INSERT_EMPTY = "INSERT OR IGNORE INTO blobs VALUES (?, ?, 0, zeroblob(?))"
SELECT = """
SELECT rowid, compressed, CASE WHEN length(content) < ? THEN content END FROM blobs WHERE digest = ?
"""
PAGE_SIZE = 65_536  #: a mail of usual size fills few pages: two thirds of the CPU that pages of 16 kB take
LEVEL = 1  #: of zlib; higher levels cost four times the time for a tenth of the size
WORTH = 0.9  #: compressed only if it comes to less than this share of the bytes
SAMPLED = 16_384  #: bytes; of longer ones a piece is tried first
SAMPLE = 4_096
PROMISING = 0.6  #: a piece that comes to less than this share promises that the rest will pay
LEAST = 512  #: bytes; shorter ones stay as they are
LARGE = 8_000_000  #: bytes; longer ones go in and out in pieces, because SQLite copies a value twice
PIECE = 1_000_000  #: bytes
TOGETHER = (
    2_000_000  #: bytes in a statement: between two of them, another thread has the interpreter for its turn
)
AT_ONCE = 100  #: digests or mails in a statement


Content = bytes | memoryview
Stored = tuple[bytes, int, bool, Content]  #: digest, size, whether it is compressed, and what is kept


class BlobMissing(StoreError):
    """No bytes with this digest are here: never stored, or erased."""


class BlobStore:
    """Bytes by content; the same bytes are kept once. Safe to use from several threads and processes."""

    def __init__(self, path: Path, *, busy_timeout: float = 10.0) -> None:
        self.path = path
        self._lock = threading.Lock()
        with translated(path):
            self._connection = sqlite3.connect(
                path, timeout=busy_timeout, isolation_level=None, check_same_thread=False
            )
            self._connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA secure_delete = ON")
            self._connection.execute(SCHEMA)
            _keep_a_journal(self._connection)

    def put_many(self, contents: Iterable[Content], digests: Sequence[bytes] = ()) -> list[str]:
        """Store all of them in one synced commit and give their digests (hex), in order.

        Whoever has the digests already gives them along.
        """
        contents = list(contents)
        digests = digests or [sha256(content).digest() for content in contents]
        with self._lock, translated(self.path):
            new = dict(zip(digests, contents, strict=True))
            for digest in self._known(list(new)):
                del new[digest]
            rows = [packed(digest, content) for digest, content in new.items()]
            if rows:
                self._write(rows)
        return [digest.hex() for digest in digests]

    def _write(self, rows: Sequence[Stored]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            for some in _together(row for row in rows if len(row[3]) < LARGE):
                values = list(chain.from_iterable(some))
                self._connection.execute(INSERT + f", {MARKS}" * (len(some) - 1), values)
            for digest, _, _, content in rows:
                if len(content) >= LARGE:
                    self._write_in_pieces(digest, content)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _write_in_pieces(self, digest: bytes, content: Content) -> None:
        added = self._connection.execute(INSERT_EMPTY, (digest, len(content), len(content)))
        if added.rowcount <= 0:
            return
        view = memoryview(content)
        with self._connection.blobopen("blobs", "content", added.lastrowid or 0) as blob:
            for at in range(0, len(content), PIECE):
                blob.write(view[at : at + PIECE])

    def get(self, digest: str) -> bytes:
        """Give the bytes as they were put; raises `BlobMissing`, or `StoreDamaged` if they changed."""
        with self._lock, translated(self.path):
            row = self._connection.execute(SELECT, (LARGE, bytes.fromhex(digest))).fetchone()
            if row is None:
                raise BlobMissing(f"{digest} is not in {self.path}")
            number, compressed, content = row
            if content is None:
                with self._connection.blobopen("blobs", "content", number, readonly=True) as blob:
                    content = blob.read()
        return unpacked(digest, compressed, content)

    def has(self, digest: str) -> bool:
        """Tell whether the bytes with this digest are here."""
        with self._lock, translated(self.path):
            return self._has(bytes.fromhex(digest))

    def erase(self, digests: Iterable[str]) -> int:
        """Remove bytes for good, from the file's free pages and the journal too; tell how many."""
        with self._lock, translated(self.path):
            before = self._connection.total_changes
            self._connection.execute("PRAGMA journal_size_limit = 0")
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(
                "DELETE FROM blobs WHERE digest = ?", [(bytes.fromhex(digest),) for digest in digests]
            )
            self._connection.execute("COMMIT")
            erased = self._connection.total_changes - before
            self._connection.execute("PRAGMA journal_size_limit = -1")
            with closing(self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")) as checkpoint:
                checkpoint.fetchall()  # of a file that is still in the mode of older versions
        return erased

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> "BlobStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _known(self, digests: Sequence[bytes]) -> list[bytes]:
        """Pick out what is here."""
        known: list[bytes] = []
        for at in range(0, len(digests), AT_ONCE):
            some = digests[at : at + AT_ONCE]
            sql = f"SELECT digest FROM blobs WHERE digest IN ({', '.join('?' * len(some))})"  # noqa: S608
            known += [digest for (digest,) in self._connection.execute(sql, some)]
        return known

    def _has(self, digest: bytes) -> bool:
        row = self._connection.execute("SELECT 1 FROM blobs WHERE digest = ?", (digest,)).fetchone()
        return row is not None


def _keep_a_journal(connection: sqlite3.Connection) -> None:
    """Leave the mode of older versions, unless another program has the file open: then the next one does."""
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("PRAGMA journal_mode = PERSIST")
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def _together(rows: Iterable[Stored]) -> Iterator[list[Stored]]:
    """Cut rows into lists for one statement each."""
    some: list[Stored] = []
    held = 0
    for row in rows:
        some.append(row)
        held += len(row[3])
        if held >= TOGETHER or len(some) >= AT_ONCE:
            yield some
            some, held = [], 0
    if some:
        yield some


def packed(digest: bytes, content: Content) -> Stored:
    """Give the row of some bytes, compressed where that pays."""
    if LEAST <= len(content) < LARGE and promising(content):
        smaller = zlib.compress(content, LEVEL)
        if len(smaller) < WORTH * len(content):
            return digest, len(content), True, smaller
    return digest, len(content), False, content


def promising(content: Content) -> bool:
    """Tell by a piece from the middle whether compressing is worth its time.

    Attachments in base64 shrink by a quarter at a tenth of the speed at which they are stored as they are:
    there is no blank in them, while any text has some.
    """
    middle = len(content) // 2
    piece = bytes(content[middle : middle + SAMPLE])
    if b" " not in piece[: len(content) // 4]:
        return False
    if len(content) <= SAMPLED:
        return True
    return len(zlib.compress(piece, LEVEL)) < PROMISING * len(piece)


def unpacked(digest: str, compressed: int, content: bytes) -> bytes:
    """Give the bytes of a row, proved by their digest."""
    try:
        plain = zlib.decompress(content) if compressed else content
    except zlib.error as error:
        raise StoreDamaged(f"the bytes of {digest} can't be unpacked: {error}") from error
    if sha256(plain).hexdigest() != digest:
        raise StoreDamaged(f"the bytes of {digest} were changed")
    return plain
