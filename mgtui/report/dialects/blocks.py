"""Cuts prose into one block for each failed recipient, and makes a report of each."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from mgtui.report.addresses import clean_address
from mgtui.report.codes import find_reply_code, find_status
from mgtui.report.contacts import is_contact
from mgtui.report.dialects.prose import Prose
from mgtui.report.lazy import LazyPattern, has_one
from mgtui.report.model import Line, RecipientReport
from mgtui.report.parsed import ReadByDialect
from mgtui.report.phrases import COMPLETE, FAILED, FAILURE_SUBJECT, SUCCEEDED

#: Characters kept of a diagnosis, and lines kept as evidence.
LONGEST_DIAGNOSIS = 1500
MOST_LINES = 12
#: Recipients read out of one mail.
MOST_RECIPIENTS = 1000

_HOST = r"(?P<{}>[a-z0-9][\w.-]{{0,250}}[\w])"
_REMOTE = re.compile(
    "|".join(
        (
            rf"\bhost:?\s{{1,8}}{_HOST.format('host')}\.?\s?(?=[\[(]|said|$|:|\s)",
            rf"\bwhile talking to {_HOST.format('talking')}",
            rf"\bby {_HOST.format('google')}\.?\s\[",
            rf"\b(?:remote|rejecting|smtp) server:?\s?(?:at\s)?[<(\"']{{0,2}}{_HOST.format('server')}[>)\"']{{0,2}}",
            rf"\bconnected to {_HOST.format('connected')} but",
            rf"^{_HOST.format('qmail')} (?:does not like|failed after|refused)",
            rf"\bremote-mta:\s{{0,8}}(?:dns;\s?)?<?{_HOST.format('field')}",
            rf"\bmailer {_HOST.format('lsmtp')} said",
            rf"\bconnect to {_HOST.format('postfix')}\[",
        )
    ),
    re.IGNORECASE,
)
#: One of these is in every line that names a host.
_HOST_WORDS = (
    *(
        "host",
        "talking to",
        " by ",
        "by ",
        "server",
        "connected to",
        "does not like",
        "failed after",
        "refused",
    ),
    *("remote-mta", "mailer ", "connect to"),
)
_DELAY = LazyPattern(
    r"has not yet been delivered|(?:hasn't|has not) been delivered yet|(?:placed|put) on hold"
    r"|not yet been (?:delivered|sent)|warning (?:message )?only|has been delayed"
    r"|delivery attempts will continue|will (?:continue to|keep on?) (?:try|attempt|retry)|will be retried"
    r"|still being retried|still trying to deliver|has been postponed|just a warning|advisory-only"
    r"|delivery is delayed|is delayed|delivery delayed|do not need to resend|temporarily delayed"
    r"|noch nicht (?:zugestellt|ausgeliefert)|verz(?:ö|oe)gert|weitere zustellversuche|n'a pas encore été"
    r"|a été retardé|aún no se ha|retrasad|ainda não foi|non è ancora stat|in ritardo"
    r"|nog niet (?:bezorgd|afgeleverd)"
    r"|jeszcze nie|nie zosta\w{1,2} jeszcze|opóźnion|ещ[её] не (?:было )?доставлен|задерж|遅延|延迟",
)
#: What the subject of a warning says, in lower case.
_DELAY_SUBJECT = LazyPattern(
    r"delayed (?:mail|message|delivery)|verzögerte (?:mail|nachricht|zustellung)|(?:mail|message"
    r"|delivery)\b.{0,40}\bdelayed|\(delay(?:ed)?\)"
    r"|still being retried"
    r"|delivery delay|warning: (?:message|could not (?:send|deliver))|(?:nachricht|zustellung"
    r"|mail)\b.{0,40}verzögert"
    r"|zustellungsverzögerung|remise (?:différée|retardée)|retard de (?:remise|livraison)"
    r"|entrega (?:retrasada|demorada|atrasada)"
    r"|consegna ritardata|ritardo (?:nella|di) consegna|vertraagde|bezorging (?:is )?vertraagd|opóźnien"
    r"|задерж|配信の遅延|遅延|延迟|延遲"
)
_GIVEN_UP = LazyPattern(
    r"given up|giving up|permanent (?:error|failure|fatal)|failed permanently|has failed"
    r"|too long in the queue"
    r"|in the queue too long|could not be delivered to|endgültig",
)


@dataclass(slots=True)
class Block:
    """A failed recipient as the prose names it, and the lines said about it."""

    address: str
    head: Line
    said: list[Line] = field(default_factory=list)
    original: str | None = None


#: Tells whether a line names a recipient: the address and what the line says after it.
Head = Callable[[str], tuple[str, str] | None]


def split_blocks(lines: Sequence[Line], head: Head) -> list[Block]:
    """Cut lines into blocks: each begins where `head` finds an address and runs up to the next."""
    blocks: list[Block] = []
    for index, line in enumerate(lines):
        found = head(line.text)
        if found and not is_contact(lines, index, found[0]):
            if len(blocks) >= MOST_RECIPIENTS:
                break
            blocks.append(Block(found[0], line, [Line(line.number, found[1])] if found[1] else []))
        elif blocks and line.text.strip():
            blocks[-1].said.append(line)
    return blocks


def recipient(
    reader: str,
    address: str | None,
    said: Sequence[Line],
    *,
    head: Line | None = None,
    original: str | None = None,
    dsn_action: str = "failed",
    remote_mta: str | None = None,
) -> RecipientReport:
    """Make the report of one recipient out of what was said about it."""
    diagnosis = join(said)
    evidence = [head, *said] if head else list(said)
    return RecipientReport(
        final_recipient=address,
        original_recipient=original if original != address else None,
        dsn_action=dsn_action,
        status=find_status(diagnosis),
        reply_code=find_reply_code(diagnosis),
        diagnostic_code=diagnosis,
        remote_mta=remote_mta or find_remote_mta(said),
        reader=reader,
        lines=unique_lines(evidence),
    )


def from_blocks(
    reader: str, blocks: Iterable[Block], prose: Prose, delayed: bool | None = None
) -> ReadByDialect | None:
    """Make a reading of blocks, None where there is none; a warning is told from a failure by its words."""
    blocks = list(blocks)
    if delayed is None and is_success(prose):
        found = [recipient(reader, b.address, b.said, head=b.head, dsn_action="delivered") for b in blocks]
        return ReadByDialect(reader, "delivered", merge(found)) if found else None
    late = is_delay(prose) if delayed is None else delayed
    # Addresses that follow each other share what is said below the last of them.
    for block, after in zip(blocks[-2::-1], blocks[:0:-1], strict=True):
        block.said = block.said or after.said
    action = "delayed" if late else "failed"
    found = [
        recipient(
            reader, block.address, block.said, head=block.head, original=block.original, dsn_action=action
        )
        for block in blocks
    ]
    return reading(reader, found, late)


def reading(
    reader: str, found: Iterable[RecipientReport], delayed: bool = False, hints: Sequence[Line] = ()
) -> ReadByDialect | None:
    """Bind recipients to a reading, merged by address; None without any."""
    recipients = merge(found)
    kind = "delayed" if delayed else "bounce"
    seen = hints or (recipients[0].lines if recipients else ())
    return ReadByDialect(reader, kind, recipients, tuple(seen[:1])) if recipients else None


def merge(found: Iterable[RecipientReport]) -> tuple[RecipientReport, ...]:
    """Make one report of those that name one address, the first leading, later ones filling in."""
    merged: dict[str, RecipientReport] = {}
    for report in found:
        key = (report.final_recipient or "").lower()
        known = merged.get(key)
        merged[key] = _filled(known, report) if known else report
    return tuple(merged.values())


def _filled(known: RecipientReport, later: RecipientReport) -> RecipientReport:
    if later.diagnostic_code in known.diagnostic_code:
        return known
    return known._replace(
        original_recipient=known.original_recipient or later.original_recipient,
        status=known.status or later.status,
        reply_code=known.reply_code or later.reply_code,
        diagnostic_code=f"{known.diagnostic_code} {later.diagnostic_code}".strip()[:LONGEST_DIAGNOSIS],
        remote_mta=known.remote_mta or later.remote_mta,
        lines=unique_lines((*known.lines, *later.lines)),
    )


def join(said: Iterable[Line]) -> str:
    """Give lines as one text."""
    return " ".join(part for line in said if (part := line.text.strip()))[:LONGEST_DIAGNOSIS]


def unique_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Give the first lines of an evidence, each raw line once."""
    kept: dict[int, Line] = {}
    for line in lines:
        kept.setdefault(line.number, line)
        if len(kept) >= MOST_LINES:
            break
    return tuple(kept.values())


def find_remote_mta(said: Iterable[Line]) -> str | None:
    """Give the host that refused, where the words name it."""
    for count, line in enumerate(said):
        if count >= MOST_LINES:
            break
        text = line.text[:500].strip()
        lowered = text.lower()
        if not has_one(_HOST_WORDS, lowered):
            continue
        for match in _REMOTE.finditer(text):
            name = match[match.lastgroup or 0]
            if "." in name:
                return name.rstrip(".")
    return None


def is_delay(prose: Prose) -> bool:
    """Tell a warning about a mail still under way from a failure."""
    words, subject = prose.folded[:6000], prose.subject[:300].lower()
    if _DELAY_SUBJECT.search(subject):
        return not _GIVEN_UP.search(words)
    if FAILURE_SUBJECT.match(subject):
        return False  # what the far side says of a delay is the cause of a failure now
    return bool(_DELAY.search(words)) and not _GIVEN_UP.search(words)


def is_success(prose: Prose) -> bool:
    """Tell a report that everything went well: it says so before anything else, and no code of a refusal."""
    near = prose.folded[:600]
    if SUCCEEDED.search(near) is None and COMPLETE.search(near) is None:
        return False
    words = prose.folded[:6000].replace("delivery notification", "")
    return FAILED.search(words) is None and not is_delay(prose)


def sole_address(text: str) -> str | None:
    """Give the address of a line that holds nothing else but brackets and punctuation."""
    text = text.strip()
    if not 2 < len(text) <= 330 or "@" not in text:
        return None
    bare = text.strip("<>\"':;,*•·- \t[]()")
    address = clean_address(bare)
    return address if address and address == bare else None


def lists_others(prose: Prose, address: str) -> bool:
    """Tell a list of recipients, one a line, from a notice of which a sentence names the only one."""
    own = {known.lower() for known in (*prose.headers.sender, *prose.headers.addressees, address)}
    alone = (sole_address(line.text) for line in prose.lines[:200] if line.text.rstrip().endswith(":"))
    return any(found.lower() not in own for found in alone if found)
