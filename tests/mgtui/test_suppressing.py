"""Suppressing by hand, through `Application` and the command line."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from eventstore import SqliteStore
from mgtui.cli import cli
from mgtui.commands import EraseContact, ImportContacts, LiftSuppression, SuppressAddress, UndoEvent
from mgtui.contacts import IncomingContact
from tests.mgtui.tui.offices import TestOffice, make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TestOffice]:
    """Make an office with contacts and no mail."""
    made = make_office(tmp_path, ())
    yield made
    made.application.close()


def standing(office: TestOffice, address: str) -> list[str]:
    return [row["contact_id"] for row in office.application.ask.suppressions_of(address)]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (SuppressAddress("no address", "x"), "is no mail address"),
        (SuppressAddress("anna@berg.example", " "), "needs a reason"),
        (SuppressAddress("anna@berg.example", "x", ("invoice",)), "always sent"),
        (SuppressAddress("anna@berg.example", "x", ("paper",)), "there is no category paper"),
        (SuppressAddress("anna@berg.example", "x", item=9999), "there is no item 9999"),
    ],
)
def test_what_makes_no_sense_is_refused(office: TestOffice, command: SuppressAddress, told: str) -> None:
    outcome = office.application.execute(command)
    assert not outcome.done
    assert told in outcome.text
    assert office.events("AddressSuppressed") == []


def test_it_ends_on_a_day_to_come(office: TestOffice) -> None:
    today = office.application.today()
    assert not office.application.execute(SuppressAddress("anna@berg.example", "x", until=today)).done
    assert office.application.execute(
        SuppressAddress("anna@berg.example", "x", until=today + timedelta(1))
    ).done


def test_sent_twice_equals_once_and_a_wider_one_replaces_it(office: TestOffice) -> None:
    narrow = SuppressAddress("Anna@Berg.example", "x", ("newsletter",))
    for _ in range(2):
        assert office.application.execute(narrow).done
    assert len(office.events("AddressSuppressed")) == 1
    assert office.application.execute(SuppressAddress("anna@berg.example", "x")).done
    assert office.application.execute(narrow).text.endswith("suppressed already")
    assert len(office.events("AddressSuppressed")) == 2


def test_an_address_that_nobody_has_is_suppressed_lifted_and_named_by_no_stream(office: TestOffice) -> None:
    application = office.application
    assert application.execute(SuppressAddress("who@gone.example", "she asked")).done
    assert standing(office, "who@gone.example") == [""]
    assert not application.may_send("who@gone.example", "newsletter").may_send
    (event,) = application.ask.events(types=["AddressSuppressed"])
    assert event.category == "address"
    assert "gone" not in event.stream
    assert application.execute(LiftSuppression("who@gone.example", "she asked again")).done
    assert application.may_send("who@gone.example", "newsletter").may_send
    assert application.execute(UndoEvent(event.position + 1)).done
    assert standing(office, "who@gone.example") == [""]


def test_erasing_a_contact_takes_what_was_suppressed_before_he_had_the_address(office: TestOffice) -> None:
    application = office.application
    application.execute(SuppressAddress("anna.new@gone.example", "she asked"))
    item = IncomingContact("k001", "Anna Berg", ("anna@berg.example", "anna.new@gone.example"), (), {})
    assert application.execute(ImportContacts([item], "contacts.csv")).done
    assert application.execute(EraseContact("k001", "she asked us to")).done
    assert standing(office, "anna.new@gone.example") == []
    assert b"anna.new" not in application.settings.log_file.read_bytes()


def test_the_answer_names_who_decided(office: TestOffice) -> None:
    office.application.execute(SuppressAddress("anna@berg.example", "she asked"))
    answer = office.application.may_send("anna@berg.example", "newsletter")
    assert answer.reason == "suppressed by operator test: she asked"


def test_read_models_built_anew_are_the_same(office: TestOffice) -> None:
    office.application.execute(SuppressAddress("who@gone.example", "x"))
    before = office.application.ask.suppressions()
    assert isinstance(office.application.store, SqliteStore)
    office.application.store.rebuild(["suppressions"])
    assert office.application.ask.suppressions() == before


def test_commands_do_what_the_key_does(office: TestOffice) -> None:
    folder = ["--config", str(office.folder / "mgtui.toml"), "--data", str(office.folder / "data")]

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli, [*folder, "--operator", "eva", *arguments], standalone_mode=False)
        assert result.exception is None, result.output
        return result.output

    run("suppressions", "add", "anna@berg.example", "--why", "she asked", "--until", "2099-01-01")
    (row,) = map(json.loads, run("suppressions", "list", "--json").splitlines())
    assert (row["address"], row["until"], row["actor"]) == ("anna@berg.example", "2099-01-01", "eva")
