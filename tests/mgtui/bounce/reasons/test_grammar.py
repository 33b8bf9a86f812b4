"""Sentences put together of who and what: whose fault it is depends on who is named."""

from itertools import product

import pytest

from mgtui.bounce.reasons import default_tables, judge
from mgtui.report import Line

HOLDERS = ("user", "recipient", "mailbox", "account", "address", "email address", "username", "local part")
SITES = ("domain", "host", "hostname", "domain name")
GONE = (
    "is unknown",
    "unknown",
    "not found",
    "was not found",
    "could not be found",
    "can't be found",
    "does not exist",
    "doesn't exist",
    "is not known",
    "is not valid",
    "is invalid",
    "no longer exists",
)
SENDERS = (
    "Sender",
    "The sender's",
    "From",
    "MAIL FROM",
    "Return-Path",
    "Reply-To",
    "Your",
    "Originator",
    "Sending",
    "Author",
)
CLIENTS = ("HELO", "EHLO", "Client", "Connecting", "Reverse")


def severities(sentences):
    """Judge each sentence as the whole of a refusal."""
    texts = [f"550 {sentence}" for sentence in sentences]
    said = [judge(default_tables(), text_lines=[Line(1, t)], status=None, reply_code=None) for t in texts]
    return {text: one.severity for text, one in zip(texts, said, strict=True)}


@pytest.mark.parametrize("what", [*HOLDERS, *SITES])
def test_who_or_where_to_send_is_gone_whatever_the_words(what):
    found = severities(f"The {what} {verb}" for verb in GONE if what in HOLDERS or "valid" not in verb)
    assert {text for text, severity in found.items() if severity != "hard"} == set()


@pytest.mark.parametrize("who", SENDERS)
def test_a_sender_who_is_gone_is_no_fault_of_the_recipient(who):
    own = [what for what in (*HOLDERS, *SITES) if what != "recipient"]
    found = severities(f"{who} {what} {verb}" for what, verb in product(own, GONE))
    assert {text for text, severity in found.items() if severity == "hard"} == set()


@pytest.mark.parametrize("who", CLIENTS)
def test_nor_is_a_client_whose_name_is_unknown(who):
    found = severities(f"{who} {what} {verb}" for what, verb in product(SITES, GONE))
    assert {text for text, severity in found.items() if severity == "hard"} == set()
