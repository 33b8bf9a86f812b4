"""The composition root: the one file that knows all rooms and joins them."""

import getpass
from collections.abc import Callable
from datetime import UTC, date, datetime

import mgtui
from eventstore import BlobStore, SqliteStore, open_store
from eventstore.events import OFFICE_EVENTS
from mgtui.application import Application
from mgtui.bounce import understand
from mgtui.classified import Marks
from mgtui.contacts import Internal, Variants
from mgtui.deciding import Deciding
from mgtui.deciding import Questions as DecidingQuestions
from mgtui.grabber import Folders, Grabber, Lease, Places, Report, Service
from mgtui.mailbox import ImapMailbox, ImapSettings, Mailbox, MaildirMailbox, PasswordFrom
from mgtui.questions import Questions, Row
from mgtui.rules import LoadedRules, Office, RulesError, default_rules, load_rules
from mgtui.settings import Config, ImapTable, MaildirTable, Settings, SettingsError
from projections import OFFICE_PROJECTIONS, inline


def today_utc() -> date:
    """Give the present day; the only clock that decisions ever see."""
    return datetime.now(UTC).date()


def build(settings: Settings, operator: str = "", today: Callable[[], date] = today_utc) -> Application:
    """Open the office. Raises `StoreError`, and `SettingsError` for rules that were never good."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    rules = rules_in_force(settings)
    store = open_store(settings.log_file, OFFICE_EVENTS, inline(OFFICE_PROJECTIONS))
    blobs = BlobStore(settings.mails_file)
    config = settings.config
    variants = Variants(frozenset(config.matching.plus_tags), frozenset(config.matching.dots))
    ask = Questions(store, blobs, lambda sql, values: rows(store, sql, values), variants)
    office = Office(
        rules=rules.rules,
        ruleset_digest=rules.digest,
        internal=Internal.of(config.office.internal),
        variants=variants,
        always_send=always_send(config),
    )
    marks = Marks(config.office.category_header.lower(), config.office.mailing_header.lower())
    deciding = Deciding(
        store, DecidingQuestions(ask.holders, ask.stream, ask.sent), understand, office, marks
    )
    operator = operator or f"operator {getpass.getuser()}"
    application = Application(settings, store, ask, deciding, rules, today, operator)
    application.closers += [blobs.close, store.close]
    return application


def rows(store: SqliteStore, sql: str, values: object) -> list[Row]:
    """Ask the read models, with plain dicts for an answer."""
    return [dict(row) for row in store.query(sql, values)]  # type: ignore[arg-type]


def always_send(config: Config) -> frozenset[str]:
    """Name the categories that are never suppressed."""
    return frozenset(name for name, category in config.categories.items() if category.always_send)


def rules_in_force(settings: Settings) -> LoadedRules:
    """Read the rules that the configuration names, or the default ones. Raises `SettingsError`."""
    file = settings.config.rules.file
    if file is None:
        return default_rules()
    path = settings.beside_config(file)
    try:
        return load_rules(path.read_text("utf-8"), str(path), always_send(settings.config))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{settings.config_file}: rules.file: {path} can't be read: {error}") from None
    except RulesError as error:
        raise SettingsError(str(error)) from None


def build_grabber(application: Application, name: str, report: Report) -> Service:
    """Make a grabber, ready to run once or on and on. Raises `SettingsError` for an unknown name."""
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
        store=application.store,
        blobs=ask.blobs,
        deciding=application.deciding,
        places=Places(ask.unmoved, ask.at, ask.moved_here, ask.twins, ask.validity),
        today=application.today,
        version=mgtui.__version__,
        batch=table.batch,
    )
    lease = Lease(settings.data / "leases", f"{mailbox_id} {table.folders.inbox}")
    return Service(grabber, lease, report, table.poll_seconds)


def open_mailbox(settings: Settings, table: MaildirTable | ImapTable) -> tuple[str, Mailbox]:
    """Make the mailbox of a grabber, not yet connected, and the name it has in the log."""
    match table:
        case MaildirTable():
            path = settings.beside_config(table.path)
            return f"maildir:{path}", MaildirMailbox(path)
        case ImapTable():
            imap = ImapSettings(
                host=table.host,
                user=table.user,
                password=PasswordFrom(
                    environment=table.password.env or "",
                    file=settings.beside_config(table.password.file) if table.password.file else None,
                    command=table.password.command or (),
                    keyring=table.password.keyring or "",
                ),
                port=table.port or 0,
                security=table.security,
                ca_file=settings.beside_config(table.ca_file) if table.ca_file else None,
                timeout=table.timeout_seconds,
                poll_interval=table.poll_seconds,
            )
            return f"imap:{table.user}@{imap.place}", ImapMailbox(imap)
