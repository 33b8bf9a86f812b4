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

#: What doesn't change by waiting, though a server answers with 4xx: a sender that has given up may take it at its word.
LASTING: Final = frozenset(("user_unknown", "host_unknown", "moved"))

#: What a feedback loop reports (RFC 5965 section 7.3, RFC 6591), and what older loops call a wish to hear no more.
COMPLAINTS: Final[tuple[str, ...]] = (
    "abuse",
    "fraud",
    "virus",
    "other",
    "opt_out",
    "opt_out_list",
    "not_spam",
    "auth_failure",
)

#: The command of an SMTP dialogue that was refused; connect is the greeting.
COMMANDS: Final[tuple[str, ...]] = ("connect", "helo", "mail", "rcpt", "data")
