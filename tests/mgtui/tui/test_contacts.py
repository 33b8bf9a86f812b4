"""Contacts and Mailboxes under Pilot."""

from mgtui.commands import AssignMail, SuppressAddress
from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, until


async def test_contacts_are_searched_as_one_types(office: TestOffice) -> None:
    async with screens(office.application, "contacts") as (app, pilot):
        await until(app, lambda text: "Anna Berg" in text and "Gasthof Linde" in text)
        await pilot.press("slash", *"vogel")
        await until(app, lambda text: "Emil Vogel" in text and "Anna Berg" not in text)
        await pilot.press("backspace", "backspace", "backspace", "backspace", "backspace", *"k003")
        await until(app, "Cafe Morgen  k003")


async def test_the_card_explains_a_suppression(office: TestOffice) -> None:
    async with screens(office.application, "contacts") as (app, pilot):
        await until(app, "Anna Berg")
        await pilot.press("slash", *"morgen", "enter")
        text = await until(app, "kaffee@morgen.example suppressed for good")
        assert "rule “hard bounce”" in text
        assert "1 hard" in text
        assert "newsletter" in text
        await pilot.press("enter")
        text = await until(app, "AddressSuppressed")
        assert "BounceCounted" in text


async def test_letters_stand_on_the_card(office: TestOffice) -> None:
    async with screens(office.application, "contacts") as (app, _):
        await until(app, "2026-11-03 ← The papers for October")


async def test_a_suppression_is_lifted_with_a_reason(office: TestOffice) -> None:
    async with screens(office.application, "contacts") as (app, pilot):
        await until(app, "Anna Berg")
        await pilot.press("slash", *"morgen", "enter")
        await until(app, "suppressed for good")
        await pilot.press("l")
        await until(app, "Lift a suppression")
        await pilot.press(*"she called", "enter")
        await until(app, "kaffee@morgen.example may be written to again")
        await until(app, lambda text: "suppressed for good" not in text)
    (lifted,) = office.events("SuppressionLifted")
    assert lifted["why"] == "she called"


async def test_nothing_to_lift_is_said(office: TestOffice) -> None:
    async with screens(office.application, "contacts") as (app, pilot):
        await until(app, "2026-11-03 ← The papers for October")
        await pilot.press("l")
        await until(app, "nothing is suppressed at this contact")


async def test_the_card_changes_with_the_contact(office: TestOffice) -> None:
    item = next(
        row for row in office.application.ask.open_items("imports") if row["sender"] == "a.berg@berg.example"
    )
    async with screens(office.application, "contacts") as (app, _):
        await until(app, "2026-11-03 ← The papers for October")
        office.application.execute(AssignMail(item["item"], "k001"))
        await until(app, "← New address, same Anna")


async def test_a_suppression_is_explained_by_the_mail_it_rests_on(office: TestOffice) -> None:
    async with screens(office.application, "contacts") as (app, pilot):
        await until(app, "anna@berg.example")
        await pilot.press("w")
        await until(app, "nothing is suppressed at this contact")
        await pilot.press("j", "j")
        await until(app, "suppressed for good")
        await pilot.press("w")
        await until(app, "Diagnostic-Code: smtp; 550 5.1.1 User unknown")
        await pilot.press("escape")
        await until(app, "suppressed for good")


async def test_a_suppression_by_hand_is_explained_by_the_history(office: TestOffice) -> None:
    office.application.execute(SuppressAddress("anna@berg.example", "she asked us to"))
    async with screens(office.application, "contacts") as (app, pilot):
        await until(app, "operator test: she asked us to")
        await pilot.press("w")
        await until(app, "AddressSuppressed")
