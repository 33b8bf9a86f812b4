"""The composition root: the one file that knows all rooms and joins them.

Its other half, `mgtui.bootstrap_acting`, is imported with the first act, the rooms that take mail in with the first
grabber, those that tell people of things where there are subscribers: the screens open without them.
"""

import getpass
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

import mgtui
from eventstore import BlobStore, EventStore, open_store
from eventstore.events import OFFICE_EVENTS
from mgtui.application import Application
from mgtui.contacts import Variants
from mgtui.presence import Presence
from mgtui.questions import Questions
from mgtui.settings import Settings, SettingsError
from projections import OFFICE_PROJECTIONS, inline
from projections.fields import as_dicts

if TYPE_CHECKING:
    from mgtui.acting import Acting
    from mgtui.apart import Apart, Start
    from mgtui.grabber import Report, Service
    from mgtui.mailbox import Mailbox
    from mgtui.notify import Outbox, Subscriber


def today_utc() -> date:
    """Give the present day; the only clock that decisions ever see."""
    return datetime.now(UTC).date()


def build(settings: Settings, operator: str = "", today: Callable[[], date] = today_utc) -> Application:
    """Open the office. Raises `StoreError`, and `SettingsError` for rules that were never good."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    subscribers = those_who_are_told(settings)
    store = open_store(
        settings.log_file, OFFICE_EVENTS, inline(OFFICE_PROJECTIONS), witness=settings.mails_file
    )
    log: EventStore = store
    if subscribers:
        from mgtui.notify import Telling

        log = Telling(store, subscribers)
    blobs = BlobStore(settings.mails_file)
    matching = settings.config.matching
    variants = Variants(frozenset(matching.plus_tags), frozenset(matching.dots))
    operator = operator or f"operator {getpass.getuser()}"
    presence = Presence(settings.data / "presence", operator)
    application = Application(
        settings=settings,
        store=store,
        log=log,
        ask=Questions(store, blobs, lambda sql, values: as_dicts(store.query(sql, values)), variants),
        always_send=settings.config.always_send,
        today=today,
        operator=operator,
        presence=presence,
        make_acting=partial(make_acting, subscribers),
        closers=[blobs.close, store.close, presence.leave],
    )
    _check(application)
    return application


def _check(application: Application) -> None:
    """Have rules, reasons and keys read before anything is done, where any are given: the default ones are good."""
    settings, config = application.settings, application.settings.config
    try:
        if config.rules.file or config.reasons.file or settings.keys_file.exists():
            _ = application.acting
    except SettingsError:
        application.close()
        raise


def make_acting(subscribers: "Sequence[Subscriber]", application: Application) -> "Acting":
    """Make what carries commands out. Raises `SettingsError` for rules or keys that were never good."""
    from mgtui.bootstrap_acting import build_acting

    return build_acting(application, subscribers)


def those_who_are_told(settings: Settings) -> "tuple[Subscriber, ...]":
    """Give the subscribers; what tells them is imported where there are any."""
    if not settings.config.subscribers:
        return ()
    from mgtui.notices import subscribers_of

    return subscribers_of(settings)


def build_outbox(application: Application) -> "Outbox":
    """Make the performer of the outbox."""
    from mgtui.notices import channels_of
    from mgtui.notify import Outbox

    channels = channels_of(application.settings)
    return Outbox(application.store, application.ask.due_actions, channels, lambda: datetime.now(UTC))


def build_grabber(
    application: Application,
    name: str,
    report: "Report",
    start: "Start | None" = None,
    mailbox: "Mailbox | None" = None,
) -> "Service":
    """Make a grabber, ready to run once or on and on. Raises `SettingsError` for an unknown name.

    `start` begins another process where a mailbox is full; by default that is a program of its own. `mailbox` is
    given by whoever has made it already.
    """
    from mgtui.apart import spawned
    from mgtui.grabber import Folders, Grabber, Lease, Places, Service, balance
    from mgtui.mailboxes import mailbox_id_of, open_mailbox

    settings = application.settings
    table = settings.config.grabbers.get(name)
    if table is None:
        known = ", ".join(settings.config.grabbers) or "none"
        raise SettingsError(f"{settings.config_file}: there is no grabber {name!r} (there is: {known})")
    mailbox_id = mailbox_id_of(settings, table)
    ask, archive = application.ask, name in settings.config.proof.archive
    grabber = Grabber(
        name=name,
        mailbox_id=mailbox_id,
        mailbox=mailbox or open_mailbox(settings, table),
        folders=Folders(table.folders.inbox, table.folders.done, table.folders.manual),
        store=application.log,
        blobs=ask.blobs,
        deciding=application.deciding,
        places=Places(ask.unmoved, ask.waiting, ask.at, ask.moved_here, ask.twins, ask.validity),
        today=application.today,
        version=mgtui.__version__,
        batch=table.batch,
        archive=archive,
        apart=partial(apart, settings, archive, start or spawned),
    )
    lease = Lease(settings.data / "leases", f"{mailbox_id} {table.folders.inbox}")

    def check() -> None:
        row = next((row for row in ask.balance() if row["grabber"] == name), None)
        if row is not None:
            balance.check(grabber, row, ask.counted().get(name))

    return Service(grabber, lease, report, table.poll_seconds, lambda: ask.paused(name), check)


def apart(settings: Settings, archive: bool, start: "Start", origin: str) -> "Apart":
    """Make what stores and reads the mails of an origin in another process."""
    from mgtui.apart import Apart
    from mgtui.bootstrap_acting import marks_of, site_table

    marks, site = marks_of(settings.config), site_table(settings)
    return Apart(settings.mails_file, settings.notes_folder, marks, origin, archive, start, site)
