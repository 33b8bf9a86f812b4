"""An item that stands for many decisions, under Pilot: explained, let through, dropped."""

from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, until


async def test_a_brake_says_how_many_decisions_wait_and_why(braked: TestOffice) -> None:
    async with screens(braked.application, "queue") as (app, pilot):
        text = await until(app, "waiting  3 decisions")
        assert "3 decisions wait" in text
        assert "bounced in a day" in text
        for key in ("a", "enter", "l"):
            await pilot.press(key)
            await until(app, "c0@same.example, c1@same.example")
            await pilot.press("escape")
            await until(app, lambda text: "The brake is on" not in text)
        await pilot.press("e")
        await until(app, "a brake stands for many mails")
    assert braked.events("BrakeReleased") == []


async def test_what_waits_is_let_through_by_keys(braked: TestOffice) -> None:
    async with screens(braked.application, "queue") as (app, pilot):
        await until(app, "3 decisions wait")
        await pilot.press("l")
        await until(app, "The brake is on")
        await pilot.press("l")
        await until(app, "3 decisions let through")
        await until(app, "every bounce is decided")
    assert len(braked.events("AddressSuppressed")) == 3


async def test_what_waits_is_dropped_by_keys(braked: TestOffice) -> None:
    async with screens(braked.application, "queue") as (app, pilot):
        await until(app, "3 decisions wait")
        await pilot.press("d")
        await until(app, "Drop 3 decisions")
        await pilot.press("1")
        await until(app, "3 decisions dropped: a fault of ours")
        await until(app, "every bounce is decided")
    assert braked.events("AddressSuppressed") == []


async def test_what_waits_is_dropped_from_the_explanation(braked: TestOffice) -> None:
    async with screens(braked.application, "queue") as (app, pilot):
        await until(app, "3 decisions wait")
        await pilot.press("enter")
        await until(app, "The brake is on")
        await pilot.press("d")
        await until(app, "Drop 3 decisions")
        await pilot.press(*"their server", "enter")
        await until(app, "3 decisions dropped: their server")
    (dropped,) = braked.events("BrakeDropped")
    assert dropped["reason"] == "their server"


async def test_a_brake_is_found_by_the_filter(braked: TestOffice) -> None:
    async with screens(braked.application, "queue") as (app, pilot):
        await until(app, "3 decisions wait")
        await pilot.press("slash", *"brake")
        await until(app, lambda text: "filter: brake" in text and "3 decisions wait" in text)
