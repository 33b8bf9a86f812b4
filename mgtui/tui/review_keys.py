"""The keys of the queue and the import list."""

from mgtui.language import N_
from mgtui.tui.keys import UNDO, Key

KEYS = (
    Key("item.assign", "a", "assign(False)", N_("assign"), N_("say which contact it belongs to")),
    Key(
        "item.remember",
        "r",
        "assign(True)",
        N_("+remember"),
        N_("the same, and add the address to the contact"),
    ),
    Key("item.dismiss", "d", "dismiss_item", N_("dismiss"), N_("needs nothing more, with a reason")),
    Key(
        "item.suppress",
        "s",
        "suppress",
        N_("suppress"),
        N_("send nothing more to its address, and close it"),
    ),
    Key(
        "item.card",
        "enter",
        "card",
        N_("why"),
        N_("the decision card: what happened to the mail, in order"),
    ),
    Key("item.raw", "e", "raw", N_("raw"), N_("the mail as it came, with the lines the verdict rests on")),
    Key("item.mark", "space", "mark", N_("mark"), N_("mark it; acts then go to all that are marked")),
    UNDO,
    Key("item.filter", "slash", "filter", N_("filter"), N_("show only items with this text")),
    Key("item.next", "n", "step(1)", "", N_("the next item, or hit of the filter")),
    Key("item.previous", "N", "step(-1)", "", N_("the one before")),
    Key("item.headers", "o", "headers", N_("headers"), N_("the mail's header")),
    Key("item.clear", "escape", "clear", "", N_("take marks away, then the filter")),
    Key("item.copy", "y", "copy", "", N_("copy the address to your own clipboard (OSC 52)")),
    Key("item.more", "J", "scroll_details(3)", "", N_("details down")),
    Key("item.less", "K", "scroll_details(-3)", "", N_("details up")),
)
#: only where brakes are
RELEASE = Key("item.release", "l", "release", "", N_("let all through that waits behind a brake"))
