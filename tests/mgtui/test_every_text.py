"""Whatever a command or a screen says to a person goes through the catalogue, at once or as an error's pieces."""

import re

from tests.mgtui.worded import given_to

#: what says something to a person, and which argument it says
SAYING = (
    (
        frozenset(("echo", "say", "secho", "confirm", "ClickException", "UsageError", "BadParameter")),
        slice(0, 1),
    ),
    (frozenset(("write",)), slice(0, 1)),
    (frozenset(("field",)), slice(0, 2)),
    (frozenset(("Outcome", "report")), slice(1, 2)),
)
#: words that are no language
NAMES = re.compile(r"mgtui: |\x1b\[[A-Za-z]")
#: file -> texts that stay as they are
AS_THEY_ARE = {
    "mgtui/exports.py": "lines of files that other programs read",
    "mgtui/cli/classifying.py": "what mails are, in the words of the library and of its JSON",
    "mgtui/report/": "writes no words",
    "mgtui/bounce/": "the words of the library, which stands alone",
    "mgtui/apart/": "speaks to another process",
    "mgtui/grabber/service.py": "states in a file for others, and errors that whoever hears the report tells",
}


def test_every_text_that_is_said_goes_through_the_catalogue() -> None:
    said = [text for names, at in SAYING for text in given_to(names, at) if text.file.startswith("mgtui/")]
    assert len(said) > 60
    left = {
        f"{text.file}:{text.line}: {text.said_by}: {text.text!r}"
        for text in said
        if re.search(r"[A-Za-z]{2}", NAMES.sub("", text.text))
        and not text.file.startswith(tuple(AS_THEY_ARE))
    }
    assert not left, "\n".join(sorted(left))
