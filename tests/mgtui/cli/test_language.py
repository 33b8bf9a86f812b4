"""Commands speak the reader's language to people, and always the same to machines."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.mgtui.tui.offices import make_office


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an office with a few mails taken in."""
    folder = tmp_path_factory.mktemp("spoken")
    make_office(folder).application.close()
    return folder


def mgtui(folder: Path, *argv: str, environment: Mapping[str, str], config: str = "") -> tuple[int, str, str]:
    """Run a command; give its exit code, and what it wrote to stdout and stderr."""
    file = folder / "mgtui.toml"
    if config:
        file = folder / "other.toml"
        file.write_text((folder / "mgtui.toml").read_text("utf-8") + config, "utf-8")
    command = [sys.executable, "-m", "mgtui", "--config", str(file), "--data", str(folder / "data"), *argv]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", env={"PYTHONUTF8": "1", **environment}, check=False
    )
    return done.returncode, done.stdout, done.stderr


GERMAN = {"LANG": "de_DE.UTF-8"}
ENGLISH = {"LANG": "en_GB.UTF-8"}


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("queue",), "kein Kontakt        niemand hat anna.neu@berg.example"),
        (("queue", "show", "12"), "Befund  anna.neu@berg.example: dauerhaft Empfänger unbekannt 5.1.1"),
        (("why", "k003"), "wegen 20"),
        (("doctor",), "post: stimmt: 13 abgeholt = 4 erledigt + 9 für eine Person"),
        (
            ("may-send", "kaffee@morgen.example", "--category", "newsletter"),
            "nein kaffee@morgen.example: gesperrt",
        ),
        (("contacts", "show", "k003"), "1 dauerhaft, 0 vorübergehend"),
        (("suppressions", "list"), "dauerhafter Rückläu…"),
        (("events", "--type", "BounceCounted"), "dauerhaft für kaffee@morgen.example"),
    ],
)
def test_people_are_told_in_their_language(folder: Path, argv: tuple[str, ...], told: str) -> None:
    code, out, err = mgtui(folder, *argv, environment=GERMAN)
    assert told in out, out + err
    assert code in (0, 1)


def test_a_refusal_is_told_in_their_language(folder: Path) -> None:
    code, _, err = mgtui(folder, "queue", "assign", "12", "nobody", environment=GERMAN)
    assert (code, err) == (1, "es gibt keinen Kontakt nobody; `mgtui contacts list` zeigt alle\n")


GONE = '[grabbers.gone]\ntype = "maildir"\npath = "gone"\n'


def test_what_goes_wrong_is_told_in_their_language_and_recorded_in_that_of_the_log(tmp_path: Path) -> None:
    make_office(tmp_path).application.close()
    code, _, err = mgtui(tmp_path, "grab", "--once", environment=GERMAN, config=GONE)
    assert code == 1
    assert "post: 0 abgeholt, 0 verschoben (0 für eine Person)" in err
    assert f"gone: den Maildir-Ordner '{tmp_path / 'gone'}' gibt es nicht" in err
    asked = ("events", "--type", "FetchFailed", "--last", "1")
    assert "gibt es nicht" in mgtui(tmp_path, *asked, environment=GERMAN)[1]
    recorded = json.loads(mgtui(tmp_path, *asked, "--json", environment=GERMAN)[1])
    assert recorded["data"]["error"] == f"the Maildir folder '{tmp_path / 'gone'}' does not exist"
    assert "gone: läuft nicht" in mgtui(tmp_path, "grabbers", "list", environment=GERMAN)[1]


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("[brake]\nshare = 7\n", "brake.share: erwartet: eine Zahl über 0 und höchstens 1 (gefunden: 7)"),
        ("[brake]\nshrae = 0.5\n", "brake.shrae: diesen Eintrag gibt es nicht; gemeint: share"),
        ('[grabbers.x]\ntype = "imap"\nuser = "eva"\n', "grabbers.x.host: fehlt"),
        ("[brake\n", "am Ende eines Tabellennamens fehlt ']' (Zeile "),
        ('[rules]\nfile = "gone.toml"\n', "gone.toml ist nicht lesbar: [Errno 2] weder Datei noch Ordner"),
    ],
)
def test_a_wrong_configuration_is_told_in_their_language(folder: Path, config: str, told: str) -> None:
    code, _, err = mgtui(folder, "doctor", environment=GERMAN, config=config)
    assert (code, told in err) == (1, True), err


def test_the_configuration_goes_before_the_locale(folder: Path) -> None:
    german = '[screens]\nlanguage = "de"\n'
    _, out, _ = mgtui(folder, "doctor", environment=ENGLISH, config=german)
    assert "es warten auf eine Person: 5 Klärfälle, 4 Briefe" in out
    _, out, _ = mgtui(folder, "doctor", environment=GERMAN, config=german.replace("de", "en"))
    assert "waiting for a person: 5 in the queue, 4 in the import list" in out


def test_a_language_that_is_not_spoken_is_refused_in_one_line(folder: Path) -> None:
    code, out, err = mgtui(folder, "doctor", environment=ENGLISH, config='[screens]\nlanguage = "xx"\n')
    assert (code, out) == (1, "")
    assert "screens.language" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "argv",
    [
        ("queue", "--json"),
        ("queue", "show", "12", "--json"),
        ("imports", "--json"),
        ("why", "k003", "--json"),
        ("doctor", "--json"),
        ("events", "--json"),
        ("may-send", "kaffee@morgen.example", "--category", "newsletter", "--json"),
        ("contacts", "show", "k003", "--json"),
        ("suppressions", "list", "--json"),
        ("queue", "assign", "12", "nobody", "--json"),
        ("suppressions", "export"),
        ("contacts", "export"),
    ],
)
def test_machines_read_the_same_in_every_language(folder: Path, argv: tuple[str, ...]) -> None:
    german = mgtui(folder, *argv, environment=GERMAN, config='[screens]\nlanguage = "de"\n')[1]
    english = mgtui(folder, *argv, environment=ENGLISH)[1]
    assert german == english != ""
    if "--json" in argv:
        assert all(json.loads(line) for line in german.splitlines())
