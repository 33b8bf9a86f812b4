"""A log goes out as JSON Lines, and comes in again with the same chain."""

import json
from pathlib import Path

import pytest

from eventstore import StoreDamaged, StoreUnavailable, backup, export_log, import_log, verify
from tests.eventstore.sample import placed
from tests.eventstore.sqlite.shop import fill, open_shop


@pytest.fixture
def path(tmp_path: Path) -> Path:
    fill(tmp_path / "events.db")
    with open_shop(tmp_path / "events.db") as store:
        store.append(
            "order-9", [placed(9, 'quoted ","data":{"x', 1), placed(9, "Zoë  ☃")], correlation='"data":'
        )
    return tmp_path / "events.db"


def test_an_imported_log_has_the_same_chain_and_answers_the_same(path: Path, tmp_path: Path) -> None:
    report = import_log(tmp_path / "copy.db", (line + "\n" for line in export_log(path)))
    assert report == verify(path)
    assert report.whole
    with open_shop(path) as original, open_shop(tmp_path / "copy.db") as copy:
        assert list(copy.read()) == list(original.read())
        copy.append("order-9", [placed(9)], 2)
    assert verify(tmp_path / "copy.db").whole


def test_every_line_is_one_object_with_the_names_of_the_columns(path: Path) -> None:
    lines = [json.loads(line) for line in export_log(path)]
    assert list(lines[0]) == [
        "position", "stream", "version", "type", "schema_version", "recorded_at", "cause", "digest", "data",
    ]  # fmt: skip
    assert lines[0]["data"]["customer"] == "Ada"
    assert lines[2]["key"] == "o1"
    assert len(lines) == 12 + 6


@pytest.mark.parametrize(
    ("old", "new"),
    [("Ada", "Eve"), ('"cause":null', '"cause":1'), ('"actor":"shop"', '"actor":"eve"'), ("{", "[")],
)
def test_a_changed_line_is_refused_with_its_number_and_nothing_is_kept(
    path: Path, tmp_path: Path, old: str, new: str
) -> None:
    lines = [line.replace(old, new, 1) if 4 <= n <= 6 else line for n, line in enumerate(export_log(path), 1)]
    with pytest.raises(StoreDamaged, match=r"line [4-6]"):
        import_log(tmp_path / "copy.db", lines)
    with open_shop(tmp_path / "copy.db") as copy:
        assert copy.head() == 0


def test_missing_lines_are_noticed(path: Path, tmp_path: Path) -> None:
    lines = list(export_log(path))
    with pytest.raises(StoreDamaged, match="chain breaks"):
        import_log(tmp_path / "a.db", lines[3:])
    with pytest.raises(StoreDamaged, match="line 5"):
        import_log(tmp_path / "b.db", lines[:3] + lines[4:])
    with pytest.raises(StoreDamaged, match="within a commit"):
        import_log(tmp_path / "c.db", lines[:-1])


def test_a_log_with_events_takes_no_import(path: Path) -> None:
    with pytest.raises(ValueError, match="has events already"):
        import_log(path, [])


def test_a_backup_is_a_whole_log_while_the_original_is_in_use(path: Path, tmp_path: Path) -> None:
    with open_shop(path) as store:
        store.append("order-10", [placed(10)])
        backup(path, tmp_path / "backup.db")
        store.append("order-11", [placed(11)])
        assert verify(tmp_path / "backup.db", [verify(path).anchor]).findings[0].kind == "rewritten"
    assert sorted(file.name for file in tmp_path.iterdir() if "backup" in file.name) == ["backup.db"]
    with open_shop(tmp_path / "backup.db") as copy:
        assert copy.head() == 13
        copy.append("order-11", [placed(11)])
    assert verify(tmp_path / "backup.db").whole


def test_a_backup_never_overwrites(path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="already"):
        backup(path, path)
