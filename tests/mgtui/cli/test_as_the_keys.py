"""Commands that do and tell what keys of the screens do."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mgtui.cli import cli
from mgtui.presence import Presence
from tests.mgtui.tui.offices import TestOffice, make_office

Run = Callable[..., str]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestOffice]:
    """Make an office with a few mails taken in."""
    made = make_office(tmp_path_factory.mktemp("office"))
    yield made
    made.application.close()


@pytest.fixture
def run(office: TestOffice) -> Run:
    """Give the command line on it."""
    folder = ["--config", str(office.folder / "mgtui.toml"), "--data", str(office.folder / "data")]

    def invoke(*arguments: str) -> str:
        result = CliRunner().invoke(cli, [*folder, "--operator", "eva", *arguments], standalone_mode=False)
        assert result.exception is None, result.output
        return result.output

    return invoke


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_reports_give_every_figure_and_what_is_behind_one(run: Run) -> None:
    found = {(one["what"], one["name"]): one for one in records(run("reports", "--days", "7", "--json"))}
    assert found["kind", "bounce"]["number"] == 7
    assert sum(found["kind", "bounce"]["days"]) == 7
    assert found["standing", "standing"]["number"] == 1
    behind = records(run("reports", "--behind", "severity=hard", "--json"))
    assert [(one["type"], one["data"]["address"]) for one in behind] == [
        ("BounceCounted", "kaffee@morgen.example")
    ]
    assert "mails by kind" in run("reports")


def test_rules_are_listed_with_their_hits(run: Run) -> None:
    found = {one["name"]: one for one in records(run("rules", "list", "--json"))}
    assert (found["hard bounce"]["place"], found["hard bounce"]["hits"]) == (3, 1)
    assert found["complaint"]["last_at"] is None
    assert "hard bounce" in run("rules", "list")


def test_an_item_is_suppressed_and_closed(run: Run, office: TestOffice) -> None:
    item = office.application.ask.open_items("bounces")[0]["item"]
    run("queue", "suppress", str(item), "--why", "he left", "--category", "newsletter")
    closed = office.application.ask.item(item)
    assert closed is not None
    assert (closed["state"], closed["closed_by"]) == ("dismissed", "eva")
    assert not office.application.may_send("anna.neu@berg.example", "newsletter").may_send


def test_who_is_at_which_item_is_told(run: Run, office: TestOffice) -> None:
    tom = Presence(office.application.presence.folder, "operator tom")
    tom.at(35, acting=True)
    (found,) = records(run("queue", "who", "--json"))
    assert (found["item"], found["operator"], found["acting"]) == (35, "operator tom", True)
    tom.leave()
    assert run("queue", "who", "--json") == ""


def test_nothing_else_is_left_in_the_folder_of_presences(run: Run, office: TestOffice) -> None:
    run("queue")
    folder: Path = office.application.presence.folder
    assert not folder.exists() or list(folder.iterdir()) == []
