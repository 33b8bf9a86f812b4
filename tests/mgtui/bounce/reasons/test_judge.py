import pytest

from mgtui.bounce.reasons import Judgement, default_tables, judge
from mgtui.report import Line


def said(*texts: str, status: str | None = None, reply_code: int | None = None, hint: str = "") -> Judgement:
    lines = [Line(number, text) for number, text in enumerate(texts, 1)]
    return judge(default_tables(), text_lines=lines, status=status, reply_code=reply_code, provider_hint=hint)


def test_a_phrase_broken_over_two_lines_is_found_on_the_first() -> None:
    lines = [Line(3, "550-5.1.1 <no@example.org>: User"), Line(4, "550 5.1.1 unknown here")]
    judgement = judge(default_tables(), text_lines=lines, status="5.1.1", reply_code=550)
    assert judgement == Judgement("user_unknown", "hard", "en.user-unknown", "5.1.1", 550, lines[0])


def test_the_line_that_matched_is_given() -> None:
    judgement = said("host mx.example.org said:", "552 5.2.2 <a@example.org>", "Mailbox full")
    assert judgement.line == Line(3, "Mailbox full")


def test_case_accents_and_punctuation_make_no_difference() -> None:
    for text in (
        "550 USER UNKNOWN",
        "550 user_unknown",
        "550 User-Unknown.",
        "550 <a@b.example>... User Unknown",
    ):
        assert said(text).reason == "user_unknown"
    assert said("552 Boite aux lettres pleine").entry == said("552 Boîte aux lettres pleine").entry


def test_an_address_is_no_phrase() -> None:
    assert said("550 <user-unknown@mailbox-full.example>").reason == "undetermined"


def test_nothing_is_undetermined() -> None:
    assert said() == Judgement("undetermined", "undetermined", "", None, None, None)


@pytest.mark.parametrize(
    ("text", "reason", "severity"),
    [
        ("550 5.7.1 <a@example.org>: Recipient address rejected: User unknown", "user_unknown", "hard"),
        ("550 5.1.1 <a@example.org>: mailbox full", "mailbox_full", "soft"),
        ("550 5.1.1 Message rejected as spam by content filter", "spam", "refused"),
        ("550 5.1.1 Client host [192.0.2.1] blocked using zen.spamhaus.org", "blocked", "refused"),
        ("550 5.2.1 <a@example.org>... User Unknown", "user_unknown", "hard"),
        ("554 5.2.2 mailbox full", "mailbox_full", "soft"),
        ("553 5.1.8 Domain of sender address a@example.org does not exist", "sender_refused", "refused"),
        ("550 5.7.26 Unauthenticated email from example.org", "authentication", "refused"),
        ("550 5.7.1 Our system has detected that this message is likely unsolicited mail", "spam", "refused"),
        ("552 5.3.4 Message size exceeds fixed limit", "too_large", "refused"),
        ("User mailbox exceeds allowed size: a@example.org", "mailbox_full", "soft"),
        ("452 4.3.1 Insufficient system storage", "system_full", "soft"),
        ("550 Requested action not taken: mailbox unavailable", "user_unknown", "hard"),
        ("450 Requested action not taken: mailbox unavailable", "recipient_refused", "soft"),
        ("450 4.2.0 <a@example.org>: Recipient address rejected: Greylisted", "rate_limited", "soft"),
        ("Host or domain name not found. Name service error: Host not found, try again", "network", "soft"),
        ("550 5.1.2 Bad destination host: host not found", "host_unknown", "hard"),
        ("450 4.1.2 host not found", "network", "soft"),
        ("5.1.0 - Unknown address error 550-'5.7.1 Relay access denied'", "relaying_denied", "refused"),
        ("451 4.4.7 Zeitüberschreitung", "expired", "soft"),
    ],
)
def test_what_is_said_counts_more_than_its_number(text: str, reason: str, severity: str) -> None:
    judgement = said(text)
    assert (judgement.reason, judgement.severity) == (reason, severity)


def test_a_disabled_mailbox_is_dead_only_when_disabled_for_good() -> None:
    assert said("550 5.2.1 Account disabled").severity == "hard"
    assert said("450 4.2.1 Account disabled").severity == "soft"


def test_the_refused_command_tells_what_a_bare_refusal_means() -> None:
    assert said("550 Rejected (in reply to MAIL FROM command)").reason == "sender_refused"
    assert said("550 Rejected (in reply to EHLO command)").reason == "blocked"


def test_the_nearest_paragraph_decides() -> None:
    lines = [Line(40, "550 5.2.2 Mailbox full"), Line(9, "The user was unknown, or: no such user")]
    judgement = judge(default_tables(), text_lines=lines, status=None, reply_code=None)
    assert (judgement.reason, judgement.line) == ("mailbox_full", lines[0])


def test_a_plain_word_nearby_yields_to_a_clear_one_further_off() -> None:
    lines = [Line(40, "550 Access denied"), Line(9, "No such user here")]
    judgement = judge(default_tables(), text_lines=lines, status=None, reply_code=None)
    assert judgement.reason == "user_unknown"


def test_codes_are_read_from_the_text_before_the_given_ones() -> None:
    judgement = said("smtp; 550 5.7.1 IP address blacklisted by recipient", status="5.1.1", reply_code=554)
    assert (judgement.status, judgement.reply_code) == ("5.7.1", 550)


def test_codes_that_nobody_wrote_are_not_made_up() -> None:
    judgement = said("User unknown")
    assert (judgement.status, judgement.reply_code) == (None, None)


def test_given_codes_pass_through() -> None:
    judgement = said("User unknown", status="5.1.1", reply_code=550)
    assert (judgement.status, judgement.reply_code) == ("5.1.1", 550)


def test_a_hint_of_the_provider_opens_its_table() -> None:
    text = "554 5.7.1 Refused by local policy."
    assert said(text, hint="smtpin.rzone.de").entry == "strato.policy"
    assert said(text).entry != "strato.policy"


def test_a_gap_stands_for_a_name_and_a_star_for_a_longer_word() -> None:
    assert said("Der Benutzer hans.wurst ist unbekannt").reason == "user_unknown"
    assert said("Empfängeradresse wurde nicht gefunden").reason == "user_unknown"
    assert said("user " + "x" * 80 + " unknown").reason == "undetermined"


def test_a_link_says_nothing_but_to_tables_of_providers() -> None:
    assert said("550 5.7.1 see http://x.example/user-unknown").reason == "policy"
    assert said("550 5.7.1 see https://ipcheck.proofpoint.com/?ip=192.0.2.1").entry == "proofpoint.listed"


def test_the_line_to_show_is_not_the_one_with_a_link() -> None:
    judgement = said("550-see http://x.example/user-unknown", "550 User unknown")
    assert judgement.line == Line(2, "550 User unknown")
