"""A signed return path proves one recipient, one category and one day, and nothing else."""

from datetime import date, timedelta

import pytest

from mgtui.report.returnpath import decode_return_path
from mgtui.rules import Forged, Key, Signed, Stale, check, looks_signed, sign

KEY = Key("k1", b"1" * 32)
DAY = date(2026, 11, 20)
BASE = "bounces@office.example"
ERIKA = "erika@example.org"


def test_a_signed_path_is_known_again() -> None:
    path = sign(ERIKA, "newsletter", BASE, KEY, DAY)
    assert check(path, [KEY], DAY, 30) == Signed(ERIKA, "newsletter", DAY, "k1")


def test_a_relay_may_fold_it() -> None:
    assert isinstance(check(sign(ERIKA, "", BASE, KEY, DAY).upper(), [KEY], DAY, 30), Signed)


@pytest.mark.parametrize("address", [ERIKA, "eva-m+x@b.example", "a=b@example.org"])
def test_any_reader_of_variable_return_paths_finds_the_recipient(address: str) -> None:
    path = sign(address, "news-letter", BASE, KEY, DAY)
    assert isinstance(check(path, [KEY], DAY, 30), Signed)
    if "=" not in address:
        assert decode_return_path(path) == address


def test_a_recipient_too_long_for_the_path_is_proved_by_the_report() -> None:
    long = "a-very-long-local-part-of-somebody@an-equally-long-domain.example.org"
    path = sign(long, "newsletter", BASE, KEY, DAY)
    assert len(path.partition("@")[0]) <= 64
    assert check(path, [KEY], DAY, 30, [ERIKA, long]) == Signed(long, "newsletter", DAY, "k1")
    assert isinstance(check(path, [KEY], DAY, 30, [ERIKA]), Forged)


@pytest.mark.parametrize(
    ("old", "new"),
    [("erika", "erikb"), ("newsletter", "invoice"), ("k1", "k2"), ("example.org", "example.net")],
)
def test_a_path_with_anything_changed_is_forged(old: str, new: str) -> None:
    path = sign(ERIKA, "newsletter", BASE, KEY, DAY).replace(old, new)
    other = Key("k2", b"2" * 32)
    assert looks_signed(path)
    assert isinstance(check(path, [KEY, other], DAY, 30), Forged)


def test_a_path_of_another_day_is_forged() -> None:
    today, later = (sign(ERIKA, "", BASE, KEY, day) for day in (DAY, DAY + timedelta(days=40)))
    day = [path.split(".")[1] for path in (today, later)]
    assert isinstance(check(today.replace(day[0], day[1]), [KEY], DAY, 30), Forged)


def test_a_path_is_stale_after_its_days() -> None:
    path = sign(ERIKA, "", BASE, KEY, DAY)
    assert isinstance(check(path, [KEY], DAY + timedelta(days=30), 30), Signed)
    assert isinstance(check(path, [KEY], DAY + timedelta(days=31), 30), Stale)
    assert isinstance(check(path, [KEY], DAY - timedelta(days=2), 30), Stale)


def test_after_a_rotation_both_keys_check() -> None:
    new = Key("k2", b"2" * 32)
    assert [
        isinstance(check(sign(ERIKA, "", BASE, key, DAY), [KEY, new], DAY, 30), Signed) for key in (KEY, new)
    ] == [True, True]


@pytest.mark.parametrize(
    "path", ["", "bounces@office.example", "bounces+erika=example.org@office.example", "@"]
)
def test_what_was_never_signed_does_not_look_so(path: str) -> None:
    assert not looks_signed(path)


def test_what_can_not_be_signed_is_said() -> None:
    with pytest.raises(ValueError, match="without a plus"):
        sign(ERIKA, "", "a+b@office.example", KEY, DAY)
    with pytest.raises(ValueError, match="category"):
        sign(ERIKA, "News letter", BASE, KEY, DAY)
