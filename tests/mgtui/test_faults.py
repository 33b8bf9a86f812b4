"""Every error is told in the reader's language, wherever it was worded."""

import ast
import errno
import os
import re

from mgtui.faults import pieces_of
from mgtui.language import speak
from mgtui.mailbox import refusals
from tests.mgtui.worded import Text, filled, given_to, trees

#: what words an error that a person may see
ERRORS = frozenset(
    [
        "MailboxError",
        "MailboxUnavailable",
        "MailboxRefused",
        "SettingsError",
        "RulesError",
        "KeysError",
        "Contended",
        "LeaseTaken",
        "Paused",
        "ProcessEnded",
        "Undelivered",
        "ContactsUnreadable",
        "Refused",
        "DeadlyMail",
        "TableError",
        "BrokenLine",
        "StoreError",
        "StoreUnavailable",
        "StoreDamaged",
        "StoreTooNew",
        "BlobMissing",
        "Damage",
        "Finding",
        "Forged",
    ]
)
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
    # The line of a broken contact, the position of a damage and its kind come before their text.
    found = [*given_to(ERRORS - {"BrokenLine", "Damage", "Finding"})]
    found += [
        *given_to(frozenset(("BrokenLine",)), slice(1, 2)),
        *given_to(frozenset(("Damage", "Finding")), slice(1, 3)),
    ]
    found += [
        text for text in given_to(frozenset(("ValueError",))) if text.file.startswith(SHOWN_VALUE_ERRORS)
    ]
    found += [text._replace(text=f"7 {text.text}") for text in given_to(frozenset(("_failed",)))]
    found += given_to(frozenset(("ask", "demand", "_failure")), slice(1, 3))
    found += [
        Text("mgtui/mailbox/refusals.py", 0, "", text)
        for text in (*refusals._REFUSED.values(), *refusals._UNAVAILABLE.values())
    ]
    found += [Text("", 0, "strerror", os.strerror(number)) for number in OPERATING_SYSTEM]
    return [*found, *given()]


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
