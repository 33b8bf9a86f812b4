"""What is shipped is what is written."""

import json
from importlib.resources import files

from mgtui.bounce.reasons.source import shipped, written
from mgtui.bounce.reasons.tables import default_tables, make_tables, pack
from mgtui.bounce.reasons.vocabulary import REASONS, SEVERITIES


def test_the_shipped_tables_equal_the_written_ones() -> None:
    """Where this fails, run `python -m mgtui.bounce.reasons`."""
    assert json.loads(json.dumps(pack(make_tables(written())))) == shipped()


def test_every_table_file_is_in_the_order() -> None:
    tables = files("mgtui.bounce.reasons").joinpath("tables")
    on_disk = {
        f"{folder}/{path.name}".removesuffix(".toml").removeprefix("./")
        for folder in (".", "provider", "phrase")
        for path in tables.joinpath(folder).iterdir()
        if path.name.endswith(".toml") and path.name not in ("order.toml", "severity.toml")
    }
    assert on_disk == {table for table, _ in written()["tables"]}


def test_every_reason_has_a_severity() -> None:
    severities = default_tables().severities
    assert set(severities.always) == set(REASONS)
    assert {*severities.always.values(), *severities.temporary.values()} <= set(SEVERITIES)
