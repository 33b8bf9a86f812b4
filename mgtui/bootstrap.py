"""The composition root: the one file that knows all rooms and joins them.

The rooms that take mail in are imported when a grabber is built, those that tell people of things where there are
subscribers: the screens open without them.
"""

import getpass
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import mgtui
from eventstore import BlobStore, EventStore, open_store
from eventstore.events import OFFICE_EVENTS
from mgtui.application import Application
from mgtui.braking import Braking
from mgtui.classified import Marks
from mgtui.contacts import Internal, Variants
from mgtui.deadly import Watched
from mgtui.deciding import Deciding
from mgtui.deciding import Questions as DecidingQuestions
from mgtui.keys import KeyRing, KeysError
from mgtui.presence import Presence
from mgtui.questions import Questions
from mgtui.rules import Brake, Key, LoadedRules, Names, Office, Proofs, RulesError, default_rules, load_rules
from mgtui.settings import Config, ImapTable, MaildirTable, Settings, SettingsError
from projections import OFFICE_PROJECTIONS, inline
from projections.fields import as_dicts

if TYPE_CHECKING:
    from mgtui.bounce import Classification
    from mgtui.grabber import Report, Service
    from mgtui.mailbox import Mailbox
    from mgtui.notify import Outbox, Subscriber


def today_utc() -> date:
    """Give the present day; the only clock that decisions ever see."""
    return datetime.now(UTC).date()


def understand(raw: bytes) -> "Classification":
    """Read a mail; the readers are imported with the first one."""
    from mgtui.bounce import understand as read

    return read(raw)


def build(settings: Settings, operator: str = "", today: Callable[[], date] = today_utc) -> Application:
    """Open the office. Raises `StoreError`, and `SettingsError` for rules that were never good."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = open_store(
        settings.log_file, OFFICE_EVENTS, inline(OFFICE_PROJECTIONS), witness=settings.mails_file
    )
    try:
        rules, refused = rules_or_last_good(settings, store)
        keys = keys_in_force(settings)
        subscribers = those_who_are_told(settings)
    except SettingsError:
        store.close()
        raise
    blobs = BlobStore(settings.mails_file)
    config = settings.config
    variants = Variants(frozenset(config.matching.plus_tags), frozenset(config.matching.dots))
    ask = Questions(store, blobs, lambda sql, values: as_dicts(store.query(sql, values)), variants)
    office = office_of(config, rules, variants, subscribers)
    asked = DecidingQuestions(ask.holders, ask.stream, ask.sent, ask.archived)
    log: EventStore = store
    if subscribers:
        from mgtui.notify import Telling

        log = Telling(store, subscribers)
    own = tuple(name.casefold() for name in config.brake.own)
    braking = Braking(Brake(config.brake.share, config.brake.at_least, own), store, ask.query)
    watched = Watched(settings.data / "reading", understand)
    deciding = Deciding(log, asked, watched, office, marks_of(config), keys, braking)
    operator = operator or f"operator {getpass.getuser()}"
    presence = Presence(settings.data / "presence", operator)
    return Application(
        settings=settings,
        store=store,
        log=log,
        ask=ask,
        deciding=deciding,
        rules=rules,
        today=today,
        operator=operator,
        read_rules=partial(read_rules, settings),
        presence=presence,
        refused=refused,
        closers=[watched.close, blobs.close, store.close, presence.leave],
    )


def office_of(
    config: Config, rules: LoadedRules, variants: Variants, subscribers: "Sequence[Subscriber]"
) -> Office:
    """Give what deciding knows of the office."""
    return Office(
        rules=rules.rules,
        ruleset_digest=rules.digest,
        internal=Internal.of(config.office.internal),
        variants=variants,
        always_send=always_send(config),
        subscribers=frozenset(one.name for one in subscribers),
        wanting_notices=frozenset(one.name for one in subscribers if one.wants("NoticeRaised", (), "")),
        proofs=Proofs(
            config.proof.unproven, (), config.proof.max_age_days, config.proof.mark_header is not None
        ),
    )


def marks_of(config: Config) -> Marks:
    """Give the fields by which a returned mail tells what it was."""
    return Marks(
        config.office.category_header.lower(),
        config.office.mailing_header.lower(),
        (config.proof.mark_header or "").lower(),
        config.proof.mark_value,
    )


def those_who_are_told(settings: Settings) -> "tuple[Subscriber, ...]":
    """Give the subscribers; what tells them is imported where there are any."""
    if not settings.config.subscribers:
        return ()
    from mgtui.notices import subscribers_of

    return subscribers_of(settings)


def always_send(config: Config) -> frozenset[str]:
    """Name the categories that are never suppressed."""
    return frozenset(name for name, category in config.categories.items() if category.always_send)


def keys_in_force(settings: Settings) -> Callable[[], Sequence[Key]]:
    """Give the question for the signing keys. Raises `SettingsError` for keys that were never good."""
    ring = KeyRing(settings.keys_file)
    try:
        ring.keys()
    except KeysError as error:
        raise SettingsError(str(error)) from None
    return ring.last_good


def names_of(config: Config) -> Names:
    """Give the names that rules may use."""
    from mgtui.bounce.reasons import COMPLAINTS, default_tables

    return Names(
        always_send(config),
        set(config.categories),
        set(config.subscribers),
        {*default_tables().severities.always, *COMPLAINTS},
    )


def rules_or_last_good(settings: Settings, store: EventStore) -> tuple[LoadedRules, str]:
    """Give the rules, or those that were in force last and why the new ones are refused.

    Raises `SettingsError` where no rules were ever in force.
    """
    try:
        return rules_in_force(settings), ""
    except SettingsError as error:
        for recorded in store.read(types=["RulesLoaded"], backwards=True, limit=1):
            names = Names(always_send(settings.config))
            try:
                kept = load_rules(recorded.data["text"], recorded.data["source"], names)
            except RulesError:
                break
            return kept, str(error)
        raise


def read_rules(settings: Settings, file: Path | None) -> LoadedRules:
    """Read the rules of a file, or those that are configured. Raises `SettingsError`."""
    return rules_of(settings, file) if file else rules_in_force(settings)


def rules_in_force(settings: Settings) -> LoadedRules:
    """Read the rules that the configuration names, or the default ones. Raises `SettingsError`."""
    file = settings.config.rules.file
    if file is None:
        return default_rules()
    return rules_of(settings, settings.beside_config(file), f"{settings.config_file}: rules.file: ")


def rules_of(settings: Settings, path: Path, named_by: str = "") -> LoadedRules:
    """Read the rules of a file, with the names that the configuration knows. Raises `SettingsError`."""
    try:
        return load_rules(path.read_text("utf-8"), str(path), names_of(settings.config))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{named_by}{path} can't be read: {error}") from None
    except RulesError as error:
        raise SettingsError(str(error)) from None


def build_outbox(application: Application) -> "Outbox":
    """Make the performer of the outbox."""
    from mgtui.notices import channels_of
    from mgtui.notify import Outbox

    channels = channels_of(application.settings)
    return Outbox(application.store, application.ask.due_actions, channels, lambda: datetime.now(UTC))


def build_grabber(application: Application, name: str, report: "Report") -> "Service":
    """Make a grabber, ready to run once or on and on. Raises `SettingsError` for an unknown name."""
    from mgtui.grabber import Folders, Grabber, Lease, Places, Service, balance

    settings = application.settings
    table = settings.config.grabbers.get(name)
    if table is None:
        known = ", ".join(settings.config.grabbers) or "none"
        raise SettingsError(f"{settings.config_file}: there is no grabber {name!r} (there is: {known})")
    mailbox_id, mailbox = open_mailbox(settings, table)
    ask = application.ask
    grabber = Grabber(
        name=name,
        mailbox_id=mailbox_id,
        mailbox=mailbox,
        folders=Folders(table.folders.inbox, table.folders.done, table.folders.manual),
        store=application.log,
        blobs=ask.blobs,
        deciding=application.deciding,
        places=Places(ask.unmoved, ask.at, ask.moved_here, ask.twins, ask.validity),
        today=application.today,
        version=mgtui.__version__,
        batch=table.batch,
        archive=name in settings.config.proof.archive,
    )
    lease = Lease(settings.data / "leases", f"{mailbox_id} {table.folders.inbox}")

    def check() -> None:
        row = next((row for row in ask.balance() if row["grabber"] == name), None)
        if row is not None:
            balance.check(grabber, row, ask.counted().get(name))

    return Service(grabber, lease, report, table.poll_seconds, lambda: ask.paused(name), check)


def open_mailbox(settings: Settings, table: MaildirTable | ImapTable) -> tuple[str, "Mailbox"]:
    """Make the mailbox of a grabber, not yet connected, and the name it has in the log."""
    from mgtui.mailbox import ImapMailbox, ImapSettings, MaildirMailbox
    from mgtui.signing_in import secret_of

    match table:
        case MaildirTable():
            path = settings.beside_config(table.path)
            return f"maildir:{path}", MaildirMailbox(path)
        case ImapTable():
            imap = ImapSettings(
                host=table.host,
                user=table.user,
                password=secret_of(settings, table),
                login="xoauth2" if table.oauth else "password",
                idle_slice=table.idle_seconds,
                port=table.port or 0,
                security=table.security,
                allow_plain=table.allow_plain,
                allow_deleted_marks=table.allow_deleted_marks,
                ca_file=settings.beside_config(table.ca_file) if table.ca_file else None,
                timeout=table.timeout_seconds,
                poll_interval=table.poll_seconds,
            )
            return f"imap:{table.user}@{imap.place}", ImapMailbox(imap)
