"""Judges what a report says, recipient by recipient, and keeps the line that it rests on."""

from collections.abc import Sequence
from typing import Final, cast

from mgtui.bounce.model import Classification, Evidence, Kind, RecipientVerdict
from mgtui.bounce.reasons import COMPLAINTS, Judgement, Tables, default_tables, judge, tables_with
from mgtui.report import Line, RecipientReport, Report, read_report

#: Fields that say no reason: those of a report that name a recipient or a code, and the quoted subject.
_NO_DIAGNOSIS: Final = frozenset(
    (
        *("final-recipient", "original-recipient", "action", "x-failed-recipients"),
        *("subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp", "temat", "тема"),
        *("件名", "主题", "主旨", "主題", "제목", "ämne", "emne", "aihe", "předmět", "tárgy", "konu"),
    )
)
#: Recipients up to which the prose is searched for each of them.
_FEW: Final = 20
_FAILURES: Final = ("bounce", "delayed")


def understand(raw: bytes, site: str = "") -> Classification:
    """Say what a mail is, and for whom; answers any bytes, opens nothing.

    `site` is an operator's own table in TOML, which speaks first. Raises TablesError where that is wrong.
    """
    return classify(read_report(raw), tables_with(site) if site else default_tables())


def classify(report: Report, tables: Tables) -> Classification:
    """Judge a report with these tables."""
    verdicts: tuple[RecipientVerdict, ...]
    if report.kind_hint in _FAILURES:
        verdicts = tuple(_verdict(report, recipient, tables) for recipient in report.recipients)
    else:
        reason = _complaint(report.hint_lines) if report.kind_hint == "complaint" else ""
        verdicts = tuple(_mention(recipient, reason) for recipient in report.recipients)
    return Classification(
        kind=cast(Kind, report.kind_hint),
        headers=report.headers,
        recipients=verdicts,
        evidence=_evidence_of_kind(report),
        original=report.original,
        attachments=len(report.attachments),
        findings=report.findings,
        new_address=report.new_address,
        returns_on=report.returns_on,
    )


def _evidence_of_kind(report: Report) -> tuple[Evidence, ...]:
    """Give the lines that the kind rests on; where the reader names none, the first of a recipient."""
    lines = report.hint_lines or next((r.lines[:1] for r in report.recipients if r.lines), ())
    return tuple(Evidence(report.reader, "", line.number, line.text.strip()) for line in lines)


def _complaint(lines: Sequence[Line]) -> str:
    """Give what a feedback loop reports, where it says so: Feedback-Type (RFC 5965 section 3.1) in our spelling."""
    for line in lines:
        name, _, value = line.text.partition(":")
        said = value.strip().lower().replace("-", "_")
        if name.strip().lower() == "feedback-type" and said in COMPLAINTS:
            return said
    return ""


def _mention(recipient: RecipientReport, reason: str) -> RecipientVerdict:
    """Name somebody for whom nothing failed: who complains, replies, or has received."""
    return RecipientVerdict(
        recipient=recipient.final_recipient,
        original_recipient=recipient.original_recipient,
        status=recipient.status,
        reply_code=recipient.reply_code,
        diagnostic=recipient.diagnostic_code,
        remote_mta=recipient.remote_mta,
        reason=reason,
        severity="undetermined",
        evidence=_lines_of(recipient)[:1],
    )


def _verdict(report: Report, recipient: RecipientReport, tables: Tables) -> RecipientVerdict:
    judgement = _judge(report, recipient, tables)
    severity = judgement.severity
    if severity == "hard" and (report.kind_hint == "delayed" or recipient.dsn_action == "delayed"):
        severity = "soft"  # the mail is still on its way to this one, though it may have failed for another
    return RecipientVerdict(
        recipient=recipient.final_recipient,
        original_recipient=recipient.original_recipient,
        status=recipient.status,
        reply_code=recipient.reply_code,
        diagnostic=recipient.diagnostic_code,
        remote_mta=recipient.remote_mta,
        reason=judgement.reason,
        severity=severity,
        evidence=_evidence(recipient, judgement),
    )


def _judge(report: Report, recipient: RecipientReport, tables: Tables) -> Judgement:
    """Judge the diagnosis; where no phrase of it speaks, the prose that the report wrote for people."""
    hint = " ".join(filter(None, (recipient.remote_mta, _domain(recipient), report.reporting_mta)))
    others = _others(report, recipient) if len(report.recipients) > 1 else ()
    said = _without_others(recipient, recipient.lines, others) if others else recipient.lines
    lines = [line for line in said if recipient.diagnostic_code and not _is_name_only(line)]
    gave_up = report.kind_hint == "bounce" and recipient.dsn_action != "delayed"

    def ask(text_lines: Sequence[Line]) -> Judgement:
        return judge(
            tables,
            text_lines=text_lines,
            status=recipient.status,
            reply_code=recipient.reply_code,
            provider_hint=hint,
            gave_up=gave_up,
        )

    first = ask(lines)
    if first.line is not None or first.severity == "hard":
        return first
    prose = _prose_for(report, recipient)
    second = ask(_without_others(recipient, prose, others) if others else prose)
    return second if second.line is not None else first


def _others(report: Report, recipient: RecipientReport) -> tuple[str, ...]:
    """Give the addresses of other recipients, lower case, where there are few; not of those who share the diagnosis."""
    if len(report.recipients) > _FEW:
        return ()
    own = {recipient.final_recipient, recipient.original_recipient}
    lines = set(recipient.lines)
    others = [one for one in report.recipients if lines.isdisjoint(one.lines)]
    names = [name for one in others for name in (one.final_recipient, one.original_recipient)]
    return tuple([name.lower() for name in names if name and "@" in name and name not in own])


def _without_others(
    recipient: RecipientReport, lines: Sequence[Line], others: tuple[str, ...]
) -> Sequence[Line]:
    """Leave out what is said of somebody else: the lines from his name on, to this one's own."""
    own = _names(recipient)
    kept: list[Line] = []
    inside = True
    for line in lines:
        text = line.text.lower()
        if any(name in text for name in own):
            inside = True
        elif "@" in text and any(name in text for name in others):
            inside = False
        if inside:
            kept.append(line)
    return kept


def _names(recipient: RecipientReport) -> set[str]:
    return {name.lower() for name in (recipient.final_recipient, recipient.original_recipient) if name}


def _is_name_only(line: Line) -> bool:
    return line.text.replace("：", ":").partition(":")[0].strip().lower() in _NO_DIAGNOSIS


def _domain(recipient: RecipientReport) -> str:
    return (recipient.final_recipient or "").rpartition("@")[2]


def _prose_for(report: Report, recipient: RecipientReport) -> list[Line]:
    """Choose the prose that speaks of this recipient: all of it where it is the only one, else its paragraph."""
    if len(report.recipients) == 1:
        return [line for line in report.notice[:150] if not _is_name_only(line)]
    if len(report.recipients) > _FEW:
        return []
    names = _names(recipient)
    chosen: list[Line] = []
    inside = False
    for line in report.notice[:200]:
        if not line.text.strip():
            inside = False
        elif any(name in line.text.lower() for name in names):
            inside = True
        if inside:
            chosen.append(line)
    return chosen[:60]


def _line_with_code(recipient: RecipientReport) -> Line | None:
    codes = [code for code in (recipient.status, str(recipient.reply_code or "")) if code]
    return next((line for code in codes for line in recipient.lines if code in line.text), None)


def _lines_of(recipient: RecipientReport) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(recipient.reader, "", line.number, line.text.strip()) for line in recipient.lines[:3]
    )


def _evidence(recipient: RecipientReport, judgement: Judgement) -> tuple[Evidence, ...]:
    """Give who spoke and where: the table entry's line first, then where the recipient was read."""
    line = judgement.line or _line_with_code(recipient) or next(iter(recipient.lines), None)
    if line is None:
        return (Evidence(recipient.reader, judgement.entry, None, ""),)
    first = Evidence(recipient.reader, judgement.entry, line.number, line.text.strip())
    return (first, *(e for e in _lines_of(recipient) if e.line != line.number))
