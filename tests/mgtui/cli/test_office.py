"""An office on a Maildir, worked on through the real command line."""

import json
import os
from pathlib import Path

import pytest

from tests.offices import OfficeFolder

SAMPLES = Path(__file__).resolve().parents[3] / "sample_mail"
CONFIG = """
[office]
internal = ["lindenhof.example"]
[categories.invoice]
always_send = true
[categories.newsletter]
[grabbers.box]
type = "maildir"
path = "Maildir"
"""
KNOWN = "sample_mail/bounce/postfix-user-unknown.eml"


def deliver(office: OfficeFolder, *mails: Path) -> None:
    for part in ("tmp", "new", "cur"):
        (office.folder / "Maildir" / part).mkdir(parents=True, exist_ok=True)
    for number, mail in enumerate(mails):
        (office.folder / "Maildir" / "new" / f"{1_790_000_000 + number}.M1.here").write_bytes(
            mail.read_bytes()
        )


@pytest.fixture
def office(tmp_path: Path) -> OfficeFolder:
    made = OfficeFolder(tmp_path).write(CONFIG)
    made.run("contacts", "import", str(SAMPLES / "contacts.csv"))
    return made


def expected(folder: str) -> list[dict[str, object]]:
    lines = (SAMPLES / folder / "expected.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def stranger(office: OfficeFolder) -> int:
    """Take in a letter of somebody unknown, and give the item that waits for a person."""
    deliver(office, SAMPLES / "ordinary" / "unknown-new-client.eml")
    office.run("grab", "--once")
    (row,) = office.records("imports")
    return int(row["item"])


def test_all_sample_mails_are_taken_in_and_accounted_for(office: OfficeFolder) -> None:
    mails = sorted(SAMPLES.glob("*/*.eml"))
    deliver(office, *mails)
    office.run("grab", "--once")
    (balance,) = office.records("doctor")
    assert balance["balanced"]
    assert balance["fetched"] == balance["moved"] == len(mails)
    assert balance["quarantined"] == 0
    assert office.records("suppressions", "list")
    assert "whole" in office.run("verify")[0]


def test_an_assigned_letter_leaves_the_list_and_is_filed(office: OfficeFolder) -> None:
    item = stranger(office)
    office.run("imports", "assign", str(item), "k001", "--remember")
    assert office.records("imports") == []
    (assigned,) = office.records("events", "--type", "MailAssigned")
    assert assigned["actor"] == "tester"
    assert assigned["cause"] == item
    (filed,) = office.records("events", "--type", "DocumentFiled")
    assert filed["cause"] == assigned["position"]
    (contact,) = office.records("contacts", "show", "k001")
    assert assigned["data"]["address"] in contact["addresses"]


def test_an_item_is_closed_once(office: OfficeFolder) -> None:
    item = stranger(office)
    office.run("imports", "dismiss", str(item), "--reason", "advertising")
    _, err = office.run("imports", "assign", str(item), "k001", code=1)
    assert "dismissed by tester already" in err
    assert len(office.records("events", "--type", "MailAssigned")) == 0


def test_an_item_can_not_be_assigned_to_nobody(office: OfficeFolder) -> None:
    item = stranger(office)
    assert "no contact k999" in office.run("imports", "assign", str(item), "k999", code=1)[1]
    assert "no item 1" in office.run("imports", "assign", "1", "k001", code=1)[1]
    assert len(office.records("imports")) == 1


def test_a_suppressed_address_still_gets_invoices_and_says_why(office: OfficeFolder) -> None:
    row = next(
        row for row in expected("bounce")
        if row["recipients"] and row["recipients"][0]["hard"] and str(row["file"]).startswith("postfix-user")
    )  # fmt: skip
    deliver(office, SAMPLES / "bounce" / str(row["file"]))
    office.run("grab", "--once")
    (suppressed,) = office.records("suppressions", "list")
    address = suppressed["address"]
    (no,) = office.records("may-send", address, "--category", "newsletter", code=1)
    assert (no["may_send"], no["event"]) == (False, suppressed["event"])
    assert "hard bounce" in no["reason"]
    (yes,) = office.records("may-send", address, "--category", "invoice")
    assert yes["may_send"]
    assert "always sent" in yes["reason"]
    assert "category 'letter'" in office.run("may-send", address, "--category", "letter", code=2)[1]
    office.run("suppressions", "lift", address, "--why", "she called")
    assert office.records("may-send", address, "--category", "newsletter")[0]["may_send"]


def test_why_tells_a_decision_with_its_evidence(office: OfficeFolder) -> None:
    deliver(office, next((SAMPLES / "bounce").glob("postfix-user*.eml")))
    office.run("grab", "--once")
    (mail,) = office.records("events", "--type", "MailFetched")
    told, _ = office.run("why", mail["data"]["mail_id"][:8])
    for word in ("MailClassified", "RuleApplied", "AddressSuppressed", "line "):
        assert word in told


def test_importing_the_same_contacts_again_changes_nothing(office: OfficeFolder) -> None:
    before = office.records("events")[-1]["position"]
    out, _ = office.run("contacts", "import", str(SAMPLES / "contacts.csv"))
    assert "0 new, 0 changed" in out
    assert office.records("events")[-1]["position"] == before


def test_broken_lines_of_contacts_are_named_and_the_rest_is_imported(office: OfficeFolder) -> None:
    file = office.folder / "neu.csv"
    file.write_bytes(
        "Nr;Firma;E-Mail\n1;Müller & Söhne;info@mueller.example\n2;Zwei;keine\n3;Drei\n".encode("cp1252")
    )
    out, err = office.run("contacts", "import", str(file))
    assert "1 new" in out
    assert "neu.csv:3: 'keine' is no mail address" in err
    assert "neu.csv:4:" in err
    assert office.records("contacts", "show", "1")[0]["name"] == "Müller & Söhne"


def test_contacts_without_an_address_column_are_refused_in_one_line(office: OfficeFolder) -> None:
    file = office.folder / "wrong.csv"
    file.write_text("id,name\n1,x\n")
    _, err = office.run("contacts", "import", str(file), code=1)
    assert "no column for 'addresses'" in err
    assert err.count("\n") == 1


def test_init_writes_a_configuration_that_runs(tmp_path: Path) -> None:
    fresh = OfficeFolder(tmp_path / "fresh")
    fresh.run("init")
    fresh.run("grab", "--once")
    assert [event["type"] for event in fresh.records("events")] == ["RulesLoaded", "GrabberStarted"]
    assert "is there already" in fresh.run("init", code=1)[1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[grabbers.box\n", ["line 1"]),
        ("[grabbers.box]\ntype = 'pop3'\n", ["grabbers.box", "'maildir' or 'imap'"]),
        (
            "[grabbers.box]\ntype = 'imap'\nhost = 'h'\nuser = 'u'\n",
            ["grabbers.box: ", "exactly one of password, oauth"],
        ),
        ("[office]\ninternals = []\n", ["office.internals", "no such key"]),
        ("[rules]\nfile = 'nowhere.toml'\n", ["rules.file", "nowhere.toml"]),
    ],
)
def test_a_wrong_configuration_is_one_line(tmp_path: Path, text: str, words: list[str]) -> None:
    office = OfficeFolder(tmp_path).write(text)
    _, err = office.run("grab", "--once", code=1)
    assert err.count("\n") == 1
    assert "mgtui.toml" in err
    for word in words:
        assert word in err


def test_a_password_written_into_the_configuration_is_not_repeated(tmp_path: Path) -> None:
    text = "[grabbers.box]\ntype = 'imap'\nhost = 'h'\nuser = 'u'\npassword = 'hunter2'\n"
    _, err = OfficeFolder(tmp_path).write(text).run("grab", "--once", code=1)
    assert "hunter2" not in err
    assert "password" in err


def test_a_missing_maildir_is_one_line(tmp_path: Path) -> None:
    _, err = OfficeFolder(tmp_path).write(CONFIG).run("grab", "--once", code=1)
    assert err.count("\n") == 1
    assert "Maildir" in err


def test_a_second_grabber_on_the_same_folder_is_told_to_wait(office: OfficeFolder) -> None:
    deliver(office)
    with office.start("grab") as service:
        assert service.stderr is not None
        assert "at work" in service.stderr.readline()
        while not office.records("events", "--type", "GrabberStarted"):
            pass
        _, err = office.run("grab", "--once", code=75)
        assert "already works on" in err
        service.terminate()
        assert service.wait(timeout=30) == 0


def test_the_demo_tells_without_a_terminal_what_a_person_would_see(tmp_path: Path) -> None:
    out, _ = OfficeFolder(tmp_path).run("demo")
    for words in ("MailClassified", "The queue", "The import list", "addresses suppressed"):
        assert words in out
    assert "\x1b" not in out


def test_an_exported_log_verifies_on_the_other_side(office: OfficeFolder, tmp_path: Path) -> None:
    stranger(office)
    file = tmp_path / "log.jsonl"
    office.run("events", "export", str(file))
    other = OfficeFolder(tmp_path / "other").write(CONFIG)
    other.run("events", "import", str(file))
    anchor = office.run("verify", "--anchor")[0].strip()
    assert other.run("verify", "--anchor", "--against", anchor)[0].strip() == anchor
    assert other.records("imports") == office.records("imports")
    assert "import into a new log" in other.run("events", "import", str(file), code=1)[1]


def test_a_backup_is_a_whole_log(office: OfficeFolder, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / "events.db"
    copy.parent.mkdir()
    office.run("backup", str(copy))
    out, _ = OfficeFolder(tmp_path).run("--data", str(copy.parent), "verify")
    assert "whole" in out
    assert "is there already" in office.run("backup", str(copy), code=75)[1]


def test_rebuilt_read_models_answer_as_before(office: OfficeFolder) -> None:
    deliver(office, *sorted(SAMPLES.glob("bounce/*.eml")))
    office.run("grab", "--once")
    before = [
        office.records(*question) for question in (["queue"], ["suppressions", "list"], ["contacts", "list"])
    ]
    office.run("rebuild")
    after = [
        office.records(*question) for question in (["queue"], ["suppressions", "list"], ["contacts", "list"])
    ]
    assert after == before


def test_an_erased_contact_is_nowhere_any_more_and_the_log_is_whole(office: OfficeFolder) -> None:
    deliver(office, *sorted(SAMPLES.glob("*/*.eml")))
    office.run("grab", "--once")
    contact = office.records("contacts", "show", "k010")[0]
    traces = [*contact["addresses"], contact["name"]]
    office.run("erase", "k010", "--why", "asked for it", code=1)  # nobody said yes
    assert office.records("contacts", "show", "k010")
    office.run("erase", "k010", "--why", "asked for it", "--yes")
    assert "whole" in office.run("verify")[0]
    assert office.run("contacts", "show", "k010", code=1)
    assert office.records("doctor")[0]["balanced"]
    for file in office.data.glob("*.db*"):
        held = file.read_bytes()
        for trace in traces:
            assert trace.encode() not in held, f"{file.name} still holds {trace}"
    (erased,) = office.records("events", "--type", "DataErased")
    assert erased["data"]["why"] == "asked for it"
    assert "nothing of k010 is left" in office.run("erase", "k010", "--why", "again", "--yes")[0]


def test_an_assignment_is_taken_back_and_done_again(office: OfficeFolder) -> None:
    item = stranger(office)
    before = office.records("contacts", "show", "k001")
    office.run("imports", "assign", str(item), "k001", "--remember")
    after = office.records("contacts", "show", "k001")
    (assigned,) = office.records("events", "--type", "MailAssigned")
    (undone,) = office.records("undo", str(assigned["position"]), "--why", "it was somebody else")
    assert [row["item"] for row in office.records("imports")] == [item]
    assert without_times(office.records("contacts", "show", "k001")) == without_times(before)
    assert "was taken back" in office.run("undo", str(assigned["position"]), code=1)[1]
    office.run("undo", str(undone["first_position"]))
    assert office.records("imports") == []
    assert without_times(office.records("contacts", "show", "k001")) == without_times(after)
    assert "whole" in office.run("verify")[0]


def without_times(records: list[dict[str, object]]) -> object:
    (contact,) = records
    documents = [row["mail_id"] for row in contact["documents"]]  # type: ignore[attr-defined, index]
    # What was taken back and done again has happened all the same, so the timeline tells it.
    return {**contact, "changed_at": "", "documents": documents, "timeline": []}


def test_what_was_known_earlier_is_asked_with_as_of(office: OfficeFolder) -> None:
    deliver(office, SAMPLES.parent / KNOWN)
    office.run("grab", "--once")
    (entry,) = office.records("suppressions", "list")
    before, at = str(entry["event"] - 1), str(entry["event"])
    address, contact = entry["address"], entry["contact_id"]
    office.run("suppressions", "lift", address, "--why", "she called")
    assert office.records("suppressions", "list") == []
    assert office.records("suppressions", "list", "--as-of", before) == []
    assert office.records("suppressions", "list", "--as-of", at) == [entry]
    (card,) = office.records("contacts", "show", contact, "--as-of", at)
    assert [row["address"] for row in card["suppressions"]] == [address]
    assert all(row["event"] <= int(at) for row in card["timeline"])
    assert office.records("why", contact, "--as-of", at) == [
        event for event in office.records("why", contact) if event["position"] <= int(at)
    ]
    (answer,) = office.records("may-send", address, "--category", "newsletter", "--as-of", at, code=1)
    assert not answer["may_send"]
    assert office.records("may-send", address, "--category", "newsletter")[0]["may_send"]
    assert office.records("contacts", "list", "--as-of", "0") == []


def test_an_item_is_shown_as_it_was_before_it_was_closed(office: OfficeFolder) -> None:
    item = stranger(office)
    head = str(office.records("events", "--last", "1")[0]["position"])
    office.run("imports", "dismiss", str(item), "--reason", "advertising")
    assert [row["item"] for row in office.records("imports", "list", "--as-of", head)] == [item]
    assert [row["item"] for row in office.records("imports", "--as-of", head)] == [item]
    (shown,) = office.records("imports", "show", str(item), "--as-of", head)
    assert (shown["state"], office.records("imports", "show", str(item))[0]["state"]) == ("open", "dismissed")


def test_a_position_that_can_not_be_looked_back_to_is_one_line(office: OfficeFolder) -> None:
    _, err = office.run("why", "k001", "--as-of", "99999", code=1)
    assert "the log has the positions 1 to" in err
    office.run("may-send", "a@b.example", "--category", "newsletter", "--sending", "--as-of", "1", code=2)
    office.run("queue", "--as-of", "1", "list", code=2)


@pytest.mark.parametrize("command", [["contacts", "list"], ["grab", "--once"], ["queue"]])
def test_a_log_that_was_emptied_stops_every_command_and_says_what_to_do(
    office: OfficeFolder, command: list[str]
) -> None:
    os.truncate(office.data / "events.db", 0)
    _, err = office.run(*command, code=1)
    assert len(err.splitlines()) == 1
    assert "events.db is empty, but mails.db beside it shows that there was a log: put a backup" in err
    assert (office.data / "events.db").stat().st_size == 0
