"""Measures what holds for servers nobody wrote a reader for: `python -m tests.mgtui.bounce.leaving_out [FOLDER]`.

Mails are grouped by server, which is the file name up to its number (`lhost-exim-38` is `exim`). For each group the
readers of prose and the tables of providers that speak for any of its mails are left out, and its mails are read again.
FOLDER holds mails and their expected.jsonl; without it the collection of reports beside the checkout is taken. A mail
counts as right where kind, recipients and "hard or not" all are.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from mgtui.bounce import Classification, classify
from mgtui.bounce.reasons import Tables, default_tables
from mgtui.bounce.reasons.source import written
from mgtui.bounce.reasons.tables import make_tables
from mgtui.report import read, read_report
from mgtui.report.dialects import DIALECTS, formats
from mgtui.report.look import Look
from mgtui.report.parsed import ParsedMail, ReadByDialect
from mgtui.report.read import Reader

COLLECTION: Final = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "reports"
_GROUP: Final = re.compile(r"(?:lhost-|rhost-)?(.*?)(?:-\d.*)?\.\w+")

_DIALECTS: Final = {str(getattr(one, "__name__", "")).removeprefix("read_") for one in DIALECTS}

Mail = tuple[bytes, dict[str, Any]]


def groups_of(folder: Path) -> dict[str, list[Mail]]:
    """Give the mails of a folder with what is expected of them, by server."""
    groups: dict[str, list[Mail]] = {}
    for line in folder.joinpath("expected.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        match = _GROUP.fullmatch(row["file"])
        groups.setdefault(match[1] if match else "", []).append(((folder / row["file"]).read_bytes(), row))
    return groups


def right_without(mails: Sequence[Mail]) -> int:
    """Count the mails of a group that are right without what was made for them."""
    said = [classify(read_report(raw), default_tables()) for raw, _ in mails]
    readers = {e.reader.partition(",")[0] for one in said for r in one.recipients for e in r.evidence}
    entries = {e.entry for one in said for r in one.recipients for e in r.evidence}
    tables = tables_without(entries)
    with readers_without(readers):
        return sum(is_right(classify(read_report(raw), tables), row) for raw, row in mails)


def tables_without(entries: set[str]) -> Tables:
    """Give the tables without those of providers in which one of these entries stands."""
    source = written()
    spoke = {name for name, table in source["tables"] if any(entry["id"] in entries for entry in table)}
    source["tables"] = [
        (name, [] if name in spoke and name.startswith("provider/") else table)
        for name, table in source["tables"]
    ]
    return make_tables(source)


@contextmanager
def readers_without(readers: set[str]) -> Iterator[None]:
    """Leave out the readers of prose that answer by one of these names; those of standards stay."""
    formats_left = tuple(one for one in formats.formats() if one.name not in readers)
    formats._index.cache_clear()
    with (
        patch.object(formats, "formats", lambda: formats_left),
        patch.object(read, "READERS", tuple(_silenced(readers, *pair) for pair in read.READERS)),
        patch.object(
            read, "_PROSE_READERS", tuple(_silenced(readers, *pair) for pair in read._PROSE_READERS)
        ),
    ):
        yield
    formats._index.cache_clear()


def _silenced(readers: set[str], name: str, ask: Reader) -> tuple[str, Reader]:
    """Give a reader that says nothing in one of these names."""

    def asked(mail: ParsedMail, look: Look) -> ReadByDialect | None:
        said = ask(mail, look)
        return None if said is not None and said.reader in readers else said

    return name, asked if name in _DIALECTS else ask


def is_right(said: Classification, row: dict[str, Any]) -> bool:
    """Tell whether kind, recipients and "hard or not" all are as expected."""
    if said.kind not in row["kind"] or row["kind"][0] not in ("bounce", "delayed"):
        return said.kind in row["kind"]
    by_name = {(r.original_recipient or "").lower(): r for r in said.recipients}
    by_name |= {(r.recipient or "").lower(): r for r in said.recipients}
    found = [
        next((by_name[name] for name in _names(want) if name in by_name), None) for want in row["recipients"]
    ]
    if None in found or {id(r) for r in found} != {id(r) for r in said.recipients}:
        return False
    pairs = zip(found, row["recipients"], strict=True)
    return all(
        (got is not None and got.severity == "hard") == want["hard"]
        for got, want in pairs
        if want["hard"] is not None and want["reason"] != "mailbox_disabled"
    )


def _names(want: dict[str, Any]) -> list[str]:
    return [name.lower() for name in (want["recipient"], want["original_recipient"]) if name]


def main(arguments: Sequence[str]) -> int:
    """Print the share of each group and of all."""
    folder = Path(arguments[0]) if arguments else COLLECTION
    if not folder.joinpath("expected.jsonl").is_file():
        print(f"skipped: {folder} has no expected.jsonl")
        return 0
    if not str(read.__file__).endswith(".py"):
        print(
            "skipped: the readers are machine code, of which none can be left out; MGTUI_PLAIN=1 forbids it"
        )
        return 0
    right = total = 0
    for name, mails in sorted(groups_of(folder).items()):
        count = right_without(mails)
        right, total = right + count, total + len(mails)
        print(f"{name:20} {count:4} of {len(mails):4}  {100 * count / len(mails):5.1f} %")
    print(f"{'all':20} {right:4} of {total:4}  {100 * right / max(total, 1):5.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
