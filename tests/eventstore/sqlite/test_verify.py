"""Whatever was done to a log behind our back is found, at the first position it was done to."""

from pathlib import Path

import pytest

from eventstore import Anchor, verify
from tests.eventstore.sample import placed
from tests.eventstore.sqlite.shop import fill, open_shop, outsider, tamper, without_guards


@pytest.fixture
def path(tmp_path: Path) -> Path:
    fill(tmp_path / "events.db")
    return tmp_path / "events.db"


def test_a_log_as_it_was_written_is_whole(path: Path) -> None:
    report = verify(path, thorough=True)
    assert report.whole
    assert (report.events, report.commits, report.erased, report.anchor.position) == (10, 5, 0, 10)
    assert report.first_bad_position is None


@pytest.mark.parametrize(
    ("statement", "position", "kind"),
    [
        ("UPDATE events SET data = replace(data, 'Ada', 'Eve') WHERE position = 7", 7, "row changed"),
        ("""UPDATE events SET data = '{"erased":10}' WHERE position = 4""", 4, "row changed"),
        ("UPDATE events SET data = '{\"erased\":1e400}' WHERE position = 4", 4, "row changed"),
        ("UPDATE events SET recorded_at = '2020' WHERE position = 5", 5, "row changed"),
        ("UPDATE events SET type = 'OrderPaid' WHERE position = 5", 5, "row changed"),
        ("UPDATE events SET cause = 1 WHERE position = 5", 5, "row changed"),
        ("UPDATE events SET digest = x'00' WHERE position = 3", 3, "row changed"),
        ("UPDATE commits SET actor = 'eve' WHERE last_position = 6", 5, "row changed"),
        ("UPDATE commits SET key = 'other' WHERE last_position = 6", 5, "row changed"),
        ("UPDATE commits SET chain = x'00' WHERE last_position = 6", 5, "row changed"),
        ("DELETE FROM events WHERE position = 4", 4, "row missing"),
        ("DELETE FROM events WHERE position = 10", 10, "row missing"),
        ("DELETE FROM events", 1, "row missing"),
        ("DELETE FROM commits WHERE last_position = 4", 3, "chain cut"),
        ("DELETE FROM commits WHERE last_position = 10", 9, "row added"),
        ("DELETE FROM commits", 1, "row added"),
        ("UPDATE commits SET first_position = 4 WHERE last_position = 4", 3, "chain cut"),
        ("INSERT INTO events SELECT 11, stream, 3, type, 1, recorded_at, NULL, data, digest"
         " FROM events WHERE position = 10", 11, "row added"),
    ],
)  # fmt: skip
def test_damage_is_named_with_its_first_position(
    path: Path, statement: str, position: int, kind: str
) -> None:
    tamper(path, statement)
    report = verify(path)
    assert (report.first_bad_position, report.findings[-1].kind) == (position, kind)
    assert report.anchor.position < position


def test_two_rows_that_changed_places_are_found(path: Path) -> None:
    tamper(
        path,
        "UPDATE events SET position = 100 WHERE position = 3",
        "UPDATE events SET position = 3 WHERE position = 5",
        "UPDATE events SET position = 5 WHERE position = 100",
    )
    assert verify(path).first_bad_position == 3


def test_dropped_triggers_are_named_although_no_row_changed(path: Path) -> None:
    with outsider(path) as connection:
        without_guards(connection)
    report = verify(path)
    assert not report.whole
    assert report.first_bad_position is None
    assert {finding.kind for finding in report.findings} == {"schema"}
    assert len(report.findings) == 6


def test_an_anchor_finds_a_log_whose_end_was_cut_off(path: Path) -> None:
    anchor = verify(path).anchor
    tamper(path, "DELETE FROM events WHERE position > 8", "DELETE FROM commits WHERE last_position > 8")
    assert verify(path).whole
    report = verify(path, [anchor])
    assert (report.first_bad_position, report.findings[0].kind) == (9, "rewritten")


def test_an_anchor_finds_a_log_that_was_rewritten_as_a_whole(path: Path, tmp_path: Path) -> None:
    anchor = verify(path).anchor
    fill(tmp_path / "forged.db", orders=6)
    assert verify(tmp_path / "forged.db").whole
    report = verify(tmp_path / "forged.db", [anchor])
    assert (report.first_bad_position, report.findings[0].kind) == (10, "rewritten")


def test_an_anchor_of_an_earlier_day_still_holds(path: Path) -> None:
    anchor = Anchor.parse(f"  {verify(path).anchor}\n")
    fill_more(path)
    assert verify(path, [anchor, Anchor(0, "00" * 32)]).whole


@pytest.mark.parametrize("text", ["", "10", "10:abc", "x:" + "00" * 32, "10:" + "zz" * 32])
def test_what_is_no_anchor_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"anchor|hexadecimal"):
        Anchor.parse(text)


def test_a_missing_file_and_a_file_of_noise_are_findings(tmp_path: Path) -> None:
    (tmp_path / "noise.db").write_bytes(b"no database at all" * 1000)
    for name in ("missing.db", "noise.db"):
        assert [finding.kind for finding in verify(tmp_path / name).findings] == ["file"]
    assert not (tmp_path / "missing.db").exists()


def fill_more(path: Path) -> None:
    with open_shop(path) as store:
        store.append("order-50", [placed(50)])
