"""Log under Pilot: the whole of it, by pages, places, filters and causes; and its proof."""

import sqlite3

from tests.mgtui.tui.mails import report
from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, until


async def test_it_opens_at_its_end_and_grows(office: TestOffice) -> None:
    head = office.application.store.head()
    async with screens(office.application, "log") as (app, _):
        await until(app, f"#{head}  ")
        office.take_in(report("late@gone.example", number=20))
        await until(app, "late@gone.example")


async def test_the_first_event_is_one_key_away(office: TestOffice) -> None:
    async with screens(office.application, "log") as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("g")
        text = await until(app, "#1  ContactImported")
        assert "digest" in text or "↓" in text


async def test_one_goes_to_a_position_and_to_a_day(office: TestOffice) -> None:
    async with screens(office.application, "log") as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("p", *"#12", "enter")
        await until(app, "#12  ")
        await pilot.press("p", *"2020-01-01", "enter")
        await until(app, "#1  ContactImported")
        await pilot.press("p", *"2099-01-01 10:00", "enter")
        await until(app, f"#{office.application.store.head()}  ")
        await pilot.press("p", *"yesterday", "enter")
        await until(app, "neither a position nor a day")


async def test_a_filter_shows_one_type_or_stream_and_goes_again(office: TestOffice) -> None:
    async with screens(office.application, "log") as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("slash", *"type:Suppressed", "enter")
        await until(app, lambda text: "AddressSuppressed" in text and "MailMoved" not in text)
        await pilot.press("escape")
        await until(app, "MailMoved")
        await pilot.press("slash", *"stream:contact-k003", "enter")
        await until(app, lambda text: "BounceCounted" in text and "k001" not in text)
        await pilot.press("escape")
        await until(app, "MailMoved")
        await pilot.press("slash", *"kaffee", "enter")
        await until(app, lambda text: "BounceCounted" in text and "MailMoved" not in text)


async def test_a_cause_and_the_next_of_a_type_are_keys(office: TestOffice) -> None:
    (suppressed,) = office.application.ask.events(types=["AddressSuppressed"])
    async with screens(office.application, "log", (120, 40)) as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("p", *str(suppressed.position), "enter")
        await until(app, f"because  #{suppressed.cause}")
        await pilot.press("c")
        await until(app, f"#{suppressed.cause}  ")
        await pilot.press("g", "n")
        await until(app, "#2  ContactImported")
        await pilot.press("N", "N")
        await until(app, "no further one")


async def test_the_stream_of_an_event_alone(office: TestOffice) -> None:
    async with screens(office.application, "log") as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("g")
        await until(app, "#1  ")
        await pilot.press("s")
        await until(app, "filter: stream:contact-k001")
        await pilot.press("s")
        await until(app, lambda text: "filter:" not in text and "k002" in text)


async def test_an_event_shows_its_commit_and_its_place_in_the_chain(office: TestOffice) -> None:
    commit = office.application.store.commit_of(1)
    assert commit is not None
    async with screens(office.application, "log", (200, 50)) as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("g")
        await until(app, commit.chain)
        await until(app, f"commit  #1 – #{commit.last_position}")


async def test_the_log_is_proved_by_a_key(office: TestOffice) -> None:
    async with screens(office.application, "log") as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("v")
        await until(app, "commits are as they were recorded")
        await until(app, f"{office.application.store.head()}:")


async def test_a_changed_event_is_named(office: TestOffice) -> None:
    with sqlite3.connect(office.application.settings.log_file) as log:
        log.execute("DROP TRIGGER events_never_change")
        log.execute("UPDATE events SET data = replace(data, 'Anna', 'Hanna') WHERE position = 1")
    log.close()
    async with screens(office.application, "log") as (app, pilot):
        await until(app, "MailMoved")
        await pilot.press("v")
        await until(app, "#1 row changed")
        await until(app, "events_never_change is missing")
