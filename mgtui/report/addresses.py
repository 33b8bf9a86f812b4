"""Mail addresses inside prose and inside the fields of reports (RFC 5321, 4.1.2; RFC 3461; RFC 6533)."""

import re

_ATOM = r"\w!#$%&'*+/=?^`{|}~.\-"
# A token is tried at its start only, so that a long run of atom characters costs one look.
_ADDRESS = re.compile(
    rf"(?<![{_ATOM}])(?:(?P<quoted>\"[^\"\r\n@]{{1,100}}\")|(?P<local>[{_ATOM}]{{1,256}}+))"
    r"@(?P<domain>\[[\w.:-]{3,60}\]|[\w-]{1,63}(?:\.[\w-]{1,63}){0,12})"
)
#: What nearly all fields hold: an address of plain letters, after its type or not, in angle brackets or not.
_PLAIN = re.compile(
    r"\s{0,9}(?:rfc822;\s{0,9})?<?([a-z0-9_](?:[a-z0-9_+.-]{0,62}[a-z0-9_+-])?"
    r"@(?:[a-z0-9-]{1,63}\.){0,8}[a-z0-9-]{0,62}[a-z0-9])>?\s{0,9}",
    re.IGNORECASE | re.ASCII,
)
_TYPE = re.compile(r"\s{0,20}(?P<type>[a-z0-9][a-z0-9-]{0,12}(?:\s?/\s?\d{1,3})?)\s?;\s{0,20}", re.IGNORECASE)
_SCHEME = re.compile(r"(?:mailto|smtp|rfc822|rfc/822|ex)\s?[:=]\s?", re.IGNORECASE)
_UNICODE_ESCAPE = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")
_XTEXT = re.compile(r"\+([0-9A-F]{2})")
_SCREEN_NAME = re.compile(rf"[{_ATOM}]{{1,64}}+", re.ASCII)
_CJK = re.compile("[\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef]")
_TRAILING = " \t\r\n.,;:!?)]}>'\"*"
_LEADING = " \t\r\n<([{'*=-"


def find_addresses(text: str) -> tuple[str, ...]:
    """Give the mail addresses of a text in order, bare, without repeats."""
    if "@" not in text:
        return ()
    found: dict[str, None] = {}
    for match in _ADDRESS.finditer(text):
        local = match["quoted"] or _shorten_local(match["local"])
        domain = match["domain"].rstrip(".-_")
        if local and domain:
            found.setdefault(f"{local}@{domain}")
    return tuple(found)


def clean_address(text: str) -> str | None:
    """Give the bare address of a recipient field, or a bare screen name where it has no domain.

    Takes off the address type (`rfc822;`, `LOCAL;`), angle brackets, source routes, comments and
    punctuation; undoes xtext (RFC 3461, section 4) and its utf-8 form (RFC 6533, section 3).
    """
    if plain := _PLAIN.fullmatch(text):
        return plain[1]
    if text[:4].lower() == "x400" and "@" not in text:
        return None
    text = _without_type(text[:2000].strip())
    text = _UNICODE_ESCAPE.sub(_unescape, text)
    if "@" not in text and "+40" in text:
        text = _XTEXT.sub(lambda match: chr(int(match[1], 16)), text)
    text = _within_brackets(text)
    if text.startswith("@") and ":" in text:
        # RFC 5321, appendix C: a source route `@a,@b:user@domain` says nothing about the mailbox.
        text = text.rpartition(":")[2]
    text = _SCHEME.sub("", text, count=1) if _SCHEME.match(text) else text
    addresses = find_addresses(text)
    if addresses:
        return addresses[0]
    bare = text.partition("(")[0].strip(_TRAILING + _LEADING)
    return bare if _SCREEN_NAME.fullmatch(bare) else None


def _without_type(text: str) -> str:
    # QUIRK: `rfc/822;`, `RFC822; rfc822;` and `utf-8;` all stand in the wild before the address.
    for _ in range(3):
        match = _TYPE.match(text)
        if not match:
            break
        text = text[match.end() :]
    return text


def _within_brackets(text: str) -> str:
    start = text.rfind("<")
    if start < 0:
        return text.strip()
    end = text.find(">", start)
    inner = text[start + 1 : end if end >= 0 else None].strip()
    if "@" not in inner and "@" in text[:start]:
        return text[:start].strip()  # QUIRK: a tag of HTML behind the address
    return inner or text[:start].strip()


def _shorten_local(local: str) -> str:
    """Cut what prose glued to the front of a local part."""
    cut = max((match.end() for match in _CJK.finditer(local)), default=0)
    if cut < len(local):
        local = local[cut:]
    # QUIRK: an encoded word may stand for the local part: `=?utf-8?B?...?=@example.org`.
    if local[0] in ".'`*=|!-/" and not local.startswith("=?"):
        local = local.lstrip(".'`*=|!-/")
    return local.rstrip(".")


def _unescape(match: re.Match[str]) -> str:
    value = int(match[1], 16)
    return chr(value) if value < 0x110000 and not 0xD800 <= value < 0xE000 else match[0]
