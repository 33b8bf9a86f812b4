"""The grammar of enhanced status codes (RFC 3463) and SMTP replies (RFC 5321, section 4.2) inside prose.

Both are found by their digits in one pass over the text; what stands around them says how much they count.
"""

import re

#: Nothing after this many characters of a text is looked at; a reply is 512 bytes (RFC 5321, 4.5.3.1.5).
LONGEST_TEXT = 8192
# RFC 3463, section 2: class 2, 4 or 5; the registry knows subjects 0 to 7, details up to three digits.
_STATUS = re.compile(r"[245]\.[0-7]\.(?:0|[1-9]\d{0,2})(?!\d|\.\d|@)")
# What stands before a code is asked with the code's place as the end (`\Z`).
# QUIRK: `550-5.1.1`, `550/5.1.1`, `550_5.1.1` and `550#5.1.1` glue the code to the reply.
_REPLY_BEFORE = re.compile(r"(?<!\d)([245])\d\d[ \t]{0,4}(?:[-/_:;#(\[<'\"][ \t]?){0,2}\Z")
_MARK_BEFORE = re.compile(r"(?:#|[(\[<][ \t]?#?|(?:status|dsn|code|smtp)[ \t]?[:=;][ \t]?)\Z", re.IGNORECASE)
# QUIRK: `SMTPD32-5.0.1` is a program; what a reply's hyphen stands before is found by the reply.
_BEGINS = re.compile(r"(?<![\w.@/])(?<![^\W_]-)")
_FRACTION = re.compile(r"/\d")
#: What has versions, sections or dates; `reason 5.1.1` and `spam 5.7.1` end in none of them.
_VERSION_BEFORE = re.compile(
    r"(?<![^\W_])(?:(?:version|vers?\.?|release|rel\.?|build|v|date)[ \t/(:]{1,3}"
    r"|(?:exim|postfix|sendmail|php|mysql|qmail|exchange|agent|client|mailer"
    r"|esmtp|imail|mercury|kerio|merak|courier|argosoft|iplanet|outlook|(?:pro|lite) smtp"
    r"|pro|firmware|kernel|linux|ubuntu|debian|openssl|nt"
    r"|rfc|section|chapter|abschnitt|kapitel|am|vom|den|bis|seit|ab|on|since|until)[ \t/(]{1,3}|§[ \t]?)$"
    r"|(?:server|daemon)[ \t/(]{1,3}$",
    re.IGNORECASE,
)

_REPLY = re.compile(r"[245](?<!\d.)(?:[0-5]\d|7\d)")
_WITH_STATUS = re.compile(
    r"(?<![\w.])(\d)\d\d[ \t]{0,4}[-/_:;#(\[<'\" \t]{0,3}(?=\1(\.[0-7]\.\d{1,3})(?!\d|\.\d))"
)
# A reply stands in its place at the start of a line, after `:` or `;`, `said:`, `<<<`, or in brackets.
_PLACE_BEFORE = re.compile(r"(?:^|(?<!\d):|[;>(\[\"'<|]|\.\.\.)[ \t]{0,4}\Z", re.MULTILINE)
# QUIRK: `550 4.4.7 QUEUE.Expired`, a refusal for good with the status of one for now.
_IN_PLACE = re.compile(
    r"\d\d\d(?:[ \t-]{0,2}[^\d\s.%/:,-]|[ \t]*$|[ \t]*[)\],;:'\"]|[ -][245]\.\d\.\d)", re.MULTILINE
)
_NAME_BEFORE = re.compile(
    r"(?:smtp|error|code|status|reply|response|fehler|fehlercode|antwort|erreur|returned|said|answered|dsn"
    r"|rc|stat)"
    r"[ \t]?(?:code|reply|error|was|is|nummer|number)?[ \t]?[:=#(;-]?[ \t]?[\"'#]?\Z",
    re.IGNORECASE,
)
#: What a number is of that is no reply: `port 550`, `rule #554`, `limit 450`, `$550`.
_OTHER_BEFORE = re.compile(
    r"(?:(?<![^\W_])(?:port|lines?|[ugp]id|rule|page|year|room|suite|bldg|building|ticket|item|rfc|no\.?|nr\.?|max"
    r"|limit|exit|row|took|over|under|than|about|section|chapter|hsn|ext|extension)[ \t]?[:#]?[ \t]?|[$€£§])\Z",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\d\d\d(?![\w.]{0,8}\d)")
# `rc=550` is named; `size=552` is no reply.
_LOOSE = re.compile(r"(?<![\w.,/:=-])\d\d\d(?:[ \t-][ \t]?['\"]?[^\W\d_]|-?[ \t]?<|[ \t]?$)")
_UNIT = re.compile(
    r"[ \t-]{1,2}(?:bytes?|[kmg]i?b|kbytes?|ms|eur|usd|messages|mails|e-?mails|recipients|seconds?|secs?|minutes?"
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
    after_reply: list[str] = []
    marked: list[str] = []
    plain: list[str] = []
    for match in _STATUS.finditer(text):
        code, start = match[0], match.start()
        reply = _REPLY_BEFORE.search(text, max(start - 12, 0), start)
        if reply and reply[1] == code[0]:
            if code[0] != "2" and not code.endswith(".0.0"):
                return code
            after_reply.append(code)
        if _VERSION_BEFORE.search(text[max(start - 12, 0) : start]):
            continue
        if _MARK_BEFORE.search(text, max(start - 12, 0), start):
            marked.append(code)
        if _BEGINS.match(text, start) and not _FRACTION.match(text, match.end()):
            plain.append(code)
    found = [*after_reply, *marked, *plain]
    return min(found, key=lambda code: (code[0] == "2", code.endswith(".0.0")), default=None)


def find_reply_code(text: str) -> int | None:
    """Give the SMTP reply code that a text names: a refusal before a success.

    One right before its enhanced status counts most; but `554 5.0.0`, which mailers put around the reply of
    another server, counts least. Between them come those in a reply's place, those named as one, and others.
    """
    text = text[:LONGEST_TEXT]
    placed: list[int] = []
    named: list[int] = []
    loose: list[int] = []
    vague: list[int] = []
    with_status: list[int] = []
    for match in _REPLY.finditer(text):
        code, start = int(match[0]), match.start()
        if status := _WITH_STATUS.match(text, start):
            if code >= 400 and status[2] != ".0.0":
                return code
            (vague if status[2] == ".0.0" else with_status).append(code)
        if _IN_PLACE.match(text, start) and _PLACE_BEFORE.search(text, max(start - 7, 0), start):
            placed.append(code)
        # Where a reply stands in its place, `550 user unknown` is no number of users.
        if _UNIT.match(text, match.end()):
            continue
        if _NAMED.match(text, start) and _NAME_BEFORE.search(text, max(start - 24, 0), start):
            named.append(code)
        if _LOOSE.match(text, start) and not _OTHER_BEFORE.search(text, max(start - 12, 0), start):
            loose.append(code)
    found = [*with_status, *placed, *named, *loose, *vague]
    return next((code for code in found if code >= 400), found[0] if found else None)
