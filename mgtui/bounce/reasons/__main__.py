"""Writes the shipped tables anew from the TOML ones: `python -m mgtui.bounce.reasons`."""

import json
from pathlib import Path

from mgtui.bounce.reasons.source import SHIPPED, written
from mgtui.bounce.reasons.tables import make_tables, pack


def main() -> None:
    """Write `tables/shipped.json`."""
    text = json.dumps(pack(make_tables(written())), ensure_ascii=False, separators=(",", ":"))
    Path(__file__).parent.joinpath("tables", SHIPPED).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
