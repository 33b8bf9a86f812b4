"""Bytes to text, whatever the mail says its charset is."""

import re
from functools import lru_cache
from typing import Final

#: Charsets that mails name, by their name without punctuation; all decode in linear time. A codec that isn't
#: here (punycode, idna, unicode_escape, zlib ...) is never looked up, however a mail asks for it.
_KNOWN: Final = re.compile(
    r"(?:us)?ascii|ansix341968|iso8859\d{1,2}[ie]?|latin\d|windows\d{3,4}|cp\d{3,5}|x?mac\w{3,9}|koi8[rut]"
    r"|utf(?:7|8|16|16[bl]e|32|32[bl]e)|unicode11utf7|gb2312|gbk|gb18030|hzgb2312|big5(?:hkscs)?|euc(?:jp"
    r"|kr|cn|tw)"
    r"|x?s(?:hift)?jis|iso2022(?:jp\d?|jpext|kr)|ksc56011987|ksc5601|tis620"
)
_PUNCTUATION: Final = re.compile(r"[^a-z0-9]+")
_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]{2,64}")

#: What senders mean against what they write: supersets that agree on the common part.
_MEANT: Final = {
    "": "ascii",
    "usascii": "ascii",
    "ansix341968": "ascii",
    "iso88591": "cp1252",
    "latin1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euccn": "gb18030",
    "xgbk": "gb18030",
    "iso88598i": "iso8859_8",
    "iso88598e": "iso8859_8",
    "iso88596i": "iso8859_6",
    "iso88596e": "iso8859_6",
    "unicode11utf7": "utf_7",
    "utf7": "utf_7",
    "hzgb2312": "hz",
    "shiftjis": "cp932",
    "sjis": "cp932",
    "xsjis": "cp932",
    "iso2022jp": "iso2022_jp_ext",
    "iso2022jpext": "iso2022_jp_ext",
    "iso2022kr": "iso2022_kr",
    "ksc56011987": "cp949",
    "ksc5601": "cp949",
    "euckr": "cp949",
    "xmacroman": "mac_roman",
    "koi8r": "koi8_r",
    "koi8u": "koi8_u",
    "koi8t": "koi8_t",
    "utf16le": "utf_16_le",
    "utf16be": "utf_16_be",
    "utf32le": "utf_32_le",
    "utf32be": "utf_32_be",
}


@lru_cache(maxsize=100)
def codec_for(charset: str) -> str | None:
    """Name Python's codec for a mail's charset; None where it is unknown or not to be trusted."""
    name = _PUNCTUATION.sub("", charset.lower())
    if name in _MEANT:
        return _MEANT[name]
    if not _KNOWN.fullmatch(name):
        return None
    if name.startswith("windows"):
        return "cp" + name[7:]
    if name.startswith("iso8859"):
        return "iso8859_" + name[7:]
    return name


def decode(data: bytes, charset: str) -> str:
    """Decode text; a charset that is absent, unknown or wrong is made up for by looking at the bytes."""
    codec = codec_for(charset[:40])
    if codec is None or codec == "ascii":
        return _guess(data)
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return _repaired(data, codec)


def _repaired(data: bytes, codec: str) -> str:
    """Decode bytes that break the rules of their declared charset."""
    try:
        return data.decode("utf-8")
    except UnicodeError:
        pass
    if codec in ("utf_8", "utf8"):
        return _guess(data)
    try:
        return data.decode(codec, "replace")
    except (UnicodeError, LookupError):
        return _guess(data)


def _guess(data: bytes) -> str:
    """Decode bytes whose charset nobody has named."""
    if data.isascii() and b"\x1b" not in data:
        return data.decode("ascii")
    if b"\x1b$" in data[:65536]:  # ISO-2022-JP switches with escape sequences, all in seven bits
        return data.decode("iso2022_jp_ext", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeError:
        pass
    if _is_chinese(data):
        return data.decode("gb18030", "replace")
    return data.decode("cp1252", "replace")


def _is_chinese(data: bytes) -> bool:
    """Tell two-byte Chinese from one-byte European text: long runs of high bytes, all of even length."""
    runs = _HIGH_RUN.findall(data[:16384])
    return (
        len(runs) > 3
        and sum(len(run) % 2 == 0 for run in runs) > 0.9 * len(runs)
        and len(b"".join(runs)) > 6 * len(runs)
    )
