"""Mailboxes under Pilot: what each grabber does, alarms in plain words, and telling it what to do."""

import os
import threading

from eventstore.events import AlertReceived, BalanceFailed, BalanceRestored, FetchFailed, GrabberStarted
from mgtui.grabber import Lease
from mgtui.language import speak
from tests.mgtui.tui.mails import letter
from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, until


async def test_state_and_balance_are_told(office: TestOffice) -> None:
    async with screens(office.application, "mailboxes") as (app, _):
        text = await until(app, "13 fetched =")
        assert "not running" in text
        assert "balanced" in text
        assert "13 moved, 0 vanished" in text


async def test_a_mailbox_says_which_process_reads_it(office: TestOffice) -> None:
    started = GrabberStarted(grabber="far", mailbox="maildir:far", folder="INBOX", program_version="1")
    async with screens(office.application, "mailboxes") as (app, pilot):
        await until(app, "not now; `mgtui grab` starts it")
        office.application.store.append("grabber-far", [started], actor="grabber far")
        await until(app, "2 grabbers")
        lease = Lease(office.application.settings.data / "leases", "maildir:far INBOX")
        lease.take()
        await pilot.press("g")
        await until(app, f"elsewhere, in process {os.getpid()}")
        lease.release()


async def test_a_mailbox_that_fails_raises_an_alarm_in_plain_words(office: TestOffice) -> None:
    async with screens(office.application, "mailboxes") as (app, _):
        await until(app, "balanced")
        failed = FetchFailed(grabber="post", error="the consent has ended: sign in again", transient=False)
        office.application.store.append("grabber-post", [failed], actor="grabber post")
        await until(app, "! alarm  the consent has ended: sign in again")
        await until(app, lambda text: "! 1 alarm" in text and "✗ post failing" in text)


async def test_what_the_server_wants_people_to_read_is_an_alarm(office: TestOffice) -> None:
    async with screens(office.application, "mailboxes") as (app, _):
        await until(app, "balanced")
        alert = AlertReceived(grabber="post", text="mailbox is 95% full")
        office.application.store.append("grabber-post", [alert], actor="grabber post")
        text = await until(app, "mailbox is 95% full")
        assert "the server said on" in text


async def test_mails_that_do_not_add_up_are_an_alarm_until_a_check_finds_that_they_do(
    office: TestOffice,
) -> None:
    failed = BalanceFailed(
        grabber="post", fetched=14, standing=0, moved=13, vanished=0, why="1 not where they should be"
    )
    async with screens(office.application, "mailboxes") as (app, _):
        await until(app, "balanced")
        office.application.store.append("grabber-post", [failed], actor="doctor")
        await until(app, "! alarm  1 not where they should be")
        await until(app, "NOT BALANCED")
        office.application.store.append("grabber-post", [BalanceRestored(grabber="post")], actor="doctor")
        await until(app, lambda text: "alarm" not in text and "NOT BALANCED" not in text)


async def test_a_grabber_is_paused_with_a_reason_and_goes_on(office: TestOffice) -> None:
    async with screens(office.application, "mailboxes") as (app, pilot):
        await until(app, "balanced")
        await pilot.press("p")
        await until(app, "It finishes what is in hand")
        await pilot.press(*"server moves", "enter")
        await until(app, "paused by  operator test: server moves")
        await until(app, "‖ paused")
        await pilot.press("p")
        await until(app, lambda text: "paused by" not in text and "not running" in text)
    assert [event["why"] for event in office.events("GrabberPaused")] == ["server moves"]
    assert len(office.events("GrabberResumed")) == 1


async def test_what_cannot_be_says_why(office: TestOffice) -> None:
    async with screens(office.application, "mailboxes") as (app, pilot):
        await until(app, "balanced")
        await pilot.press("f")
        await until(app, "no process runs post")


async def test_a_grabber_that_runs_fetches_at_once(office: TestOffice) -> None:
    office.service.poll_seconds = 3600.0
    thread = threading.Thread(target=office.service.run, daemon=True)
    async with screens(office.application, "mailboxes") as (app, pilot):
        await until(app, "balanced")
        thread.start()
        await until(app, lambda text: "waits" in text)
        (office.folder / "Maildir" / "cur" / "x.M1.test").write_bytes(
            letter("z@far.example", "late", number=40)
        )
        await pilot.press("f")
        await until(app, "post looks for mail now")
        await until(app, "14 fetched =")
        office.service.stop.set()
        office.service.grabber.mailbox.wake()
        thread.join(20)
    assert not thread.is_alive()


async def test_an_error_is_told_in_the_readers_language(office: TestOffice) -> None:
    speak("de")
    async with screens(office.application, "mailboxes") as (app, _):
        await until(app, "stimmt")
        place = "mail.example:993"
        for error, told in (
            (
                f"{place}: logging in as eva: check the user name and the password",
                "Benutzernamen und Passwort prüfen",
            ),
            (f"{place} can't be reached: Connection refused", "ist nicht zu erreichen: Verbindung abgelehnt"),
            (f"{place}: opening the folder 'Manual': there is no such folder", "diesen Ordner gibt es nicht"),
        ):
            failed = FetchFailed(grabber="post", error=error, transient=False)
            office.application.store.append("grabber-post", [failed], actor="grabber post")
            await until(app, lambda shown, told=told: told in " ".join(shown.split()))
            await until(app, lambda shown: "! Alarm" in shown and "✗ post gestört" in shown)
