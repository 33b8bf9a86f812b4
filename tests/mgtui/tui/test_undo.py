"""`u` under Pilot: one's own last act is taken back, and done again."""

from eventstore.events import AddressSuppressed
from mgtui.commands import DismissReview
from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, until


async def test_an_assignment_is_taken_back_and_the_item_is_there_again(office: TestOffice) -> None:
    waiting = office.items("bounces")
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("a", "1")
        await until(app, "what follows:")
        await pilot.press("enter")
        await until(app, "4 open")
        await pilot.press("u")
        text = await until(app, "Take back your last act")
        assert "act  MailAssigned: anna.neu@berg.example → k001" in text
        assert "SuppressionLifted" in text
        await pilot.press(*"a slip", "enter")
        await until(app, "is taken back: assignment undone")
        await until(app, "5 open")
        await until(app, "anna.neu@berg.example")
    assert office.items("bounces") == waiting
    (undone,) = office.events("AssignmentUndone")
    assert undone["why"] == "a slip"


async def test_once_more_does_it_again(office: TestOffice) -> None:
    waiting = office.items("bounces")
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("a", "1")
        await until(app, "what follows:")
        await pilot.press("enter")
        for done, open_ in (("assignment undone", "5 open"), ("mail assigned", "4 open")):
            await until(app, lambda text: "Assign item" not in text)
            await until(app, lambda text, seen=open_: seen not in text)
            await pilot.press("u")
            await until(app, "Take back your last act")
            await pilot.press("enter")
            await until(app, f"is taken back: {done}")
            await until(app, open_)
    assert office.items("bounces") == waiting[1:]
    assert [event["contact_id"] for event in office.events("MailAssigned")] == ["k001", "k001"]


async def test_a_dismissal_is_taken_back_on_the_import_list_and_on_the_card(office: TestOffice) -> None:
    waiting = office.items("imports")
    async with screens(office.application, "imports") as (app, pilot):
        await until(app, "a.berg@berg.example")
        await pilot.press("d", "1")
        await until(app, "3 open")
        await pilot.press("enter")
        await until(app, "Why  mail")
        await pilot.press("u")
        await until(app, "act  ReviewDismissed: advertising")
        await pilot.press("enter")
        await until(app, "is taken back: item open again")
        await pilot.press("escape")
        await until(app, "4 open")
    assert office.items("imports") == waiting


async def test_a_lift_is_taken_back_at_the_contact(office: TestOffice) -> None:
    async with screens(office.application, "contacts") as (app, pilot):
        await until(app, "Anna Berg")
        await pilot.press("slash", *"morgen", "enter")
        await until(app, "suppressed for good")
        await pilot.press("l")
        await until(app, "Lift a suppression")
        await pilot.press("enter")
        await until(app, lambda text: "suppressed for good" not in text and "Lift a" not in text)
        await pilot.press("u")
        await until(app, "act  SuppressionLifted: kaffee@morgen.example")
        await pilot.press("enter")
        await until(app, "suppressed for good")


async def test_a_refusal_names_what_depends_on_the_act(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("a", "1")
        await until(app, "what follows:")
        await pilot.press("enter")
        await until(app, "4 open")
        again = AddressSuppressed(
            contact_id="k001",
            address="anna.neu@berg.example",
            categories=(),
            until=None,
            mail_id=None,
            rule="",
            why="by hand",
        )
        office.application.store.append("contact-k001", [again], actor="operator eva")
        await pilot.press("u")
        await until(app, "depends on it; undo that first")
        await pilot.press("enter")
        await until(app, lambda text: "Take back" not in text and "✗ AddressSuppressed" in text)
    assert office.events("AssignmentUndone") == []


async def test_what_others_did_is_not_taken_back(office: TestOffice) -> None:
    first = office.application.ask.open_items("bounces")[0]["item"]
    eva = office.another("operator eva")
    eva.execute(DismissReview(first, "seen"))
    eva.close()
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "4 open")
        await pilot.press("u")
        await until(app, "nothing of yours to take back")
    assert office.events("ReviewReopened") == []
