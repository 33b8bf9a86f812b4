"""Files that other programs read."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgtui.cli.output import write_lines
from mgtui.exports import suppression_lines


def suppressed(address: str, state: str = "suppressed") -> dict[str, Any]:
    return {
        "address": address, "state": state, "categories": ("newsletter",), "until": None, "event": 7,
        "since": "2026-11-10T09:00:00", "contact_id": "k1", "rule": "hard bounce", "why": "said\nso",
    }  # fmt: skip


def test_a_map_names_the_event_and_what_becomes_of_the_mail() -> None:
    rows = [suppressed("a@example.org"), suppressed("b@example.org", "lifted")]
    assert list(suppression_lines(rows, "postfix-access")) == [
        "a@example.org REJECT suppressed since 2026-11-10, event 7\n",
        "b@example.org DUNNO\n",
    ]
    assert list(suppression_lines(rows, "postfix-transport")) == [
        "a@example.org error:5.7.1 suppressed since 2026-11-10, event 7\n",
        "b@example.org :\n",
    ]


@given(st.text(min_size=1, max_size=20))
def test_no_address_makes_more_than_its_own_line_of_a_map(local: str) -> None:
    (line,) = suppression_lines([suppressed(f"{local}@example.org")], "postfix-access")
    assert len(line.splitlines()) == 1
    assert line.startswith("#") or line.split()[:2] == [f"{local}@example.org", "REJECT"]


def test_what_is_written_as_csv_is_read_as_it_was() -> None:
    rows = list(
        csv.DictReader(io.StringIO("".join(suppression_lines([suppressed("a,b@example.org")], "csv"))))
    )
    assert [(row["address"], row["why"], row["until"]) for row in rows] == [
        ("a,b@example.org", "said\nso", "")
    ]
    assert "".join(suppression_lines([], "csv")).startswith("address,state,")


def test_an_export_that_breaks_off_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "suppressed"
    file.write_text("old\n")

    def breaking() -> Iterator[str]:
        yield "new\n"
        raise click.ClickException("the log went away")

    with pytest.raises(click.ClickException):
        write_lines(breaking(), file)
    assert file.read_text() == "old\n"
    assert list(tmp_path.iterdir()) == [file]
    write_lines(["new\n"], file)
    assert file.read_text() == "new\n"


def test_an_export_through_a_link_changes_the_file_it_points_to(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    write_lines(["new\n"], link)
    assert link.is_symlink()
    assert (tmp_path / "real").read_text() == "new\n"
