"""Text made harmless for a terminal."""

import unicodedata


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
