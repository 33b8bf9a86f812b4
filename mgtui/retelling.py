"""What the log says in fixed words of ours, told in the reader's language.

The log keeps its words for ever. Where one of its texts is a word or a sentence that this program writes, it is
told in the language of whoever reads it; what a person or a mail wrote stays as it is.
"""

import re
from collections.abc import Mapping
from functools import cache

from mgtui.language import N_, _, speaks_as_logged
from mgtui.moments import DAY, day

#: values of the vocabulary that people know under another name
KNOWN_AS: Mapping[str, str] = {
    "auto_reply": N_("auto-reply"),
    "ordinary": N_("letter"),
    "mark": N_("our mark"),
}
#: every word that the program puts into an event as a value, as a person reads it
WORDS = frozenset(
    (
        # kinds of mail
        N_("bounce"), N_("delayed"), N_("delivered"), N_("complaint"), N_("auto-reply"), N_("receipt"),
        N_("challenge"), N_("letter"),
        # severities
        N_("hard"), N_("soft"), N_("refused"), N_("undetermined"),
        # what is wrong with an address, or with our mail
        N_("user unknown"), N_("host unknown"), N_("moved"), N_("host accepts no mail"),
        N_("mailbox disabled"), N_("mailbox full"), N_("expired"), N_("network"), N_("system"),
        N_("system full"), N_("rate limited"), N_("mailer"), N_("recipient refused"), N_("spam"), N_("virus"),
        N_("content"), N_("policy"), N_("security"), N_("authentication"), N_("reputation"), N_("blocked"),
        N_("reverse dns"), N_("sender refused"), N_("relaying denied"), N_("not compliant"), N_("too large"),
        N_("tls"), N_("syntax"),
        # what a feedback loop reports
        N_("abuse"), N_("fraud"), N_("other"), N_("opt out"), N_("opt out list"), N_("not spam"),
        N_("auth failure"),
        # why a person is asked
        N_("no contact"), N_("several contacts"), N_("no recipient"), N_("no address"), N_("internal only"),
        N_("damaged"), N_("unproven"), N_("quarantined"), N_("brake"), N_("no proof"), N_("forged signature"),
        N_("stale signature"),
        # what proves a report, and what becomes of one without proof
        N_("signature"), N_("archive"), N_("our mark"), N_("count"), N_("review"), N_("ignore"),
        # how a contact was found
        N_("original recipient"), N_("final recipient"), N_("addressee of the returned mail"),
        N_("return path"), N_("returned Message-ID"), N_("sender or addressee"),
        # what rules do
        N_("suppress"), N_("remove from list"), N_("restore"), N_("notify"), N_("file"),
        # what a rule saw
        N_("true"), N_("false"), N_("first"), N_("repeated"), N_("none"),
        # states of an item, and where a document came from
        N_("open"), N_("assigned"), N_("dismissed"), N_("released"), N_("dropped"), N_("incoming"),
        N_("outgoing"),
        # the default rules
        N_("bounced invoice"), N_("undetermined bounce"), N_("hard bounce"), N_("third soft bounce"),
        N_("bounce that only counts"), N_("complaint of nobody"), N_("delivery goes on"),
        N_("automatic answer"),
        N_("bounce after a trial"),
    )
)  # fmt: skip
#: every sentence that the program puts into an event, the narrower ones first
SENTENCES = (
    N_("an unnamed recipient"),
    N_("nobody has an unnamed recipient"),
    N_("nobody has {address}"),
    N_("{address} belongs to {contacts}"),
    N_("a {kind} that names no recipient"),
    N_("it came in damaged: {finding}"),
    N_("it concerns {contacts}"),
    N_("every address in it is one of our own"),
    N_("it names neither sender nor addressee"),
    N_("it is always sent and came back: it has to go by post"),
    N_("the report doesn't say what is wrong"),
    N_("the far side asks a person to confirm"),
    N_("a mail came from it"),
    N_("a mail to it was delivered"),
    N_("the returned mail bears our mark"),
    N_("signed on {day} with {key}"),
    N_("the return path was signed for {signed}, not for {address}"),
    N_("the return path was signed on {day}, {days} days ago"),
    N_("this isn't a signed return path"),
    N_("there is no key {key}"),
    N_("the signature isn't ours for any address that is named"),
    N_("the signature isn't ours for {addresses}"),
    N_("no signed return path"),
    N_("the returned Message-ID is of a mail to somebody else"),
    N_("the returned Message-ID isn't in the archive"),
    N_("no mark of ours"),
    N_("there is nothing that could prove it"),
    N_(
        "{bounces} of {of} addresses at {name} bounced in a day: "
        "the fault may be ours or theirs, so decisions wait"
    ),
    N_(
        "{bounces} of {of} bounces at once name {name}, and bounced in a day: "
        "the fault may be ours or theirs, so decisions wait"
    ),
    N_(
        "{bounces} of {of} addresses in all bounced in a day: "
        "the fault may be ours or theirs, so decisions wait"
    ),
    # what a rule saw
    N_("provider {provider}"),
    N_("category {category}"),
    N_("always send {always}"),
    N_("list {list}"),
    N_("occurrence {occurrence}"),
    N_("{number} {severity} bounces within {days} days"),
    N_("{severity} ({reason}, {status})"),
    N_("{severity} ({reason})"),
    N_("{actor} took it back"),
    # taking back
    N_("there is no event {event}"),
    N_("event {event} can't be taken back: it is erased, or not about a mail or a contact"),
    N_("{event} was taken back by {other} and done again by {third}; undo that one"),
    N_("{event} was taken back by {other}"),
    N_("{event} has no effect that stands and could be taken back"),
    N_("{event} came after {other} and depends on it; undo that first"),
    N_("what {event} took back is erased"),
    # may it be sent?
    N_("nothing speaks against it"),
    N_("{category} is always sent; else {why}"),
    N_("suppressed until {until} by rule {rule}: {why}"),
    N_("suppressed by rule {rule}: {why}"),
    N_("on trial: its one mail went out on {day}; if nothing bounces, more from {over} on"),
    N_("its trial mail of {day} didn't bounce"),
    N_("on trial since {day}: one mail may go, the next bounce suppresses it again"),
    # a mail that can't be read
    N_("DeadlyMail: the program ended {times} times while it read this mail"),
    # what was damaged in a mail
    N_("lines end in CR CR LF"),
    N_("lines end in a bare CR"),
    N_("NULs among the text"),
    N_("the end of a damaged mail is left out"),
    N_("blank lines before the header"),
    N_("the header ends without a blank line"),
    N_("multiparts are nested too deep; the inner ones are read as text"),
    N_("too many lines look like delimiters; the rest is read as one part"),
    N_("the delimiter isn't the one that the header names"),
    N_("too many parts; the rest is left out"),
    N_("a multipart without its delimiters; it is read as text"),
    # mails that don't add up
    N_("{fetched} fetched, but {outcomes} with an outcome"),
    N_("{moved} moved and {vanished} vanished of {fetched} fetched"),
    N_("{number} {figure}, but {again} when counted from the mails"),
    N_(
        "{fetched} fetched, but {standing} in the inbox + {moved} moved + {vanished} vanished = {accounted}: "
        "{missing} not where they should be"
    ),
    # reasons that people pick
    N_("no contact of ours"),
    N_("spam or forged"),
    N_("address corrected by hand"),
    N_("temporary, nothing to do"),
    N_("seen to by phone"),
    N_("sent by post"),
    N_("advertising"),
    N_("not for us"),
    N_("internal"),
    N_("answered by phone"),
    N_("filed elsewhere"),
    N_("a fault of ours"),
    N_("a fault of the provider's"),
    N_("our own test"),
    N_("works again, says the contact"),
    N_("decided by hand"),
    N_("address suppressed: {why}"),
    N_("suppressed until {until} by {actor}: {why}"),
    N_("suppressed by {actor}: {why}"),
)
_NESTED = (
    "always",
    "occurrence",
    "why",
    "reason",
    "severity",
    "kind",
    "rule",
    "actor",
    "contacts",
    "finding",
)
_WORD, _FIGURE = r"\w+", r"[\d.]+"
#: what may stand at a place of a sentence, where that isn't anything
_SHAPES = {
    "always": "true|false", "occurrence": "repeated|first|none", "list": r"[\w-]+", "category": r"[\w-]+",
    "severity": _WORD, "reason": _WORD, "kind": _WORD, "figure": _WORD, "number": _FIGURE, "days": _FIGURE,
    "status": _FIGURE,
}  # fmt: skip
_LONGEST = 600  #: characters; our own sentences are shorter, whatever they name
_BETWEEN_PARTS = re.compile(r"(; |, )(?![^(]*\))")  # not within the brackets of one part


def _is_word(text: str) -> bool:
    return text in KNOWN_AS or text.replace("_", " ") in WORDS


def word(name: str) -> str:
    """Give a value of the vocabulary, such as `user_unknown`, as a person reads it."""
    text = KNOWN_AS.get(name, name.replace("_", " "))
    return _(text) if text in WORDS else text


def retold(text: str) -> str:
    """Tell a text of the log as a person reads it, in the reader's language if its words are ours."""
    if _is_word(text):
        return word(text)
    if len(text) > _LONGEST or (speaks_as_logged() and "_" not in text):
        return text
    whole = _retold(text)
    if whole is not None:
        return whole
    parts = _BETWEEN_PARTS.split(text)
    return "".join(part if _BETWEEN_PARTS.fullmatch(part) else _retold(part) or part for part in parts)


def _retold(text: str) -> str | None:
    if _is_word(text):
        return word(text)
    for template, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return _(template).format_map(
                {name: _inner(name, part) for name, part in found.groupdict().items()}
            )
    return None


def _inner(name: str, text: str) -> str:
    if name == "actor":
        return actor_in_words(text)
    if DAY.fullmatch(text):
        return day(text)
    return retold(text.strip("'")) if name in _NESTED else text


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Make of each sentence what recognises it."""
    return tuple(
        (sentence, re.compile(re.sub(r"\\{(\w+)\\}", _place, re.escape(sentence)))) for sentence in SENTENCES
    )


def _place(found: re.Match[str]) -> str:
    return f"(?P<{found[1]}>{_SHAPES.get(found[1], '.+?')})"


def actor_in_words(actor: str) -> str:
    """Tell who acted: an operator, a grabber, the doctor."""
    kind, blank, name = actor.partition(" ")
    match kind:
        case "operator":
            return _("operator {name}").format(name=name) if blank else actor
        case "grabber":
            return _("grabber {name}").format(name=name) if blank else actor
        case "doctor":
            return _("the doctor") if not blank else actor
        case _:
            return actor
