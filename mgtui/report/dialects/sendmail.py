"""Sendmail: lists of addresses under dashed titles, and the transcript of the session (RFC 5321 replies)."""

import re
from dataclasses import dataclass, field

from mgtui.report.addresses import clean_address, find_addresses
from mgtui.report.codes import find_reply_code
from mgtui.report.contacts import is_contact
from mgtui.report.dialects.blocks import merge, recipient
from mgtui.report.dialects.prose import Prose
from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Line, RecipientReport
from mgtui.report.parsed import ReadByDialect

READER = "sendmail"

_TITLE = LazyPattern(r"\s{0,8}-{3,8}\s?(?P<title>[A-Za-z][^-]{3,90}?)\s?-{3,8}\s{0,8}$")
_LIST = LazyPattern(
    r"the following addresses? (?:had|have|has) (?P<how>permanent|transient|delivery|fatal|successful"
    r"|been|\w+)"
    r"|failed addresses|die folgenden adressen",
    re.IGNORECASE,
)
_TRANSCRIPT = LazyPattern(r"transcript of session|session transcript|error log", re.IGNORECASE)
_TALKING = LazyPattern(r"(?:\.{3} )?while talking to (?P<host>[\w.-]{1,255})", re.IGNORECASE)
_COMMAND = LazyPattern(r">>> (?P<text>.{0,600})")
_ANSWER = LazyPattern(r"<<< (?P<text>.{0,600})")
# A line of the transcript that names the address it speaks of: `550 5.1.1 <a@b>... User unknown`.
_NAMED = LazyPattern(
    r"(?:(?P<code>[2-5]\d\d)[- ](?:[245]\.\d{1,3}\.\d{1,3} )?)?"
    r"(?P<address><[^<>]{1,320}>|[^\s<>]{1,320})\.\.\. ?(?P<text>.*)"
)
_CODED = LazyPattern(r"[45]\d\d[- ].{3}")
_NOTE = LazyPattern(
    r"\s{1,20}\((?P<kind>reason|expanded from|generated from|unrecoverable error|delivered to"
    r"|still [^:()]{1,40})"
    r"(?:: ?(?P<text>.*?))?\)?\s{0,20}$",
    re.IGNORECASE,
)
# QUIRK: a user of the host itself is listed by his bare name: `anna`, `(expanded from: <anna@host>)`.
_LOCAL_NAME = LazyPattern(r"\\?([\w.+-]{1,64})\s{0,8}$")
# QUIRK: McAfee and X1 say the reason after the address: `<a@b>   (Unknown user a)`, `a@b [User unknown]`.
_REMARK = LazyPattern(r"[>\w] {1,8}[(\[](?P<text>[^()\[\]]{3,300})[)\]]\s{0,20}$")
_WARNING = LazyPattern(
    r"warning:|could not send message for|will keep trying|do not need to resend", re.IGNORECASE
)


@dataclass(slots=True)
class _Failed:
    """A recipient as the parts of the notice speak of it."""

    address: str
    head: Line
    original: str | None = None
    said: list[Line] = field(default_factory=list)
    remote_mta: str | None = None


@dataclass(slots=True)
class _Session:
    """Where the transcript stands."""

    host: str | None = None
    command: str = ""
    common: list[Line] = field(default_factory=list)  #: answers that name nobody
    answers: list[Line] = field(default_factory=list)  #: since the last line that named somebody


def read_sendmail(prose: Prose) -> ReadByDialect | None:
    """Read notices of Sendmail 5 to 8 and of what copied their form."""
    sections = _sections(prose.lines)
    if not any(_LIST.match(title) or _TRANSCRIPT.match(title) for title, _ in sections):
        return None
    failed: dict[str, _Failed] = {}
    session = _Session()
    successful = False
    delayed = not any(_LIST.match(title) for title, _ in sections)
    for title, lines in sections:
        listed = _LIST.match(title)
        if listed:
            how = (listed["how"] or "").lower()
            delayed |= how == "transient"
            successful |= how == "successful"
            _read_list(lines, failed)
        elif _TRANSCRIPT.match(title):
            _read_transcript(lines, failed, session)
    delayed = delayed and bool(_WARNING.search(prose.subject + " " + prose.folded[:4000]))
    action = "delivered" if successful else "delayed" if delayed else "failed"
    recipients = merge(_report(one, session, len(failed), action) for one in failed.values())
    return (
        ReadByDialect(READER, "bounce" if action == "failed" else action, recipients) if recipients else None
    )


def _sections(lines: tuple[Line, ...]) -> list[tuple[str, list[Line]]]:
    sections: list[tuple[str, list[Line]]] = []
    for line in lines:
        match = _TITLE.match(line.text)
        if match:
            sections.append((match["title"], []))
        elif sections and line.text.strip():
            sections[-1][1].append(line)
    return sections


def _read_list(lines: list[Line], failed: dict[str, _Failed]) -> None:
    current: _Failed | None = None
    for at, line in enumerate(lines):
        note = _NOTE.match(line.text)
        if note and current:
            _take_note(current, note, line)
            continue
        address = _listed_address(line.text) or _expanded_name(lines[at : at + 4])
        if address and not is_contact(lines, at, address):
            current = failed.setdefault(address.lower(), _Failed(address, line))
            if remark := _REMARK.search(line.text):
                current.said.append(Line(line.number, remark["text"]))
        elif current:
            current.said.append(line)


def _expanded_name(lines: list[Line]) -> str | None:
    """Give a name of the reporting host itself, where the address that it was expanded from stands below."""
    name = _LOCAL_NAME.match(lines[0].text)
    notes = [note for line in lines[1:] if (note := _NOTE.match(line.text))] if name else []
    known = any("from" in note["kind"].lower() and "@" in (note["text"] or "") for note in notes)
    return name[1] if name and known else None


def _take_note(current: _Failed, note: re.Match[str], line: Line) -> None:
    text = note["text"] or ""
    if "from" in note["kind"].lower():
        current.original = clean_address(text)
    else:
        current.said.append(Line(line.number, text or note["kind"]))


def _listed_address(text: str) -> str | None:
    # QUIRK: `"|/usr/bin/program"` stands for the address when a pipe failed; `(expanded from:` then names it.
    # QUIRK: Active!hunter puts `>>> ` before the address.
    text = text.strip().removeprefix(">>> ")
    if text.startswith(('"|', "|", '"/', "/", ":include:")):
        return text.strip('"')
    first = re.split(r"  | \(| \[", text, maxsplit=1)[0]
    found = find_addresses(first)
    if found and len(first) <= 330 and " " not in first.replace(found[0], "").strip():
        return found[0]
    if found and first.endswith(f"<{found[-1]}>"):
        return found[-1]
    return clean_address(text) if text.startswith("<") and text.endswith(">") else None


def _read_transcript(lines: list[Line], failed: dict[str, _Failed], session: _Session) -> None:
    known = bool(failed)
    for line in lines:
        text = line.text.strip()
        if talking := _TALKING.match(text):
            session.host, session.answers = talking["host"].rstrip(".:"), []
        elif command := _COMMAND.match(text):
            session.command, session.answers = command["text"], []
        elif answer := _ANSWER.match(text):
            _take_answer(Line(line.number, answer["text"]), failed, session)
        elif named := _NAMED.match(text):
            _take_named(named, line, failed, session, known)
        elif _CODED.match(text):
            session.common.append(line)


def _take_answer(answer: Line, failed: dict[str, _Failed], session: _Session) -> None:
    session.answers.append(answer)
    addresses = find_addresses(session.command) if session.command[:4].lower() == "rcpt" else ()
    one = failed.get(addresses[0].lower()) if addresses else None
    if one:
        one.said.append(answer)
        one.remote_mta = one.remote_mta or session.host
    elif not addresses and answer.text[:1] in "45":
        session.common.append(answer)


def _take_named(
    named: re.Match[str], line: Line, failed: dict[str, _Failed], session: _Session, known: bool
) -> None:
    address = clean_address(named["address"])
    if not address or ("@" not in address and named["address"][0] != "<" and not known):
        session.common.append(line)
        return
    one = failed.get(address.lower()) or next(
        (other for other in failed.values() if (other.original or "").lower() == address.lower()), None
    )
    if one is None:
        # QUIRK: Sendmail 5 writes no list of addresses; those refused in the transcript are the failed ones.
        if known or (named["code"] or "4")[0] not in "45" or "@" not in address:
            return
        one = failed[address.lower()] = _Failed(address, line)
        one.said.extend(session.answers)
    # QUIRK: `554 <a@b>... 550 Host unknown` holds the reply within the mailer's own code.
    one.said.append(Line(line.number, named["text"]) if _CODED.match(named["text"]) else line)
    one.remote_mta = one.remote_mta or (session.host if session.answers else None)
    session.answers = []


def _report(one: _Failed, session: _Session, count: int, action: str) -> RecipientReport:
    said = one.said
    if session.common and (count == 1 or not said) and not any(_CODED.match(line.text) for line in said):
        said = [*said, *session.common[:8]]
    is_pipe = "@" not in one.address and one.original is not None
    report = recipient(
        READER,
        one.original if is_pipe else one.address,
        said,
        head=one.head,
        original=None if is_pipe else one.original,
        dsn_action=action,
        remote_mta=one.remote_mta or session.host,
    )
    # The reason is what the other server said; what Sendmail makes of it stands after it.
    first = find_reply_code(said[0].text) if said else None
    return report._replace(reply_code=first) if first and first >= 400 else report
