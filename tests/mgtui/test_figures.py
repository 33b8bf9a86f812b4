"""Figures: counted by the read model as the log would be counted, and the events behind each."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from mgtui.commands import SuppressAddress
from mgtui.figures import Figures
from tests.mgtui.tui.offices import TestOffice, make_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestOffice]:
    """Make an office with a few mails taken in."""
    made = make_office(tmp_path_factory.mktemp("office"))
    yield made
    made.application.close()


@pytest.fixture
def figures(office: TestOffice) -> Figures:
    """Ask an office with a few mails."""
    return office.application.figures


def test_each_number_is_that_of_the_log(office: TestOffice, figures: Figures) -> None:
    today = office.application.today()
    found = {(one.what, one.name): one.number for one in figures.all(7, today)}
    kinds = Counter(str(event["kind"]) for event in office.events("MailClassified"))
    assert {name: number for (what, name), number in found.items() if what == "kind"} == kinds
    reasons = Counter(str(event["reason"]) for event in office.events("BounceCounted"))
    assert {name: number for (what, name), number in found.items() if what == "reason"} == reasons
    assert found["bounces", "opened today"] == 5
    assert found["imports", "opened today"] == 4
    assert found["standing", "standing"] == 1


def test_a_series_adds_up_to_its_number(office: TestOffice, figures: Figures) -> None:
    for days in (7, 365):
        for one in figures.all(days, office.application.today()):
            assert not one.series or (len(one.series) == days and sum(one.series) == one.number)


def test_a_span_that_ended_before_holds_nothing(office: TestOffice, figures: Figures) -> None:
    later = office.application.today() + timedelta(days=8)
    assert not [one for one in figures.all(7, later) if one.series]


def test_behind_a_figure_are_as_many_events(office: TestOffice, figures: Figures) -> None:
    office.application.execute(SuppressAddress("who@gone.example", "x"))
    today = office.application.today()
    for one in figures.all(30, today):
        if one.series:
            behind = list(figures.behind(one.what, one.name, today - timedelta(days=29), today))
            assert len(behind) == one.number, one
            rest = list(figures.behind(one.what, one.name, today, today, behind[0].position))
            assert rest == behind[1:]
            newer = figures.behind(one.what, one.name, today, today, behind[-1].position, newer=True)
            assert list(newer) == behind[-2::-1]
