"""Time travel under Pilot: the office as it stood, marked as past, and nothing to act on."""

from mgtui.commands import DismissReview
from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, until


async def test_counts_stand_as_they_did_beside_those_of_now(office: TestOffice) -> None:
    async with screens(office.application, "log") as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("p", *"20", "enter")
        await until(app, "#20  ")
        await pilot.press("t")
        text = await until(app, "contacts   ")
        await until(app, "#20, ")
        assert "AS IT WAS" in text
        row = next(line for line in text.splitlines() if "waiting in the queue" in line)
        assert row.split("queue")[1].split()[:4] == ["1", "now", "5", "+4"]
        await pilot.press("escape")
        await until(app, "#20  ")


async def test_an_item_that_was_resolved_since_waits_there_still(office: TestOffice) -> None:
    head = office.application.store.head()
    item = office.application.ask.open_items("bounces")[0]["item"]
    office.application.execute(DismissReview(item, "seen"))
    async with screens(office.application, "log") as (app, pilot):
        await until(app, "ReviewDismissed")
        await pilot.press("t", "2")
        await until(app, lambda text: "fritz.holm" in text and "anna.neu" not in text)
        await pilot.press("h")
        await until(app, "anna.neu@berg.example")
        await until(app, f"#{head}, ")
        await pilot.press("d", "a", "s")
        text = await until(app, "why  no contact: nobody has anna.neu@berg.example")
        assert "AS IT WAS" in text
        await pilot.press("l")
        await until(app, lambda text: "anna.neu" not in text)
    assert len(office.events("ReviewDismissed")) == 1


async def test_a_contact_is_told_as_it_was(office: TestOffice) -> None:
    (suppressed,) = office.application.ask.events(types=["AddressSuppressed"])
    async with screens(office.application, "log") as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("p", *str(suppressed.position - 1), "enter")
        await until(app, f"#{suppressed.position - 1}  ")
        await pilot.press("t", "4", "slash", *"kaffee", "enter")
        await until(app, "kaffee@morgen.example")
        text = await until(app, "lists  newsletter")
        assert "suppressed" not in text
        await pilot.press("l")
        await until(app, "suppressed for good")


async def test_leaving_at_once_harms_nobody(office: TestOffice) -> None:
    async with screens(office.application, "log") as (app, pilot):
        await until(app, "MailMoved")
        for _ in range(3):
            await pilot.press("t", "escape")
        await until(app, "MailMoved")
        await pilot.press("2")
        await until(app, "5 open")
