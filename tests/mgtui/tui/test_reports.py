"""Reports under Pilot: figures, their course, the span, and what is behind them."""

from tests.mgtui.tui.mails import report
from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, shown, until


def row(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if name in line)


async def test_every_figure_of_the_office_is_there(office: TestOffice) -> None:
    async with screens(office.application, "reports", (120, 40)) as (app, _):
        names = (
            "mails by kind",
            "bounces by severity",
            "reasons",
            "domains that bounce",
            "fetched by mailbox",
        )
        expected = (*names, "bounce  ", "standing", "waiting in the queue")
        text = await until(app, lambda text: all(one in text for one in expected))
        assert row(text, "bounce  ").split()[-2] == "7" or " 7 " in row(text, "bounce  ")
        assert "1" in row(text, "standing")
        assert "5" in row(text, "waiting in the queue")
        assert "█" in text


async def test_the_span_is_changed_by_keys_and_remembered(office: TestOffice) -> None:
    async with screens(office.application, "reports") as (app, pilot):
        await until(app, "the last 30 days")
        await pilot.press("l")
        await until(app, "7 30 [90] 365")
        await pilot.press("right")
        await until(app, "the last 365 days")
        await pilot.press("h", "left", "h")
        await until(app, "the last 7 days")
    async with screens(office.application, "reports") as (app, _):
        await until(app, "the last 7 days")


async def test_enter_lists_what_is_behind_a_number(office: TestOffice) -> None:
    async with screens(office.application, "reports") as (app, pilot):
        await until(app, "mails by kind")
        await pilot.press("enter")
        await until(app, "mails by kind: bounce")
        text = await until(app, "MailClassified")
        assert text.count("MailClassified") >= 7
        await pilot.press("e")
        await until(app, "◆")
        await pilot.press("escape")
        await until(app, "mails by kind: bounce")
        await pilot.press("escape")
        await until(app, "the last 30 days")


async def test_enter_on_what_waits_leads_to_the_list(office: TestOffice) -> None:
    async with screens(office.application, "reports") as (app, pilot):
        await until(app, "mails by kind")
        await pilot.press("G", "k", "enter")
        await until(app, "Queue")
        assert app.current_mode == "queue"


async def test_what_stands_is_listed(office: TestOffice) -> None:
    async with screens(office.application, "reports", (80, 40)) as (app, pilot):
        await until(app, "standing")
        while "Addresses that get no mail today" not in shown(app):
            await pilot.press("j")
        await pilot.press("enter")
        await until(app, "AddressSuppressed")
        await until(app, "kaffee@morgen.example")


async def test_numbers_grow_while_one_looks(office: TestOffice) -> None:
    async with screens(office.application, "reports") as (app, _):
        text = await until(app, "mails by kind")
        assert " 7 " in row(text, "mails by kind")
        office.take_in(report("late@gone.example", number=20))
        await until(app, lambda text: " 8 " in row(text, "mails by kind"))
