"""Challenges: a machine asks the sender to prove that he is a person before it delivers."""

import re
from typing import Final

from mgtui.report.lazy import LazyPattern
from mgtui.report.look import Look
from mgtui.report.model import Line, RecipientReport
from mgtui.report.parsed import ParsedMail, ReadByDialect

READER: Final = "challenge"
_FIELDS: Final = (
    "x-tmda-fingerprint",
    "x-askversion",
    "x-spamarrest-id",
    "x-boxbe",
    "x-qconfirm",
    "x-challenge",
    "x-active-spam-killer",
    "x-vadesecure-challenge",
    "x-mailinblack",
    "x-uol-antispam",
    "x-bluebottle-request",
)
#: A subject without any of these asks for nothing.
_HINTS: Final = (
    *(
        "confirm",
        "verif",
        "spam",
        "boxbe",
        "tmda",
        "mailinblack",
        "sendio",
        "choicemail",
        "bluebottle",
        "qurb",
    ),
    *("vade", "requi", "await", "bestätig", "authenti", "authori"),
)
_SUBJECT: Final = LazyPattern(
    r"please confirm your (?:message|e-?mail)|confirm(?:ation)? (?:required|requested|needed"
    r"|your message|of your message|that you)|verif(?:y|ication) (?:your (?:message|e-?mail"
    r"|address)|required|request)"
    r"|\[?(?:spam ?arrest|boxbe|tmda|mailinblack|sendio|uol antispam|choicemail|0spam|bluebottle"
    r"|qurb|knowspam|earthlink spamblocker|vade)\b"
    r"|response required|authorization required|authentication requi|your (?:message"
    r"|e-?mail).{0,40}(?:requires? (?:confirmation|verification)|awaits? (?:confirmation"
    r"|verification|your))"
    r"|message verification|sender verif|verify (?:that )?you|action required to deliver"
    r"|bitte bestätigen sie ihre (?:nachricht|e-?mail)|absenderbestätigung"
    r"|demande d'authentification|confirmez votre"
    r"|antispam uol|confirme (?:sua|seu|su)",
    re.I,
)
_BODY: Final = LazyPattern(
    r"challenge[/ -]response|(?:click|visit|follow|press).{0,80}(?:to (?:have|get|allow"
    r"|authenticate|verify|confirm|release|complete|deliver).{0,60}(?:message|e-?mail|mail|deliver"
    r"|yourself|sender)|link.{0,40}(?:deliver|confirm|verif))"
    r"|(?:simply|just|please) (?:reply|respond) to this (?:message|e-?mail|mail).{0,120}(?:confirm"
    r"|deliver|release|authenticate)|to (?:confirm|prove|verify) that (?:you|this"
    r"|your).{0,60}(?:human|person|not spam|sent|legitimate|real)"
    r"|(?:held|quarantine|pending|waiting).{0,80}until (?:you|i|we) (?:confirm|verify|receive"
    r"|reply)|before (?:your|the) (?:message|e-?mail) (?:can|will) be delivered.{0,60}(?:confirm"
    r"|verify)"
    r"|approved senders? list|you are not (?:yet )?(?:on|in) (?:my|his|her|their|the) (?:approved"
    r"|allowed|whitelist|guest)|one-time (?:verification|confirmation)|anti-?spam.{0,40}(?:clique"
    r"|confirm)"
    r"|(?:is|are) (?:being )?held.{0,80}(?:not (?:been |yet )*verified|(?:confirm|verif))"
    r"|(?:zurückgehalten|angehalten|in quarantäne).{0,80}bestätig"
    r"|bestätigen sie.{0,40}(?:mensch|kein (?:roboter|spam))"
    r"|bestätigen sie.{0,80}(?:absender|nachricht|zustell)|authentifi(?:er|ez).{0,80}(?:message|mail)",
    re.I | re.S,
)


def read_challenge(mail: ParsedMail, look: Look) -> ReadByDialect | None:
    """Read a request for confirmation; it needs a subject or field of its kind, and words that ask."""
    headers = mail.headers
    by_field = any(name in _FIELDS for name, _ in headers.raw)
    by_subject = (
        any(hint in look.subject for hint in _HINTS) and _SUBJECT.search(look.subject[:300]) is not None
    )
    if not (by_field or by_subject or look.structured or look.null_sender):
        return None
    if look.is_human and not by_field:
        return None
    if mail.status_lines and not (by_field or by_subject):
        return None
    text = " ".join(line.text for line in mail.notice[:40])[:4000]
    if not (by_field or by_subject or "challenge" in text.lower()):
        return None
    body = _BODY.search(text)
    if body is None:
        return None
    line = _line_of(mail, body)
    sender = headers.sender[:1]
    recipients = tuple(
        RecipientReport(address, reader=READER, lines=(line,) if line else ()) for address in sender
    )
    return ReadByDialect(READER, "challenge", recipients, (line,) if line else ())


def _line_of(mail: ParsedMail, match: re.Match[str]) -> Line | None:
    at = 0
    for line in mail.notice[:40]:
        at += len(line.text) + 1
        if at > match.start():
            return line
    return None
