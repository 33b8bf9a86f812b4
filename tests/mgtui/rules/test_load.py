"""Rules that can't be meant are refused in one line that says what would be right."""

import pytest

from mgtui.rules import Names, RulesError, default_rules, load_rules

GOOD = '[[rules]]\nname = "r"\nwhen = { kind = "bounce" }\nthen = [{ action = "suppress", for_days = 60 }]\n'


def hidden(condition: str) -> str:
    """Give a rule `s` that wants what `GOOD` wants, and more."""
    return GOOD.replace('"r"', '"s"').replace('"bounce" }', f'"bounce", {condition} }}')


def test_the_default_rules_pass_their_own_checks() -> None:
    assert [rule.name for rule in default_rules().rules][:3] == [
        "bounced invoice",
        "undetermined bounce",
        "hard bounce",
    ]


def test_good_rules_load_with_a_digest() -> None:
    loaded = load_rules(GOOD, "rules.toml")
    assert len(loaded.digest) == 64
    assert loaded.rules[0].when.kind == ("bounce",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[rules]\n", ["rules.toml", "line 1"]),
        (GOOD.replace("kind", "knid"), ["rules.0.when.knid", "no such key; did you mean kind"]),
        (GOOD.replace('"bounce"', '"bounced"'), ["rules.0.when.kind", "'bounce'"]),
        (GOOD.replace('"suppress"', '"supress"'), ["rules.0.then.0", "suppress"]),
        (GOOD.replace("60", "0"), ["for_days", "a whole number of at least 1 (found 0)"]),
        (GOOD.replace('"suppress", for_days = 60', '"webhook"'), ["webhook", "later version"]),
        (GOOD + GOOD, ["two rules are named 'r'"]),
        (GOOD + GOOD.replace('"r"', '"s"'), ["'s' is never reached", "'r'"]),
        (GOOD.replace("for_days = 60", 'categories = ["invoice"]'), ["invoice", "always_send"]),
        (GOOD.replace('kind = "bounce"', 'category = "letter"'), ["when.category", "invoice, newsletter"]),
        (GOOD.replace('kind = "bounce"', 'reason = "user_unknow"'), ["when.reason", "user_unknown"]),
        (GOOD.replace('"suppress", for_days = 60', '"notify", to = "otto"'), ["'otto'", "anna"]),
        (GOOD.replace("60", "60, until = 2027-01-01"), ["for_days or until"]),
        (
            GOOD.replace("}\n", ', status = "5.*" }\n', 1) + hidden('status = "5.1.1"'),
            ["'s' is never reached"],
        ),
        (GOOD + hidden('fields = { city = "X" }'), ["'s' is never reached"]),
        ('rules = "all"', ["rules"]),
    ],
)
def test_what_is_wrong_is_said_in_one_line(text: str, words: list[str]) -> None:
    with pytest.raises(RulesError) as refused:
        load_rules(
            text, "rules.toml", Names({"invoice"}, {"newsletter", "invoice"}, {"anna"}, {"user_unknown"})
        )
    said = str(refused.value)
    assert "\n" not in said
    for word in words:
        assert word in said


def test_a_rule_that_goes_on_hides_none_below() -> None:
    text = GOOD.replace('name = "r"', 'name = "q"\ncontinue = true') + GOOD
    assert len(load_rules(text, "rules.toml").rules) == 2
