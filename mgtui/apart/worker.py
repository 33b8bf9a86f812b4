"""The process itself: it stores and reads what it is given until nothing more comes.

While the bytes of a portion are written and synced, they are read, and then the next portions are; an answer is given
when both are done. It ends when its pipe is closed, which the end of the program that started it does, however that
ends; signals are for that one.
"""

import gc
import json
import os
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from eventstore.blobs import BlobStore
from mgtui.apart.frames import Torn, read_portion, write_answer, write_refusal
from mgtui.apart.memory import Memory
from mgtui.apart.storing import Storing
from mgtui.classified import Marks
from mgtui.deadly import Watched
from mgtui.reading import Read, Taken, get_ready, mail_id_of, read_mail, understand


class Worker:
    """Stores and reads mails of one place."""

    def __init__(
        self, mails: str, notes: str, marks: Sequence[str], origin: str, *, archive: bool, site: str
    ) -> None:
        self._blobs = BlobStore(Path(mails))
        self._watched = Watched(Path(notes), partial(understand, site=site))
        self._read = partial(read_mail, self._watched, Marks(*marks), archived=archive)
        self._origin = origin
        self._storing = Storing(self._blobs)
        self._telling = ThreadPoolExecutor(1, thread_name_prefix="answers")

    def take(self, portion: Sequence[tuple[str, memoryview]], told: BinaryIO) -> None:
        """Store mails and read them meanwhile; the answer follows."""
        digests = [sha256(raw).digest() for _, raw in portion]
        stored = self._storing.put([raw for _, raw in portion], digests)
        taken = [
            self._taken(uid, bytes(raw), digest.hex())
            for (uid, raw), digest in zip(portion, digests, strict=True)
        ]
        self._telling.submit(_tell, told, taken, stored)

    def _taken(self, uid: str, raw: bytes, digest: str) -> Taken:
        mail_id = mail_id_of(self._origin, uid, digest)
        read: Read = self._read(mail_id, raw)
        return Taken(uid, len(raw), digest, mail_id, read)

    def close(self) -> None:
        """End in order."""
        self._telling.shutdown()
        self._storing.close()
        self._watched.close()
        self._blobs.close()


def _tell(told: BinaryIO, taken: Sequence[Taken], stored: Future[None]) -> None:
    try:
        stored.result()
    except Exception as error:  # noqa: BLE001 - the other side raises it
        write_refusal(told, error)
    else:
        write_answer(told, taken)


def serve(asked: BinaryIO, told: BinaryIO, memory: Memory) -> None:
    """Answer portion after portion, in order; the first line says what for."""
    get_ready()  # while whoever may ask gets ready too
    setup = asked.readline()
    if not setup:
        return  # it wasn't needed
    try:
        worker = Worker(**json.loads(setup))
    except Exception as error:  # noqa: BLE001 - the other side raises it
        write_refusal(told, error)
        return
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    try:
        while portion := read_portion(asked, memory):
            worker.take(portion, told)
            del portion
    except Torn:
        pass  # whoever asked is gone
    finally:
        worker.close()


def serve_pipes(asked: int, told: int, memory: Memory) -> None:
    """Serve two pipes, deaf to signals."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.setswitchinterval(0.0005)
    with open(asked, "rb") as asked_pipe, open(told, "wb") as told_pipe:
        serve(asked_pipe, told_pipe, memory)


def main() -> None:
    """Serve the pipes that this process was started with; its argument is the file of the memory."""
    file = int(sys.argv[1])
    memory = Memory(file)
    os.close(file)
    serve_pipes(0, 1, memory)
