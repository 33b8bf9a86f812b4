"""Reading mail beside flufl.bounce and the standard parser, over the corpus of real reports."""

import logging
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path

from mgtui.bounce import understand
from mgtui.compiled import is_used
from mgtui.report import read_report, split

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
ROUNDS = 5


def run() -> None:
    """Print mails a second, medians of alternating rounds in one process, and the ratios to flufl.bounce."""
    from flufl.bounce import all_failures

    print(f"our readers: {'machine code' if is_used() else 'plain Python'}")
    logging.disable(logging.CRITICAL)  # it logs each of its own exceptions

    def flufl(raw: bytes) -> object:
        found: object = all_failures(message_from_bytes(raw))
        return found

    readers: dict[str, Callable[[bytes], object]] = {
        "understand": understand,
        "understand, every header read": _in_full,
        "read_report": read_report,
        "split": split,
        "flufl.bounce with parsing": flufl,
        "email.message_from_bytes": _parsed,
        "email, headers only": BytesHeaderParser().parsebytes,
    }
    for folders, title in (("reports", "reports"), ("ordinary-*", "ordinary mails")):
        mails = [path.read_bytes() for path in sorted(CORPUS.glob(f"{folders}/*.eml"))]
        if not mails:
            print(f"{title}: no corpus at {CORPUS}")
            continue
        speeds = {name: statistics.median(rates) for name, rates in _alternate(readers, mails).items()}
        base = speeds["flufl.bounce with parsing"]
        print(f"{title}: {len(mails)} mails, {sum(map(len, mails)) / 1e6:.1f} MB")
        for name, speed in speeds.items():
            print(f"  {name:28} {speed:8.0f} mails/s  {speed / base:6.2f} x flufl.bounce")
        print(
            f"  slowest mail for understand: {1000 * max(_seconds(understand, raw) for raw in mails):.1f} ms"
        )


def _in_full(raw: bytes) -> object:
    """Read what is left alone until somebody asks: addresses, dates and ids of the header and of the returned mail."""
    found = understand(raw)
    headers = [found.headers, *([found.original.headers] if found.original else ())]
    return [
        (h.sender, h.addressees, h.sent_at, h.return_path, h.message_id, h.subject, h.list_id)
        for h in headers
    ]


def _parsed(raw: bytes) -> Message:
    return message_from_bytes(raw)


def _alternate(
    readers: dict[str, Callable[[bytes], object]], mails: Sequence[bytes]
) -> dict[str, list[float]]:
    """Let each reader read all mails in turn, several times; CPU time, so that neighbours count less."""
    rates: dict[str, list[float]] = {name: [] for name in readers}
    for turn in range(ROUNDS + 1):
        for name, read in readers.items():
            _forget()
            start = time.process_time()
            for raw in mails:
                try:
                    read(raw)
                except Exception:  # noqa: BLE001 - peers raise on damaged mail; the clock runs on
                    continue
            if turn:  # the first round warms up
                rates[name].append(len(mails) / (time.process_time() - start))
    return rates


def _forget() -> None:
    """Empty every memo of the readers, so that a round meets its mails as for the first time."""
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if name.startswith(("mgtui.report", "mgtui.bounce")) else ():
            size = value.cache_parameters()["maxsize"] if hasattr(value, "cache_parameters") else None
            if (
                size is not None and size > 1
            ):  # what holds one value, or any number, is a table of the program
                value.cache_clear()


def _seconds(read: Callable[[bytes], object], raw: bytes) -> float:
    start = time.process_time()
    read(raw)
    return time.process_time() - start


if __name__ == "__main__":
    run()
