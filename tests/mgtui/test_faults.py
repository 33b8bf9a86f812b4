"""Every error is told in the reader's language, wherever it was worded."""

import ast
import errno
import inspect
import os
import re
import tomllib._parser

import pytest

from mgtui.fault_texts import KINDS, PIECES
from mgtui.faults import fault_in_words, pieces_of
from mgtui.language import _, speak
from mgtui.mailbox import refusals
from tests.mgtui.worded import Text, filled, given_to, texts_in, trees

#: what words an error that a person may see
ERRORS = frozenset(
    (
        "MailboxError", "MailboxUnavailable", "MailboxRefused", "SettingsError", "RulesError", "KeysError",
        "Contended", "LeaseTaken", "Paused", "ProcessEnded", "Undelivered", "ContactsUnreadable", "Refused",
        "DeadlyMail", "TableError", "StoreError", "StoreUnavailable", "StoreDamaged", "StoreTooNew", "BlobMissing",
        "Forged",
    )
)  # fmt: skip
#: where a ValueError is shown, and doesn't tell of a mistake in the program
SHOWN_VALUE_ERRORS = (
    "mgtui/settings.py", "mgtui/tables.py", "mgtui/rules/", "mgtui/mailbox/secret.py", "eventstore/anchor.py",
    "eventstore/sqlite/",
)  # fmt: skip
#: modules that give what is wrong as texts
GIVING = ("mgtui/settings.py", "mgtui/tables.py", "mgtui/rules/load.py", "mgtui/rules/verp.py")
KEY = r"^\w+(\.\w+)+$"  #: of the configuration
OPERATING_SYSTEM = (
    errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOSPC, errno.EDQUOT, errno.EROFS,
    errno.EIO, errno.EMFILE, errno.ECONNREFUSED, errno.ECONNRESET, errno.ETIMEDOUT, errno.ENETUNREACH,
    errno.EHOSTUNREACH, errno.EPIPE,
)  # fmt: skip


def worded() -> list[Text]:
    """Collect what errors say."""
    found = [*given_to(ERRORS), *given_to(frozenset(("BrokenLine",)), slice(1, 2))]
    found += given_to(frozenset(("Damage", "Finding")), slice(1, 3))
    found += [
        text for text in given_to(frozenset(("ValueError",))) if text.file.startswith(SHOWN_VALUE_ERRORS)
    ]
    found += [text._replace(text=f"7 {text.text}") for text in given_to(frozenset(("_failed",)))]
    found += given_to(frozenset(("ask", "demand", "_failure")), slice(1, 3))
    refused = (*refusals._REFUSED.values(), *refusals._UNAVAILABLE.values())
    found += [Text("mgtui/mailbox/refusals.py", 0, "", text) for text in refused]
    found += [Text("", 0, "strerror", os.strerror(number)) for number in OPERATING_SYSTEM]
    return [*found, *given(), *noted()]


def noted() -> list[Text]:
    """Collect what is noted of mails that a dry run looks at."""
    return [
        Text(file, node.lineno, "note", text)
        for file, tree in trees()
        if file == "mgtui/grabber/preview.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword | ast.Assign) and "note" in ast.unparse(node).split("=")[0]
        for text in texts_in(node.value)
    ]


def given() -> list[Text]:
    """Collect what functions give that say what is wrong."""
    return [
        Text(file, node.lineno, "yield", text)
        for file, tree in trees()
        if file in GIVING
        for node in ast.walk(tree)
        if isinstance(node, ast.Yield) and node.value is not None and (text := filled(node.value))
    ]


def untold(text: str) -> list[str]:
    """Give the pieces of an error that nothing recognises, if they are more than places."""
    pieces = [re.sub(KEY, "", piece) for piece, known in pieces_of(text) if not known]
    return [piece for piece in pieces if re.search(r"[a-z]{2}", piece)]


def test_every_error_is_told() -> None:
    speak("de")
    found = worded()
    assert len(found) > 150
    lacking = {
        f"{text.file}:{text.line}: {text.text!r}: {untold(text.text)}" for text in found if untold(text.text)
    }
    assert not lacking, "\n".join(sorted(lacking))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            "mail.example:993: logging in as eva: check the user name and the password: [AUTH] Login failed: 12",
            "mail.example:993: Anmeldung als eva: Benutzernamen und Passwort prüfen: [AUTH] Login failed: 12",
        ),
        (
            "mail.example:993 can't be reached: Connection refused",
            "mail.example:993 ist nicht zu erreichen: Verbindung abgelehnt",
        ),
        (
            "mail.example:143: opening the folder 'Büro; alt': there is no such folder (the server doesn't understand "
            "the command)",
            "mail.example:143: den Ordner 'Büro; alt' öffnen: diesen Ordner gibt es nicht (der Server versteht den "
            "Befehl nicht)",
        ),
        (
            "the Maildir folder 'Processed' can't be used: No space left on device; free some space",
            "der Maildir-Ordner 'Processed' ist nicht zu benutzen: kein Platz mehr auf dem Datenträger; Platz schaffen",
        ),
        (
            "/data/my office/events.db is missing, but mails.db beside it shows that there was a log: put a backup of "
            "the log in its place, or move mails.db away as well to begin anew",
            "/data/my office/events.db fehlt, aber mails.db daneben zeigt, dass es ein Log gab: eine Sicherung des "
            "Logs an seine Stelle legen, oder auch mails.db wegräumen, um neu anzufangen",
        ),
        (
            "/etc/mgtui.toml: grabbers.post.security: should be 'tls', 'starttls' or 'plain' (found 'ssl')",
            "/etc/mgtui.toml: grabbers.post.security: erwartet: 'tls', 'starttls' oder 'plain' (gefunden: 'ssl')",
        ),
        (
            "m.toml: brake.share: should be a number above 0 and up to 1 (found 7)",
            "m.toml: brake.share: erwartet: eine Zahl über 0 und höchstens 1 (gefunden: 7)",
        ),
        (
            "r.toml: rule 'a b' has 'x' in when.category; there is: none",
            "r.toml: Regel 'a b' hat 'x' in when.category; vorhanden: keine",
        ),
        (
            "paused by operator eva: holidays; `mgtui grabbers resume post` lets it go on",
            "angehalten von Benutzer eva: holidays; `mgtui grabbers resume post` lässt ihn weitergehen",
        ),
        ("[Errno 13] Permission denied: '/data/x'", "[Errno 13] keine Berechtigung: '/data/x'"),
        ("bounces wait", "bounces wait"),
    ],
)
def test_an_error_is_told_in_german(error: str, told: str) -> None:
    assert fault_in_words(error) == error
    speak("de")
    assert fault_in_words(error) == told


def test_what_a_server_or_a_library_said_stays_as_it_is() -> None:
    speak("de")
    for text in (
        "451 4.3.0 try again: later; or never",
        "'utf-8' codec can't decode byte 0xff",
        "",
        ": ; : ",
    ):
        assert fault_in_words(text) == text


def test_an_endless_error_is_shown_as_it_is() -> None:
    speak("de")
    assert fault_in_words("7: " * 100) == "7: " * 100
    endless = "mail.example:993 can't be reached: " * 60
    assert fault_in_words(endless) == endless


@pytest.mark.parametrize("piece", [*PIECES, *KINDS])
def test_no_piece_is_taken_for_another(piece: str) -> None:
    speak("de")
    places = dict.fromkeys(re.findall(r"\{(\w+)\}", piece), "7") | {"rule": "'7'"}
    assert pieces_of(piece.format_map(places))[0] == (_(piece).format_map(places), True) or piece in KINDS


#: what Python puts together of pieces of its own, and what SQLite says
OTHERS = {
    "file is not a database",
    "database disk image is malformed",
    "{error} (at line {line}, column {column})",
    "{error} (at end of document)",
    "[Errno {number}] {why}",
    "Unescaped '\\' in a string",
}


def test_no_piece_is_told_that_nothing_says() -> None:
    said = "\0".join(
        text for _file, tree in trees() if _file != "mgtui/fault_texts.py" for text in texts_of(tree)
    )
    said += (
        "\0".join(os.strerror(number) for number in OPERATING_SYSTEM)
        + "\0"
        + inspect.getsource(tomllib._parser)
    )
    lacking = [
        piece
        for piece in {*PIECES} - OTHERS
        for words in re.split(r"\{\w+\}", piece)
        if words.strip() not in said
    ]
    assert not lacking, lacking


def texts_of(tree: ast.Module) -> list[str]:
    """Give every text of a module, those with places in the pieces between."""
    return [text for node in ast.walk(tree) for text in [filled(node)] if text]
