"""A contact's letters under Pilot, and saving attachments by an explicit key, under safe names only."""

from pathlib import Path

from mgtui.questions import Row
from mgtui.tui.letters import place
from tests.mgtui.tui.mails import letter_with_files
from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, until

FILES = {"contract.pdf": b"%PDF", "../../evil.sh": b"rm", "-rf": b"x"}


async def test_letters_and_their_attachments_are_listed(office: TestOffice) -> None:
    office.take_in(letter_with_files("anna@berg.example", "With papers", FILES, number=20))
    async with screens(office.application, "contacts") as (app, pilot):
        await until(app, "With papers")
        await pilot.press("f")
        await until(app, "Letters  Anna Berg")
        text = await until(app, "contract.pdf  (application/octet-stream, 4 bytes)")
        assert "The papers for October" in text
        await pilot.press("e")
        await until(app, "Subject: With papers")
        await pilot.press("escape", "escape")
        await until(app, "7 contacts")


async def test_attachments_are_saved_where_one_says_and_nowhere_else(
    office: TestOffice, tmp_path: Path
) -> None:
    office.take_in(letter_with_files("anna@berg.example", "With papers", FILES, number=20))
    folder = tmp_path / "into" / "here"
    async with screens(office.application, "contacts") as (app, pilot):
        await until(app, "With papers")
        await pilot.press("f")
        await until(app, "contract.pdf")
        await pilot.press("w")
        await until(app, "nothing is overwritten")
        await pilot.press("ctrl+u", *str(folder), "enter")
        await until(app, "saved contract.pdf")
        await pilot.press("w")
        await until(app, "nothing is overwritten")
        await pilot.press("enter")
        await until(app, "contract (2).pdf")
    assert len(list(folder.iterdir())) == 6
    assert {path.parent for path in tmp_path.rglob("*evil*")} == {folder}
    assert (folder / "contract.pdf").read_bytes() == b"%PDF"
    assert not [path for path in folder.iterdir() if path.name.startswith("-")]


async def test_a_folder_that_cannot_be_made_says_why(office: TestOffice, tmp_path: Path) -> None:
    office.take_in(letter_with_files("anna@berg.example", "With papers", FILES, number=20))
    (tmp_path / "file").write_text("in the way")
    async with screens(office.application, "contacts") as (app, pilot):
        await until(app, "With papers")
        await pilot.press("f")
        await until(app, "contract.pdf")
        await pilot.press("w")
        await until(app, "nothing is overwritten")
        await pilot.press("ctrl+u", *str(tmp_path / "file" / "x"), "enter")
        await until(app, "Not a directory")


async def test_a_letter_without_attachments_says_so(office: TestOffice) -> None:
    async with screens(office.application, "contacts") as (app, pilot):
        await until(app, "anna@berg.example")
        await pilot.press("f")
        await until(app, "The papers for October")
        await until(app, "0 attachments")
        await pilot.press("w")
        await until(app, "the mail has no attachments")


async def test_letters_are_paged_by_their_moment_both_ways(office: TestOffice) -> None:
    for number in range(20, 60):
        office.take_in(letter_with_files("anna@berg.example", f"Letter {number}", {}, number=number))
    ask = office.application.ask
    contact_id = ask.contacts("anna@berg.example")[0]["contact_id"]
    whole = list(ask.documents(contact_id))
    assert ask.count_letters(contact_id) == len(whole) > 40
    for backwards in (False, True):
        seen: list[Row] = []
        while page := ask.letters(
            contact_id, place(seen[0 if backwards else -1]) if seen else None, backwards, 7
        ):
            seen = [*page, *seen] if backwards else [*seen, *page]
        assert seen == whole
    async with screens(office.application, "contacts") as (app, pilot):
        await until(app, "Letter 59")
        await pilot.press("f")
        await until(app, "Letters  Anna Berg")
        await pilot.press("G")
        await until(app, whole[-1]["subject"])
