"""Folds text so that a phrase is found however a server writes it.

Case, accents, punctuation and white space are dropped; words stay apart by one blank. Addresses and the
code that begins each line of a long reply are left out: `no-such-user@example.org` says nothing about
whether the user exists, and `try 550-5.1.1 again` is `try again`. The words of links and of host names
are marked, for they tell who speaks and where to read on, not what happened: `see http://help.example/unknown`
becomes `see @http @help @example @unknown`, where only tables of providers look behind the mark. So are those of
ids: `[full-1234]`, `ref: unknown-77`.
"""

import re
import unicodedata
from string import ascii_letters, digits
from typing import Final

#: Characters of a text that are looked at; a reply of a server has 512 a line (RFC 5321, 4.5.3.1.5).
TEXT_LIMIT: Final = 16_000

_ADDRESS: Final = re.compile(r"(?<![\w.+=/&~!#$%*?^'-])[\w.+=/&~!#$%*?^'-]{1,200}@[\w.-]*")
_NO_WORD: Final = re.compile(r"(?:[^\w@]|_)+")
_CODE: Final = re.compile(r" [245]\d\d (?:[245] \d{1,3} \d{1,3} )?")
_LOCAL: Final = ascii_letters + digits + "_.+=/&~!#$%*?^'-"
_DOMAIN: Final = ascii_letters + digits + "_.-"
#: Stands before each word of a link or a host's name, and nowhere else, since addresses are left out.
MARK: Final = "@"
#: What becomes of each byte of ASCII text.
_WORDS: Final = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or chr(code) == MARK else 32 for code in range(128)
).ljust(256)
#: Tells at a glance that a text may hold a name.
_MAYBE_NAME: Final = re.compile(r"\.[A-Za-z]|://")
#: A link, or what looks like a host's name, with a path or without. Names are in lower case, since the next
#: sentence may begin right behind a full stop.
_NAME: Final = re.compile(
    r"(?i:https?)://{path}|(?<![\w.+-])(?:[a-z0-9_-]{{1,63}}\.){{1,8}}[a-z]{{2,24}}(?![\w-])(?:/{path})?".format(
        path=r"[!#-&*-;=?-Z^-~]{1,1000}"
    )
)
#: Tells at a glance that a text may hold an id made of a word and a number.
_MAYBE_ID: Final = re.compile(r"-\d(?<=[A-Za-z]-\d)")
#: An id: alone in brackets, or behind what it is an id of.
_ID: Final = re.compile(
    r"(?<=[\[(<{])[A-Za-z]{2,20}(?:[-_][A-Za-z]{1,20}){0,3}-\d[\w-]{0,40}(?=[\])>}])"
    r"|\b(?:ref(?:erence)?|ticket|case|incident|id|session|queue|log|trace|request|transaction|code)"
    r"(?:[ -]?(?:id|no|number|nr|code))?[.:#= ]{1,3}[A-Za-z]{2,20}(?:[-_][A-Za-z]{1,20}){0,3}-\d[\w-]{0,40}",
    re.IGNORECASE,
)
#: Domains of names in two parts: no word of a sentence that somebody wrote without a blank before it.
_DOMAINS: Final = frozenset(
    ("com", "net", "org", "edu", "gov", "mil", "biz", "info", "example", "local", "localdomain", "lan",
     "internal", "eu", "de", "fr", "nl", "pl", "ru", "ch", "uk", "cz", "jp", "cn", "br", "ca", "au")
)  # fmt: skip
_NEXT: Final = f" {MARK}"
_SEPARATORS: Final = re.compile(r"[^A-Za-z0-9]+")
_FIRST_IDEOGRAPH: Final = "\u2e80"  #: Chinese and Japanese stand above it; their words aren't set apart


def fold(text: str) -> str:
    """Give the words of a text, case-folded, between single blanks, one at either end."""
    text = text[:TEXT_LIMIT]
    if text.isascii():
        words = _with_marks(_without_addresses(text) if "@" in text else text)
        folded = f" {' '.join(words.encode().translate(_WORDS).decode().split())} "
    else:
        text = _with_marks(_ADDRESS.sub(" ", text).replace("@", " "))
        folded = f" {_NO_WORD.sub(' ', _without_accents(text)).strip()} "
    code = _CODE.search(folded)
    return folded if code is None else folded.replace(code[0], " ")


def _without_addresses(text: str) -> str:
    """Leave the addresses out of ASCII text: what `_ADDRESS` finds, in a quarter of the time."""
    kept: list[str] = []
    piece, *others = text.split("@")
    for other in others:
        before = piece.rstrip(_LOCAL)
        kept.append(before)
        piece = other.lstrip(_DOMAIN) if len(before) < len(piece) else other
    return " ".join([*kept, piece])


def unmarked(folded: str) -> str:
    """Give a folded text with the words of its links and hosts like all others."""
    return folded.replace(MARK, "")


def _with_marks(text: str) -> str:
    """Mark the words of ids, links and host names; for names, only words with a full stop or `://` are looked at."""
    if "-" in text and _MAYBE_ID.search(text) is not None:
        text = _ID.sub(_marked_id, text)
    if _MAYBE_NAME.search(text) is None:
        return text
    return " ".join(
        [_NAME.sub(_marked, word) if "." in word[:-1] or "://" in word else word for word in text.split()]
    )


def _marked(match: re.Match[str]) -> str:
    name = match[0]
    if not ("/" in name or name.rpartition(".")[2] in _DOMAINS or _is_host(name)):
        return name
    if "/" in name:
        return f" {MARK}{_SEPARATORS.sub(_NEXT, name.strip('./'))} "
    return f" {MARK}{name.replace('.', _NEXT).replace('-', _NEXT).replace('_', _NEXT)} "


def _marked_id(match: re.Match[str]) -> str:
    return f" {MARK}{_SEPARATORS.sub(_NEXT, match[0])} "


def _is_host(name: str) -> bool:
    """Tell a name in three parts or more from a number with a word behind it, and from a reverse look-up's."""
    before, _, domain = name.rpartition(".")
    return "." in before and domain != "arpa" and not before.replace(".", "").isdigit()


def squeeze(folded: str) -> str:
    """Give a folded text without its blanks, as Chinese and Japanese phrases are looked for."""
    return folded.replace(" ", "")


def has_ideographs(text: str) -> bool:
    """Tell whether a text has letters of a script that sets no blanks between words."""
    return not text.isascii() and max(text) >= _FIRST_IDEOGRAPH


def _without_accents(text: str) -> str:
    """Fold case and take accents off; servers write `boîte` and `boite` alike."""
    split = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in split if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare)  # puts the letters of a Korean syllable together again
