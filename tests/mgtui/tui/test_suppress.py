"""`s` under Pilot: nothing more goes to an address, what is always sent still does, and `u` takes it back."""

from datetime import timedelta

from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, until


async def test_an_item_is_closed_by_suppressing_its_address(office: TestOffice) -> None:
    waiting = office.items("bounces")
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("s")
        text = await until(app, "the item leaves the list")
        assert "stops  newsletter, for good" in text
        assert "still goes  invoice" in text
        assert "nobody has this address now" in text
        await pilot.press("enter")
        await until(app, "no more mail to anna.neu@berg.example")
        await until(app, "4 open")
    assert office.items("bounces") == waiting[1:]
    assert not office.application.may_send("anna.neu@berg.example", "newsletter").may_send
    assert office.application.may_send("anna.neu@berg.example", "invoice").may_send


async def test_it_is_taken_back_with_the_item(office: TestOffice) -> None:
    waiting = office.items("bounces")
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        for _ in range(2):  # the second time, after the first was taken back
            await pilot.press("s")
            await until(app, "the item leaves the list")
            await pilot.press("enter")
            await until(app, "4 open")
            await pilot.press("u")
            await until(app, "SuppressionLifted")
            await pilot.press("enter")
            await until(app, "is taken back: item open again, suppression lifted")
            await until(app, "5 open")
    assert office.items("bounces") == waiting
    assert office.application.may_send("anna.neu@berg.example", "newsletter").may_send


async def test_an_end_and_a_category_are_chosen_by_keys(office: TestOffice) -> None:
    async with screens(office.application, "contacts") as (app, pilot):
        await until(app, "anna.berg@post.example")
        await pilot.press("s")
        await until(app, "No more mail to anna@berg.example")
        await pilot.press("down", "3", "ctrl+g")
        day = office.application.today() + timedelta(days=60)
        await until(app, f"newsletter, until {day}")
        await pilot.press(*"on leave", "enter")
        await until(app, "anna.berg@post.example suppressed until")
    (event,) = [one for one in office.events("AddressSuppressed") if not one["rule"]]
    assert (event["contact_id"], event["categories"], event["why"]) == ("k001", ["newsletter"], "on leave")


async def test_all_that_is_marked_is_suppressed(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("space", "space", "s")
        await until(app, "No more mail to 2 addresses")
        await pilot.press("enter")
        await until(app, "3 open")
    assert len([one for one in office.events("AddressSuppressed") if not one["rule"]]) == 2


async def test_an_address_of_several_contacts_is_suppressed_at_each(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("j", "j", "s")
        await until(app, "k004, k005")
        await pilot.press("enter")
        await until(app, "no more mail to vogel@heim.example")
    found = office.application.ask.suppressions_of("vogel@heim.example")
    assert [row["contact_id"] for row in found] == ["k004", "k005"]
