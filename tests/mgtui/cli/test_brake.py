"""The brake, through the real command line: many bounces at once wait as one item."""

from pathlib import Path

import pytest

from tests.mgtui.cli.test_proof import BOUNCE, CONFIG
from tests.offices import OfficeFolder

BRAKE = "[brake]\nshare = 0.5\nat_least = 5\n"


def made(folder: Path, config: str = BRAKE) -> OfficeFolder:
    office = OfficeFolder(folder).write(CONFIG + config)
    lines = [f"k{n},Contact {n},c{n}@example.org" for n in range(10)]
    lines += [f"x{n},Other {n},c{n}@other.example" for n in range(10)]
    (folder / "contacts.csv").write_text("\n".join(["id,name,addresses", *lines]) + "\n")
    for part in ("tmp", "new", "cur"):
        (folder / "Maildir" / part).mkdir(parents=True)
    office.run("contacts", "import", str(folder / "contacts.csv"))
    return office


def take_in(office: OfficeFolder, *addresses: str) -> None:
    before = len(list((office.folder / "Maildir").rglob("*.M1.here*")))
    for number, address in enumerate(addresses, before):
        mail = BOUNCE.format(to="bounces@office.example", returned="<x@office.example>", number=number)
        file = office.folder / "Maildir" / "new" / f"{1_790_000_000 + number}.M1.here"
        file.write_text(mail.replace("erika@example.org", address))
    office.run("grab", "--once")


def of(provider: str, first: int, last: int) -> list[str]:
    return [f"c{number}@{provider}" for number in range(first, last)]


@pytest.fixture
def braked(tmp_path: Path) -> OfficeFolder:
    office = made(tmp_path)
    take_in(office, *of("example.org", 0, 6), *of("other.example", 0, 2))
    return office


def test_too_many_bounces_of_a_provider_wait_as_one_item_with_a_count(braked: OfficeFolder) -> None:
    (item,) = braked.records("queue")
    assert (item["reason"], item["held"]) == ("brake", 6)
    assert "6 of 10 addresses at example.org" in item["why"]
    assert {row["address"] for row in braked.records("suppressions", "list")} == set(
        of("other.example", 0, 2)
    )
    take_in(braked, "c7@example.org")
    assert braked.records("queue")[0]["held"] == 7
    (balance,) = braked.records("doctor")
    assert balance["balanced"]
    (mail, *_) = braked.records("events", "--type", "DecisionHeld")
    assert "DecisionHeld" in braked.run("why", mail["data"]["mail_id"])[0]


def test_what_waited_is_let_through_together(braked: OfficeFolder) -> None:
    (item,) = braked.records("queue")
    assert "6 decisions let through" in braked.run("queue", "release", str(item["item"]))[0]
    assert len(braked.records("suppressions", "list")) == 8
    assert braked.records("queue") == []
    assert "was released by tester already" in braked.run("queue", "release", str(item["item"]), code=1)[1]
    take_in(braked, "c8@example.org")
    assert len(braked.records("suppressions", "list")) == 9, "who let it through has decided for the day"
    assert "whole" in braked.run("verify")[0]


def test_what_waited_is_dropped_together(braked: OfficeFolder) -> None:
    (item,) = braked.records("queue")
    assert "stands for many" in braked.run("queue", "assign", str(item["item"]), "k1", code=1)[1]
    braked.run("queue", "dismiss", str(item["item"]), "--reason", "their server was down")
    assert len(braked.records("suppressions", "list")) == 2
    assert braked.records("queue") == []


def test_a_few_bounces_or_a_small_share_brake_nothing(tmp_path: Path) -> None:
    office = made(tmp_path)
    take_in(office, *of("example.org", 0, 5))
    assert len(office.records("suppressions", "list")) == 5
    assert office.records("queue") == []


def test_bounces_that_name_an_address_of_our_own_wait(tmp_path: Path) -> None:
    office = made(tmp_path, BRAKE + 'own = ["User Unknown"]\n')
    take_in(office, *of("example.org", 0, 3), *of("other.example", 0, 3))
    (item,) = office.records("queue")
    assert "name user unknown" in item["why"]
    assert item["held"] == 6
