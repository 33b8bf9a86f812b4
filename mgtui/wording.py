"""Plain words for what pydantic finds wrong, and text made harmless for a terminal."""

import unicodedata

from pydantic import ValidationError

NO_SUCH_KEY = "there is no such key; take it out or see `mgtui init` for those there are"


def first_problem(error: ValidationError, within: str = "") -> str:
    """Say the first thing that is wrong: where, what was found, what would be right, in one line."""
    found = error.errors(include_url=False)[0]
    steps = [within] * bool(within) + [str(step) for step in found["loc"]]
    place = ".".join(step for step in steps if not step.startswith("function-")) or "top level"
    value = found["input"]
    secret = any(word in place for word in ("password", "secret", "token"))
    shown = "" if secret or isinstance(value, dict | list | BaseException) else f" (found {value!r:.80})"
    match found["type"]:
        case "extra_forbidden":
            text, shown = NO_SUCH_KEY, ""
        case "missing":
            text, shown = "is missing", ""
        case _:
            text = found["msg"][0].lower() + found["msg"][1:]
    return harmless(f"{place}: {text}{shown}")


def harmless(text: str, limit: int = 2000) -> str:
    """Make text of a mail safe for a terminal: one line, what controls or hides shown as a sign.

    ESC, OSC, C1, NUL, bidirectional and zero-width characters become U+FFFD; tabs and line ends a blank.
    """
    if text.isascii() and text.isprintable():
        return text[:limit]
    return "".join(_sign(char) for char in text[:limit])


def _sign(char: str) -> str:
    if char in "\t\r\n":
        return " "
    return "\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else char
