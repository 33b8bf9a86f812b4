"""Keeping raw mails: batches of 50, each on the disk before the next."""

import os
import random
import tempfile
from pathlib import Path

from eventstore import BlobStore
from tests.benchmarks.rounds import Measured, median, stopwatch

MAILS = 1000
BATCH = 50
ROUNDS = 5


def run() -> None:
    """Print mails and megabytes a second, in and out."""
    mails = make_mails()
    size = sum(map(len, mails)) / 1e6
    put, get = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder, BlobStore(Path(folder) / "mails.db") as blobs:
            digests: list[str] = []
            with stopwatch(1) as measured:
                for start in range(0, MAILS, BATCH):
                    digests += blobs.put_many(mails[start : start + BATCH])
            put += measured
            with stopwatch(1) as measured:
                for digest in digests:
                    blobs.get(digest)
            get += measured
            kept = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
    tell("put", median(put), size)
    tell("get", median(get), size)
    print(f"{size:.1f} MB of mails take {kept:.1f} MB")


def tell(what: str, measured: Measured, size: float) -> None:
    """Print one line."""
    print(
        f"{what}: {MAILS / measured.wall:,.0f} mails/s, {size / measured.wall:.0f} MB/s,"
        f" {size / measured.cpu:.0f} MB per CPU second"
    )


def make_mails() -> list[bytes]:
    """Make up reports of some kilobytes, and every tenth with an attachment that can't be made smaller."""
    chance = random.Random(1)
    words = [f"word{number}" for number in range(500)]
    mails = []
    for number in range(MAILS):
        lines = [
            f"Received: from mx{number % 7}.example by mail.example; id {chance.random()}" for _ in range(6)
        ]
        lines += [" ".join(chance.choices(words, k=10)) for _ in range(chance.randint(20, 120))]
        noise = os.urandom(60_000) if number % 10 == 0 else b""
        mails.append("\r\n".join(lines).encode() + noise)
    return mails
