"""Two operators at once see who is at which item."""

from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, until


async def test_each_operator_sees_where_the_other_is(office: TestOffice) -> None:
    eva = office.another("operator eva")
    items = [row["item"] for row in office.application.ask.open_items("bounces")]
    async with screens(office.application, "queue") as (app, _pilot):
        await until(app, "anna.neu@berg.example")
        eva.presence.at(items[0])
        await until(app, "✎ eva looks at it since")
        eva.presence.at(items[0], acting=True)
        await until(app, "✎ eva works on it since")
        eva.presence.at(items[1])
        text = await until(app, lambda text: "since" not in text and "✎ eva" in text)
        assert "fritz.holm" in next(line for line in text.splitlines() if "✎ eva" in line)
        eva.close()
        await until(app, lambda text: "✎" not in text)


async def test_the_others_see_where_one_is_and_that_one_acts(office: TestOffice) -> None:
    eva = office.another("operator eva")
    items = [row["item"] for row in office.application.ask.open_items("bounces")]

    def seen() -> list[tuple[str, int, bool]]:
        return [(one.name, one.item, one.acting) for one in eva.presence.others()]

    async with screens(office.application, "queue") as (app, pilot):
        await until(app, lambda _: seen() == [("test", items[0], False)])
        await pilot.press("j")
        await until(app, lambda _: seen() == [("test", items[1], False)])
        await pilot.press("d")
        await until(app, lambda _: seen() == [("test", items[1], True)])
        await pilot.press("escape", "1")
        await until(app, lambda _: seen() == [])
    eva.close()
