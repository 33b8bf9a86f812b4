"""Working ahead: nothing is skipped, nothing that goes wrong stays unheard."""

import threading
from collections.abc import Iterator

import pytest

from mgtui.grabber.ahead import Ahead, batches
from mgtui.grabber.places import portions
from mgtui.mailbox import MailboxUnavailable


def cut_after(items: list[int]) -> Iterator[int]:
    yield from items
    raise MailboxUnavailable("cut")


def taken(items: Iterator[list[int]]) -> list[list[int]]:
    found = []
    with pytest.raises(MailboxUnavailable, match="cut"):
        for each in items:
            found.append(each)
    return found


def test_items_come_in_their_order_from_another_thread() -> None:
    seen: list[str] = []

    def numbers() -> Iterator[int]:
        for number in range(1, 4):
            seen.append(threading.current_thread().name)
            yield number

    with Ahead(numbers(), "far") as ahead:
        assert list(ahead) == [1, 2, 3]
    assert {name.split("_")[0] for name in seen} == {"far"}


def test_one_thread_may_work_ahead_of_another() -> None:
    with Ahead(iter(range(1, 50)), "first") as first, Ahead(map(str, first), "second") as second:
        assert list(second) == [str(number) for number in range(1, 50)]


def test_jobs_are_done_in_between_and_at_the_latest_at_the_end() -> None:
    done: list[str] = []
    with Ahead(iter([1, 2]), "far") as ahead:
        for _ in ahead:
            ahead.then(lambda: done.append(threading.current_thread().name.split("_")[0]))
    assert done == ["far", "far"]


def test_a_job_that_fails_tells_whoever_asked_for_it_and_holds_up_nothing() -> None:
    def fail() -> None:
        raise MailboxUnavailable("the move failed")

    with Ahead(iter(range(1, 31)), "far") as ahead:
        jobs = [ahead.then(fail) for _ in ahead]
    assert len(jobs) == 30
    for job in jobs:
        with pytest.raises(MailboxUnavailable, match="the move failed"):
            job.result()


@pytest.mark.parametrize("most", [1, 5])
def test_no_more_is_taken_ahead_than_it_may_be(most: int) -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(1, 40):
            taken.append(number)
            yield number

    with Ahead(numbers(), "far", most) as ahead:
        for number in ahead:
            assert len(taken) <= number + most
            if number == 20:
                break
    assert 20 <= len(taken) <= 20 + most


def test_what_came_before_an_error_is_worked_on_first() -> None:
    with Ahead(portions(cut_after([1, 2, 3]), 2, 100, lambda _: 1), "far") as ahead:
        assert taken(iter(ahead)) == [[1, 2], [3]]


def test_portions_of_portions_lose_nothing_to_an_error_either() -> None:
    inner = portions(cut_after([1, 2, 3, 4, 5]), 2, 100, lambda _: 1)
    single = (item for portion in inner for item in portion)
    assert taken(portions(single, 4, 100, lambda _: 1)) == [[1, 2, 3, 4], [5]]


def joined(portions: Iterator[list[int]], most: int, wanted: int, most_bytes: int = 1000) -> list[list[int]]:
    with Ahead(portions, "far", 10) as ahead:
        return list(batches(ahead, most, most_bytes, lambda size: size, lambda: wanted))


def test_a_batch_takes_along_what_is_there_by_then() -> None:
    first_is_taken, all_came = threading.Event(), threading.Event()

    def stream() -> Iterator[list[int]]:
        yield [1]
        first_is_taken.wait(10)
        yield [2]
        yield [3]
        all_came.set()

    with Ahead(stream(), "far", 10) as ahead:
        found = batches(ahead, 3, 100, lambda size: size, lambda: 1)
        assert next(found) == [1]
        first_is_taken.set()
        assert all_came.wait(10)
        assert list(found) == [[2, 3]]


def test_batches_wait_for_what_is_wanted_and_are_bounded_in_number_and_size() -> None:
    assert joined(iter([[1], [2], [3], [4], [5]]), most=2, wanted=2) == [[1, 2], [3, 4], [5]]
    assert joined(iter([[1, 1, 1], [1, 1]]), most=4, wanted=4) == [[1, 1, 1], [1, 1]]
    assert joined(iter([[9], [1], [1]]), most=9, wanted=9, most_bytes=6) == [[9], [1, 1]]
    assert joined(iter([]), most=2, wanted=2) == []


def test_batches_lose_nothing_to_an_error() -> None:
    with Ahead(portions(cut_after([1, 2, 3, 4, 5]), 2, 100, lambda _: 1), "far", 6) as ahead:
        found = batches(ahead, 4, 100, lambda _: 1, lambda: 4)
        assert taken(found) == [[1, 2, 3, 4], [5]]


def test_portions_are_bounded_by_their_size_too() -> None:
    assert list(portions(iter([3, 3, 9, 1, 1]), 100, 6, lambda size: size)) == [[3, 3], [9], [1, 1]]
