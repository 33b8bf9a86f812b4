"""HTML to lines of text, by one pass over its tags."""

import re
from collections.abc import Iterable
from html.entities import html5
from typing import Final

from mgtui.report.model import Line

_ENTITY: Final = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")
_BLANKS: Final = re.compile(r"[ \t\r\f\v\xa0]+")
_TAG_NAME: Final = re.compile(r"/?[A-Za-z][A-Za-z0-9]{0,20}")
_BREAKS: Final = frozenset(
    (
        "address",
        "article",
        "blockquote",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    )
)
_SILENT: Final = frozenset(("script", "style", "head", "template"))


def flatten(lines: Iterable[Line]) -> list[Line]:
    """Turn lines of HTML into lines of text; each keeps the number of the line its text began on."""
    lines = list(lines)
    if not lines:
        return []
    flat = _Flat(lines[0].number)
    pieces = "\n".join(line.text for line in lines).split("<")
    numbers = [line.number for line in lines]
    row = 0
    flat.text(pieces[0])
    row += pieces[0].count("\n")
    for piece in pieces[1:]:
        flat.number = numbers[min(row, len(numbers) - 1)]
        flat.tag(piece)
        row += piece.count("\n")
    flat.end_line()
    return flat.lines


class _Flat:
    """The state of the pass: the line being written, and the element whose text nobody sees."""

    def __init__(self, number: int) -> None:
        self.lines: list[Line] = []
        self.number = number
        self._parts: list[str] = []
        self._has_text = False
        self._started = number
        self._silent = ""
        self._preformatted = False

    def tag(self, piece: str) -> None:
        """Take one tag and the text behind it."""
        if piece.startswith("!--") and not self._silent:
            self._silent = "!--"
        if self._silent == "!--":
            _, end, rest = piece.partition("-->")
            if end:
                self._silent = ""
                self.text(rest)
            return
        name = _TAG_NAME.match(piece)
        inside, closed, rest = piece.partition(">")
        if name is None and not piece.startswith(("!", "?")):
            self.text("<" + piece)
            return
        if closed and "@" in inside and " " not in inside and not self._silent:
            self._add(f"<{inside}>")  # QUIRK: an address in angle brackets that nobody escaped
        else:
            self._meet(name[0].lower() if name else "", inside)
        self.text(rest if closed else "")

    def _meet(self, name: str, inside: str) -> None:
        plain = name.lstrip("/")
        if plain in _SILENT and not inside.endswith("/"):
            self._silent = "" if name.startswith("/") else plain
        elif plain == "body":
            self._silent = ""
        if plain == "pre":
            self._preformatted = not name.startswith("/")
        if plain in _BREAKS:
            self.end_line()
        elif plain not in ("b", "i", "u", "a", "em", "strong", "span", "font", "wbr", "tt", "code"):
            self._parts.append(" ")

    def text(self, text: str) -> None:
        """Take text between tags."""
        if not text or self._silent:
            return
        if self._preformatted and "\n" in text:
            for line in text.split("\n"):
                self._add(line)
                self.end_line()
                self.number += 1
            return
        self._add(text)

    def _add(self, text: str) -> None:
        if not self._has_text and not text.isspace():
            self._started, self._has_text = self.number, True
        self._parts.append(text)

    def end_line(self) -> None:
        """End the line being written."""
        text = unescape("".join(self._parts)).replace("\n", " ")
        text = _BLANKS.sub(" ", text).strip()
        if text or (self.lines and self.lines[-1].text):
            self.lines.append(Line(self._started, text))
        self._parts, self._has_text = [], False


def unescape(text: str) -> str:
    """Undo character references; numbers beyond Unicode stay as they are."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if not name.startswith("#"):
        return html5.get(name + ";") or match[0]
    number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(number) if 31 < number < 0xD800 or 0xDFFF < number < 0x110000 else " "
