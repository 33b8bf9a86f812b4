"""The sample mails are understood as their tables say."""

import json
from pathlib import Path
from typing import Any

from mgtui.bounce import understand

SAMPLES = Path(__file__).parent.parent / "sample_mail"


def understood(path: Path, row: dict[str, Any]) -> bool:
    found = understand(path.read_bytes())
    if found.kind not in row["kind"]:
        return False
    if row["kind"][0] not in ("bounce", "delayed"):
        return True
    said = {(one.original_recipient or one.recipient or "").lower(): one for one in found.recipients}
    wanted = {(one["original_recipient"] or one["recipient"]).lower(): one for one in row["recipients"]}
    return said.keys() == wanted.keys() and all(
        one["hard"] is None
        or one["reason"] == "mailbox_disabled"  # whether that is for good is a matter of taste
        or (said[address].severity == "hard") == one["hard"]
        for address, one in wanted.items()
    )


def test_every_sample_mail_is_understood() -> None:
    missed = set()
    for table in SAMPLES.glob("*/expected.jsonl"):
        for line in table.read_text("utf-8").splitlines():
            row = json.loads(line)
            if not understood(table.parent / row["file"], row):
                missed.add(f"{table.parent.name}/{row['file']}")
    assert missed == set()
