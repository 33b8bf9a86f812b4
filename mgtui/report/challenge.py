"""Challenges: a machine asks the sender to prove that he is a person before it delivers."""

import re
from typing import Final

from mgtui.report.lazy import LazyPattern, has_one
from mgtui.report.look import Look
from mgtui.report.model import Headers, Line, RecipientReport
from mgtui.report.parsed import ParsedMail, ReadByDialect

READER: Final = "challenge"
_FIELDS: Final = frozenset(
    (
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
    *("conferm", "bevestig", "potwierd"),
    *("vade", "requi", "await", "bestätig", "bestaetig", "authenti", "authori"),
)
_SUBJECT: Final = LazyPattern(
    r"please confirm your (?:message|e-?mail(?! add))|please confirm \(conf#|confirm(?:ation)? (?:required"
    r"|requested|needed"
    r"|your message|of your message|that you)|verif(?:y|ication) (?:your (?:message|e-?mail(?! add))"
    r"|required|request)"
    r"|\[?(?:spam ?arrest|boxbe|tmda|mailinblack|sendio|uol antispam|choicemail|0spam|bluebottle"
    r"|qurb|knowspam|earthlink spamblocker|vade)\b"
    r"|response required|authorization required|authentication requi|your (?:message"
    r"|e-?mail).{0,40}(?:requires? (?:confirmation|verification)|awaits? (?:confirmation"
    r"|verification|your))"
    r"|message verification|sender verif|verify (?:that )?you|action required to deliver"
    r"|ihre (?:nachricht|e-?mail|mail)\b(?!-?adr).{0,80}(?:bitte |zu )best(?:ä|ae)tig"
    r"|bitte best(?:ä|ae)tigen sie ihre (?:nachricht|e-?mail(?!-?adr))|absenderbest(?:ä|ae)tigung"
    r"|demande d'authentification|confirmez votre"
    r"|antispam uol|confirme (?:sua|seu|su)"
    r"|(?:message|e-?mail|mail) (?:is )?(?:awaiting|waiting for|pending) (?:your )?(?:confirmation|verification)"
    r"|conferma(?:re)? (?:il (?:tuo|suo) messaggio|la (?:tua|sua) (?:e-?mail|mail)\b(?! add))"
    r"|bevestig (?:uw|je) (?:bericht|e-?mail(?!-?adr))|potwierdź (?:swoją |wysłanie )?(?:wiadomoś|e-?mail\b)",
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
    r"|verif(?:y|ication).{0,60}(?:simply|just|please) reply|verify that you are (?:a|an) "
    r"|so (?:that )?i can receive"
    r"|(?:add|request that).{0,80}(?:allowed senders|guest list|approved|whitelist)"
    r"|list of (?:allowed|approved) senders|(?:mensagem|e-?mail) (?:seja|sera|será) (?:encaminhad"
    r"|entregue).{0,60}cli(?:que|car)"
    r"|(?:release|deliver) (?:your|the|it|this) (?:message|e-?mail|mail)?.{0,60}(?:reply|respond"
    r"|send an (?:empty )?(?:message|e-?mail))"
    r"|(?:zurückgehalten|angehalten|in quarantäne).{0,160}(?:bestätig|klick|freigeben|freizugeben)"
    r"|bestätigen sie.{0,40}(?:mensch|kein (?:roboter|spam))"
    r"|bestätigen sie.{0,80}(?:absender|nachricht|zustell)|authentifi(?:er|ez).{0,80}(?:message|mail)"
    r"|(?:per confermare|conferma(?:re)? di).{0,80}(?:persona|messaggio|clic)"
    r"|clicca.{0,60}link.{0,80}(?:conferm|consegn)"
    r"|klik.{0,60}link.{0,80}(?:bevestig|bezorg)|(?:bevestig|bezorg).{0,80}klik"
    r"|kliknij.{0,80}(?:potwierd|dostarcz)|(?:potwierd|dostarcz).{0,80}kliknij",
    re.I | re.S,
)

#: Words that stand in no other mail.
_CERTAIN: Final = LazyPattern(
    r"challenge[/ -]response|spamblocker|suspect e-?mail|tira-teima|not a spam source"
    r"|real (?:live )?human being"
    r"|only from senders (?:that |whom )?i have (?:already )?approved|my list of approved senders"
    r"|just this once.{0,40}link|(?:message|e-?mail).{0,80}(?:is being held|waiting queue|was waitlisted)"
    r"|junk mail.{0,80}(?:click|link|reply)",
    re.I | re.S,
)
#: A challenge is about a mail that waits; a shop that wants an address confirmed speaks of none.
_OF_A_MAIL: Final = LazyPattern(
    r"(?:your|the|this) (?:recent |original )?(?:e-?mail )?(?:message|e-?mail|mail)s?\b(?! add).{0,160}"
    r"(?:held|hold|deliver|quarantin|pending|wait|queue|releas|redirect|you sent|receiv|requires|inbox"
    r"|sent to|forward|reach)"
    r"|(?:message|e-?mail) you (?:have )?(?:just )?sent|receive your (?:e-?)?mails?|(?:deliver"
    r"|release) (?:it|your|the)"
    r"|ihre (?:nachricht|e-?mail|mail)\b(?!-?adr).{0,160}(?:zurückgehalten|angehalten|quarantäne|zustell"
    r"|zugestellt|wartet)"
    r"|votre (?:message|e-?mail|courriel).{0,160}(?:attente|remis|délivr|destinataire|authenti)"
    r"|sua mensagem|enviou uma mensagem"
    r"|su mensaje|il (?:suo|tuo) messaggio|(?:uw|je) (?:bericht|e-?mail)\b(?!-?adr)|twoja wiadomość",
    re.I | re.S,
)
_NAMES: Final = (
    *("spamarrest", "boxbe", "sendio", "mailinblack"),
    *("choicemail", "bluebottle", "knowspam", "0spam"),
)
_SERVICES: Final = re.compile(rf"@(?:[\w-]{{1,40}}\.){{0,3}}(?:{'|'.join(_NAMES)})\.", re.I)


def _is_from_service(headers: Headers) -> bool:
    """Tell a sender at a service; the fields are taken apart only where one names a service."""
    written = f"{headers.get('from')} {headers.get('sender')} {headers.get('reply-to')}".lower()
    return has_one(_NAMES, written) and any(_SERVICES.search(address) for address in headers.sender)


def read_challenge(mail: ParsedMail, look: Look) -> ReadByDialect | None:
    """Read a request for confirmation; it needs a subject or field of its kind, and words that ask."""
    headers = mail.headers
    by_field = not _FIELDS.isdisjoint(headers.names) or _is_from_service(headers)
    by_subject = has_one(_HINTS, look.subject) and _SUBJECT.search(look.subject[:300]) is not None
    if mail.status_lines and not (by_field or by_subject):
        return None
    automatic = look.null_sender or look.automatic or headers.precedence.lower() in ("bulk", "junk")
    if not (by_field or by_subject or look.structured or automatic):
        return None
    if look.is_human and not (by_field or automatic):
        return None
    text = " ".join(line.text for line in mail.notice[:40])[:4000]
    if not (by_field or by_subject or _CERTAIN.search(text)):
        return None
    body = _BODY.search(text)
    if body is None or not (by_field or _OF_A_MAIL.search(text)):
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
