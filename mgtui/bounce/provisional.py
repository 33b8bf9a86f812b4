"""The narrowest reading that runs: RFC 3464 fields alone. The readers of `mgtui.report` take its place."""

from mgtui.bounce.model import Classification, Evidence, RecipientVerdict, Severity
from mgtui.report import Line, split


def understand(raw: bytes) -> Classification:
    """Read the Final-Recipient and Status fields of a delivery report."""
    mail = split(raw)
    found: list[tuple[str, str | None, Line]] = []
    for line in mail.status_lines:
        name, _, value = line.text.partition(":")
        if name.casefold() == "final-recipient":
            found.append((value.rpartition(";")[2].strip(), None, line))
        elif name.casefold() == "status" and found:
            found[-1] = (found[-1][0], value.strip(), line)
    recipients = tuple(_verdict(*entry) for entry in found)
    return Classification("bounce" if recipients else "ordinary", mail.headers, recipients)


def _verdict(recipient: str, status: str | None, line: Line) -> RecipientVerdict:
    severity: Severity = "undetermined"
    if status and status.startswith("5.1."):
        severity = "hard"
    elif status and status.startswith("4."):
        severity = "soft"
    evidence = (Evidence("RFC 3464", "", line.number, line.text),)
    return RecipientVerdict(recipient, None, status, None, "", None, "undetermined", severity, evidence)
