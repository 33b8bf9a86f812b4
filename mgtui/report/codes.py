"""The grammar of enhanced status codes (RFC 3463) and SMTP replies (RFC 5321, section 4.2) inside prose."""

import re

#: Nothing after this many characters of a text is looked at; a reply is 512 bytes (RFC 5321, 4.5.3.1.5).
LONGEST_TEXT = 8192

# RFC 3463, section 2: class 2, 4 or 5; the registry knows subjects 0 to 7, details up to three digits.
_STATUS = re.compile(r"(?<![\w.@/])[245]\.[0-7]\.(?:0|[1-9]\d{0,2})(?!\d|\.\d|@|/\d)")
# QUIRK: `550-5.1.1`, `550/5.1.1`, `550_5.1.1` and `550#5.1.1` glue the code to the reply.
_STATUS_AFTER_REPLY = re.compile(
    r"(?<!\d)([245])\d\d[ \t]{0,4}(?:[-/_:;#(\[<'\"][ \t]?){0,2}(\1\.[0-7]\.(?:0|[1-9]\d{0,2}))(?!\d|\.\d|@)"
)
_STATUS_MARKED = re.compile(
    r"(?:#|[(\[<][ \t]?#?|(?i:status|dsn|code|smtp)[ \t]?[:=;][ \t]?)"
    r"([245]\.[0-7]\.(?:0|[1-9]\d{0,2}))(?!\d|\.\d|@)"
)
_ANY_STATUS = re.compile(r"[245]\.[0-7]\.\d")
_NOT_A_STATUS_AFTER = re.compile(
    r"(?:version|vers?\.?|release|rel\.?|build|exim|postfix|sendmail|php|mysql|qmail|server|exchange|agent"
    r"|client|mailer|esmtp|am|vom|den|bis|seit|ab|on|since|until|date:?|\bv)[ \t/(:]{1,3}$",
    re.IGNORECASE,
)

_KIND_OF_REPLY = r"[245](?:[0-5]\d|7\d)"
_REPLY_WITH_STATUS = re.compile(
    r"(?<![\w.])([245](?:[0-5]\d|7\d))[ \t]{0,4}[-/_:;#(\[<'\" \t]{0,3}(?=([245]\.[0-7]\.\d{1,3})(?!\d|\.\d))"
)
# A reply where one may stand: at the start of a line, after `:` or `;`, `said:`, `<<<`, or in brackets.
_REPLY_IN_PLACE = re.compile(
    rf"(?:^|(?<!\d):|[;>(\[\"'<|]|<<<|\.\.\.)[ \t]{{0,4}}({_KIND_OF_REPLY})"
    r"(?=[ \t-]{0,2}[^\d\s.%/:,-]|[ \t]*$|[ \t]*[)\],;:'\"])",
    re.MULTILINE,
)
_REPLY_NAMED = re.compile(
    rf"(?:smtp|error|code|status|reply|response|fehler|fehlercode|antwort|erreur|returned|said|answered|dsn)"
    rf"[ \t]?(?:code|reply|error|was|is|nummer|number)?[ \t]?[:=#(;]?[ \t]?[\"'#]?({_KIND_OF_REPLY})"
    r"(?![\w.]{0,8}\d)",
    re.IGNORECASE,
)
_REPLY_LOOSE = re.compile(
    rf"(?<![\w.,/:-])({_KIND_OF_REPLY})(?=[ \t-][ \t]?['\"]?[^\W\d_]|-?[ \t]?<|[ \t]?$)"
)
_ANY_REPLY = re.compile(_KIND_OF_REPLY)
_UNIT = re.compile(
    r"[ \t-]{1,2}(?:bytes?|[kmg]i?b|kbytes?|messages|mails|e-?mails|recipients|seconds?|secs?|minutes?"
    r"|min|hours?"
    r"|days?|lines|users|mailboxes|characters?|chars?|times|attempts?|connections|per|of|and|or|more"
    r"|stunden|tage"
    r"|minuten|sekunden|zeichen|empf|nachrichten|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b",
    re.IGNORECASE,
)


def find_status(text: str) -> str | None:
    """Give the enhanced status code that a text names, never an IP address, a version or a date.

    A code right after its reply counts most, then one in brackets or after `#`, then any other; among
    those of one rank the first that says more than x.0.0. A failure counts before a success.
    """
    text = text[:LONGEST_TEXT]
    if _ANY_STATUS.search(text) is None:
        return None
    after_reply = [match[2] for match in _STATUS_AFTER_REPLY.finditer(text)]
    for code in after_reply:
        if code[0] != "2" and not code.endswith(".0.0"):
            return code
    marked = [match[1] for match in _STATUS_MARKED.finditer(text) if not _is_version(text, match.start(1))]
    plain = [match[0] for match in _STATUS.finditer(text) if not _is_version(text, match.start())]
    found = [*after_reply, *marked, *plain]
    return min(found, key=lambda code: (code[0] == "2", code.endswith(".0.0")), default=None)


def find_reply_code(text: str) -> int | None:
    """Give the SMTP reply code that a text names: a refusal before a success.

    One right before its enhanced status counts most; but `554 5.0.0`, which mailers put around the reply of
    another server, counts least.
    """
    text = text[:LONGEST_TEXT]
    if _ANY_REPLY.search(text) is None:
        return None
    found: list[int] = []
    vague: list[int] = []
    for match in _REPLY_WITH_STATUS.finditer(text):
        if match[1][0] == match[2][0]:
            (vague if match[2].endswith(".0.0") else found).append(int(match[1]))
    for pattern in (_REPLY_IN_PLACE, _REPLY_NAMED, _REPLY_LOOSE):
        for code in found:
            if code >= 400:
                return code
        for match in pattern.finditer(text):
            # Where a reply stands in its place, `550 user unknown` is no number of users.
            if pattern is _REPLY_IN_PLACE or not _UNIT.match(text, match.end(1)):
                found.append(int(match[1]))
    found.extend(vague)
    return next((code for code in found if code >= 400), found[0] if found else None)


def _is_version(text: str, start: int) -> bool:
    return _NOT_A_STATUS_AFTER.search(text[max(0, start - 12) : start]) is not None
