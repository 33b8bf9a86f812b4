"""Live under Pilot: events arrive, stand still, are narrowed and opened."""

from tests.mgtui.tui.mails import letter, report
from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, shown, until


async def test_events_of_the_past_are_there_at_the_start(office: TestOffice) -> None:
    async with screens(office.application) as (app, _):
        text = await until(app, "MailMoved")
        assert f"{office.application.store.head()} events" in text


async def test_events_appear_as_they_come(office: TestOffice) -> None:
    async with screens(office.application) as (app, _):
        await until(app, "MailMoved")
        office.take_in(letter("new@far.example", "Just arrived", number=20))
        await until(app, "Just arrived")


async def test_events_of_another_process_appear_too(office: TestOffice) -> None:
    eva = office.another("operator eva")
    async with screens(office.application) as (app, _):
        await until(app, "MailMoved")
        eva.store.append("grabber-far", [*_started()], actor="grabber far")
        await until(app, "far starts on INBOX")
    eva.close()


def _started() -> list[object]:
    from eventstore.events import GrabberStarted

    return [GrabberStarted(grabber="far", mailbox="imap:far", folder="INBOX", program_version="1")]


async def test_paused_the_list_stands_still_and_counts_what_is_new(office: TestOffice) -> None:
    async with screens(office.application) as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("space")
        await until(app, "paused")
        office.take_in(letter("new@far.example", "Just arrived", number=20))
        text = await until(app, lambda text: "paused, 0 new" not in text)
        assert "Just arrived" not in text
        await pilot.press("space")
        await until(app, lambda text: "Just arrived" in text and "paused" not in text)


async def test_the_list_is_narrowed_to_a_type_and_a_text(office: TestOffice) -> None:
    async with screens(office.application) as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("slash", *"classified papers")
        text = await until(app, lambda text: "The papers for October" in text and "MailMoved" not in text)
        assert text.count("MailClassified") == 1
        await pilot.press("enter", "escape")
        await until(app, "MailMoved")


async def test_it_is_narrowed_by_type_and_grabber(office: TestOffice) -> None:
    async with screens(office.application, size=(80, 40)) as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("slash", *"type:Fetched grabber:post")
        await until(app, lambda text: text.count("MailFetched") > 3 and "MailMoved" not in text)
        await pilot.press(*"ale")
        await until(app, lambda text: "MailFetched" not in text)
        await pilot.press("enter", "escape")
        await until(app, "MailMoved")


async def test_going_up_stops_following(office: TestOffice) -> None:
    async with screens(office.application) as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("k", "k")
        office.take_in(letter("new@far.example", "Just arrived", number=20))
        head = office.application.store.head()
        await until(app, f"{head} events")
        assert "Just arrived" not in shown(app)
        await pilot.press("G")
        await until(app, "Just arrived")


async def test_the_card_of_an_event_tells_its_mail(office: TestOffice) -> None:
    office.take_in(report("info@berg.example", number=30))
    async with screens(office.application) as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("enter")
        text = await until(app, "Why  mail")
        assert "550 5.1.1 User unknown" in await until(app, "550 5.1.1 User unknown")
        assert "because of" in text or "because of" in shown(app)
        await pilot.press("escape")
        await until(app, "pause")


async def test_what_came_while_another_screen_was_shown_is_there_on_return(office: TestOffice) -> None:
    async with screens(office.application) as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("2")
        await until(app, "5 open")
        office.take_in(letter("new@far.example", "Just arrived", number=20))
        await pilot.press("1")
        await until(app, "Just arrived")
