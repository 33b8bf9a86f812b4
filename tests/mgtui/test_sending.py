"""May an address be written to: the question and the export say the same."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mgtui.sending import TRIAL_DAYS, answer, closed, concerns

DAYS = st.dates(date(2026, 11, 1), date(2026, 12, 31))


def suppression(until: date | None, probed: date | None = None, *categories: str) -> dict[str, Any]:
    return {
        "address": "a@example.org", "event": 7, "rule": "hard bounce", "why": "user unknown",
        "categories": categories, "until": until and until.isoformat(), "probed": probed and probed.isoformat(),
    }  # fmt: skip


def may_send(row: dict[str, Any], today: date, category: str = "newsletter") -> bool:
    found = [row] if concerns(row, category) else []
    return answer("a@example.org", category, False, found, today).may_send


@given(st.none() | DAYS, st.none() | DAYS, st.sampled_from([(), ("newsletter",), ("reminder",)]), DAYS)
def test_what_is_exported_is_what_may_not_be_sent(
    until: date | None, probed: date | None, categories: tuple[str, ...], today: date
) -> None:
    row = suppression(until, probed if until else None, *categories)
    assert closed(row, "newsletter", today) is not may_send(row, today)


def test_an_address_whose_trial_mail_is_out_gets_no_second_one() -> None:
    row = suppression(date(2026, 11, 10), date(2026, 11, 12))
    last = date(2026, 11, 12).toordinal() + TRIAL_DAYS - 1
    assert closed(row, "newsletter", date.fromordinal(last))
    assert not closed(row, "newsletter", date.fromordinal(last + 1))
