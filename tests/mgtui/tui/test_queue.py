"""Queue and Imports under Pilot: every key on a real office."""

from pathlib import Path

from mgtui.commands import AssignMail, DismissReview
from tests.mgtui.tui.mails import report
from tests.mgtui.tui.offices import TestOffice, make_office
from tests.mgtui.tui.steps import screens, shown, until


async def test_the_queue_shows_what_waits_and_why(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, _):
        text = await until(app, "550 5.1.1 User unknown")
        assert "Queue" in text
        assert "5 open" in text
        assert "why  no contact: nobody has anna.neu@berg.example" in text
        assert "line 22  Diagnostic-Code: smtp; 550 5.1.1 User unknown" in text


async def test_the_cursor_goes_down_and_up_and_the_details_follow(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "nobody has anna.neu@berg.example")
        await pilot.press("j")
        await until(app, "nobody has fritz.holm@alt.example")
        await pilot.press("down")
        await until(app, "why  several contacts")
        await pilot.press("k", "up")
        await until(app, "nobody has anna.neu@berg.example")
        await pilot.press("G")
        await until(app, "nobody has somebody@gone.example")
        await pilot.press("g")
        await until(app, "nobody has anna.neu@berg.example")


async def test_after_an_assignment_the_next_item_is_ready(office: TestOffice) -> None:
    waiting = office.items("bounces")
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("a", "2")
        await until(app, "what follows:")
        await pilot.press("enter")
        await until(app, "assigned to Berg & Sohn (k002)")
        await until(app, "nobody has fritz.holm@alt.example")
        await until(app, "4 open")
    assert office.items("bounces") == waiting[1:]
    (assigned,) = office.events("MailAssigned")
    assert (assigned["contact_id"], assigned["remember"]) == ("k002", False)


async def test_what_an_assignment_causes_is_told_before_it_is_done(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("a")
        await until(app, "pick one by number")
        await pilot.press("1")
        await until(app, "no more mail to anna.neu@berg.example")
        await pilot.press("escape")
        await until(app, "5 open")
    assert office.events("MailAssigned") == []


async def test_a_guess_is_not_assigned_by_enter_alone(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("a")
        await until(app, "pick one by number")
        await pilot.press("enter", "escape")
        await until(app, "5 open")
    assert office.events("MailAssigned") == []


async def test_an_address_can_be_remembered(office: TestOffice) -> None:
    async with screens(office.application, "imports") as (app, pilot):
        await until(app, "a.berg@berg.example")
        await pilot.press("r")
        await until(app, "remember: yes")
        await pilot.press("1")
        await until(app, "a.berg@berg.example becomes an address of the contact")
        await pilot.press("enter")
        await until(app, "assigned to Anna Berg")
    contact = office.application.ask.contact("k001")
    assert contact is not None
    assert "a.berg@berg.example" in contact["addresses"]


async def test_a_contact_is_searched_by_typing(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("a")
        await until(app, "Anna Berg")
        await pilot.press(*"gasthof")
        await until(app, lambda text: "linde@gasthof.example" in text and "Anna Berg" not in text)
        await pilot.press("enter")
        await until(app, "assigned to Gasthof Linde (k007)")


async def test_digits_are_text_once_something_was_typed(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("a")
        await until(app, "Anna Berg")
        await pilot.press(*"k006")
        await until(app, lambda text: "Fritz Holm" in text and "Anna Berg" not in text)
        await pilot.press("enter")
        await until(app, "assigned to Fritz Holm (k006)")


async def test_an_item_is_dismissed_by_two_keys_or_in_words(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("d", "2")
        await until(app, "dismissed: spam or forged")
        await until(app, "nobody has fritz.holm@alt.example")
        await pilot.press("d", *"he left", "enter")
        await until(app, "dismissed: he left")
        await until(app, "3 open")
    assert [event["reason"] for event in office.events("ReviewDismissed")] == ["spam or forged", "he left"]


async def test_acts_go_to_all_that_are_marked(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("space", "space")
        await until(app, "● 2 marked")
        await pilot.press("d")
        await until(app, "Dismiss 2 items")
        await pilot.press("1")
        await until(app, "2 done")
        await until(app, "3 open")
    assert len(office.events("ReviewDismissed")) == 2
    assert office.items("bounces")[0] == "vogel@heim.example"


async def test_marks_are_taken_away_by_escape(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("space")
        await until(app, "● 1 marked")
        await pilot.press("escape")
        await until(app, lambda text: "marked" not in text)


async def test_a_filter_narrows_the_list_and_escape_widens_it(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("slash", *"gone")
        await until(app, lambda text: "somebody@gone.example" in text and "anna.neu" not in text)
        await pilot.press("enter", "escape")
        await until(app, "anna.neu@berg.example")


async def test_letters_in_the_filter_are_no_commands(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("slash", *"ad1q")
        text = await until(app, "filter: ad1q")
        assert "Assign" not in text
        assert "every bounce is decided" in await until(app, "every bounce is decided")


async def test_an_item_that_somebody_else_resolved_says_so_and_goes_away(office: TestOffice) -> None:
    first = office.application.ask.open_items("bounces")[0]["item"]
    eva = office.another("operator eva")
    async with screens(office.application, "queue") as (app, _):
        await until(app, "nobody has anna.neu@berg.example")
        eva.execute(DismissReview(first, "seen"))
        await until(app, "was dismissed by operator eva meanwhile")
        await until(app, "nobody has fritz.holm@alt.example")
    eva.close()


async def test_an_act_on_an_item_that_is_gone_changes_nothing(office: TestOffice) -> None:
    first = office.application.ask.open_items("bounces")[0]["item"]
    eva = office.another("operator eva")
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("space", "d")
        await until(app, "Dismiss item")
        eva.execute(AssignMail(first, "k001"))
        await pilot.press("1")
        await until(app, "was assigned by operator eva already")
    assert office.events("ReviewDismissed") == []
    eva.close()


async def test_a_dialog_closes_when_its_item_is_resolved_by_somebody_else(office: TestOffice) -> None:
    first = office.application.ask.open_items("bounces")[0]["item"]
    eva = office.another("operator eva")
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("a")
        await until(app, "Assign item")
        eva.execute(DismissReview(first, "seen"))
        await until(app, "was dismissed by operator eva meanwhile")
        assert "Assign item" not in shown(app)
    eva.close()


async def test_new_items_appear_while_one_looks(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, _):
        await until(app, "5 open")
        office.take_in(report("late@gone.example", number=20))
        await until(app, "late@gone.example")
        await until(app, "2 Queue 6")


async def test_the_raw_mail_opens_at_the_line_of_evidence(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("e")
        text = await until(app, "◆ Diagnostic-Code: smtp; 550 5.1.1 User unknown")
        assert "lines of evidence" in text
        await pilot.press("o")
        await until(app, lambda text: "From: MAILER-DAEMON" in text and "Diagnostic" not in text)
        await pilot.press("escape")
        await until(app, "5 open")


async def test_words_are_found_in_the_raw_mail(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("o", "slash", *"message-id", "enter")
        await until(app, "▸ Message-ID: <report-1@mx.office.example>")


async def test_the_decision_card_tells_the_mail_in_order(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("enter")
        text = await until(app, "MailMoved")
        places = [
            text.index(name) for name in ("MailFetched", "MailClassified", "ReviewRequested", "MailMoved")
        ]
        assert places == sorted(places)


async def test_q_leads_back_from_a_card_and_out_from_a_list(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("enter")
        await until(app, "Why  mail")
        await pilot.press("q")
        await until(app, "5 open")
        assert app.is_running
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0


async def test_ten_routine_items_take_thirty_keystrokes_or_fewer(tmp_path: Path) -> None:
    mails = [report(f"anna.{number}@berg.example", number=number) for number in range(10)]
    office = make_office(tmp_path, mails)
    keys = 0
    async with screens(office.application, "queue") as (app, pilot):
        for number in range(10):
            await until(app, f"why  no contact: nobody has anna.{number}@berg.example")
            await pilot.press("a", "1")
            await until(app, "what follows:")
            await pilot.press("enter")
            keys += 3
            await until(app, f"2 Queue {9 - number}" if number < 9 else "every bounce is decided")
    assert len(office.events("MailAssigned")) == 10
    assert keys <= 30
    office.application.close()


async def test_the_keys_of_the_screen_are_told(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "? keys")
        await pilot.press("question_mark")
        await until(app, "say which contact it belongs to")
        await pilot.press("escape")
        await until(app, "5 open")
