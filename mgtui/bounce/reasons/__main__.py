"""Writes the shipped tables anew from the TOML ones: `python -m mgtui.bounce.reasons`."""

import json
from pathlib import Path

from mgtui.bounce.reasons.source import SHIPPED, written


def main() -> None:
    """Write `tables/shipped.json`, without the examples, which only tests need."""
    source = written()
    for _, entries in source["tables"]:
        for entry in entries:
            entry.pop("examples", None)
    text = json.dumps(source, ensure_ascii=False, separators=(",", ":"))
    Path(__file__).parent.joinpath("tables", SHIPPED).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
