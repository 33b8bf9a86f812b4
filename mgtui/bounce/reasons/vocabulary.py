"""The words a diagnosis is judged in; operators' tables may use these and no others."""

from typing import Final, get_args

from mgtui.bounce.model import Severity

SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)

REASONS: Final[tuple[str, ...]] = (
    "user_unknown",
    "host_unknown",
    "moved",
    "host_accepts_no_mail",
    "mailbox_disabled",
    "mailbox_full",
    "expired",
    "network",
    "system",
    "system_full",
    "rate_limited",
    "mailer",
    "recipient_refused",
    "spam",
    "virus",
    "content",
    "policy",
    "security",
    "authentication",
    "reputation",
    "blocked",
    "reverse_dns",
    "sender_refused",
    "relaying_denied",
    "not_compliant",
    "too_large",
    "tls",
    "syntax",
    "undetermined",
)

#: The command of an SMTP dialogue that was refused; connect is the greeting.
COMMANDS: Final[tuple[str, ...]] = ("connect", "helo", "mail", "rcpt", "data")
