"""The configuration: a TOML file, checked whole when read."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs

from mgtui.contacts import normalise
from mgtui.language import Language
from mgtui.tables import Limits, Table, TableError, amend, field, read_table

Positive = Annotated[int, Limits(ge=1)]
Port = Annotated[int, Limits(ge=1, le=65535)]
Keys = Annotated[tuple[str, ...], Limits(description="a key, or a list of them")]
HeaderName = Annotated[str, Limits(min_length=1, description="the name of a header")]
MailAddress = Annotated[str, Limits(pattern=r"^[^@\s]+@[^@\s]+$", description="an address")]


class SettingsError(Exception):
    """A configuration that can't be used; its text is one line: file, table, key, what would be right."""


class OfficeTable(Table):
    """`[office]`: whose mail this is."""

    internal: tuple[str, ...] = ()
    category_header: str = "X-Mailing-Category"
    mailing_header: str = "X-Mailing-Id"


class CategoryTable(Table):
    """`[categories.NAME]`: a kind of outgoing mail."""

    always_send: bool = False


class PasswordTable(Table):
    """Where a password comes from: exactly one of these."""

    env: str | None = None
    file: Path | None = None
    command: tuple[str, ...] | None = None
    keyring: str | None = None

    def __post_init__(self) -> None:
        if sum(value is not None for value in (self.env, self.file, self.command, self.keyring)) != 1:
            raise ValueError("name exactly one of env, file, command, keyring")


class FoldersTable(Table):
    """The folders that a grabber reads and moves to."""

    inbox: str = "INBOX"
    done: str = "Processed"
    manual: str = "Manual"

    def __post_init__(self) -> None:
        if len({self.inbox, self.done, self.manual}) != 3:
            raise ValueError("inbox, done and manual must be three folders")


class _GrabberTable(Table):
    folders: FoldersTable = FoldersTable()
    batch: Annotated[int, Limits(ge=1, le=1000)] = 500
    poll_seconds: Annotated[float, Limits(ge=0.1)] = 60.0


class MaildirTable(_GrabberTable, kw_only=True, tag_field="type", tag="maildir"):
    """A grabber on a Maildir."""

    path: Path


class MicrosoftTable(Table, tag_field="provider", tag="microsoft"):
    """`oauth` for Microsoft 365: with a `secret` the app signs in itself, else a person did."""

    tenant: str
    client_id: str
    secret: PasswordTable | None = None
    login: str = "https://login.microsoftonline.com"
    ca_file: Path | None = None


class GoogleTable(Table, tag_field="provider", tag="google"):
    """`oauth` for Google: the key file of a service account, or the id file of an app a person signed in for."""

    service_account: Path | None = None
    client: Path | None = None

    def __post_init__(self) -> None:
        if (self.service_account is None) == (self.client is None):
            raise ValueError("name exactly one of service_account, client")


OauthTable = MicrosoftTable | GoogleTable


class ImapTable(_GrabberTable, kw_only=True, tag_field="type", tag="imap"):
    """A grabber on an IMAP mailbox."""

    host: str
    user: str
    password: PasswordTable | None = None
    oauth: OauthTable | None = None
    idle_seconds: Annotated[float, Limits(ge=1, le=300)] = 60.0
    port: Port | None = None
    security: Literal["tls", "starttls", "plain"] = "tls"
    allow_plain: bool = False
    allow_deleted_marks: bool = False
    ca_file: Path | None = None
    timeout_seconds: Annotated[float, Limits(ge=1)] = 60.0

    def __post_init__(self) -> None:
        if (self.password is None) == (self.oauth is None):
            raise ValueError("name exactly one of password, oauth")


GrabberTable = MaildirTable | ImapTable


class RulesTable(Table):
    """`[rules]`: which rules hold; the default ones where no file is named."""

    file: Path | None = None


class ReasonsTable(Table):
    """`[reasons]`: what the office itself knows of reasons for bounces; it speaks before the program's tables."""

    file: Path | None = None


class BrakeTable(Table):
    """`[brake]`: when decisions wait because too many addresses bounced in a day."""

    share: Annotated[float, Limits(gt=0, le=1)] = 0.3
    at_least: Positive = 50
    own: tuple[str, ...] = ()


class SmtpTable(Table):
    """`[smtp]`: the server that takes the notices for subscribers."""

    host: str
    sender: MailAddress
    port: Port | None = None
    security: Literal["tls", "starttls", "plain"] = "starttls"
    user: str = ""
    password: PasswordTable | None = None


class SubscriberTable(Table):
    """`[subscribers.NAME]`: somebody who is told of events, by mail or by a service that apprise speaks."""

    mail: MailAddress | None = None
    apprise: PasswordTable | None = None
    events: tuple[str, ...] = ()
    grabbers: tuple[str, ...] = ()
    failures_only: bool = False

    def __post_init__(self) -> None:
        if (self.mail is None) == (self.apprise is None):
            raise ValueError("name exactly one of mail, apprise")


class ProofTable(Table):
    """`[proof]`: how a report proves that it answers a mail of ours, and what becomes of one that doesn't."""

    unproven: Literal["count", "review", "ignore"] | None = None
    return_path: str | None = None
    max_age_days: Positive = 30
    mark_header: HeaderName | None = None
    mark_value: str = "*"
    archive: tuple[str, ...] = ()


ColumnsTable = dict[Literal["id", "name", "addresses", "lists"], str | tuple[str, ...]]


class _SourceTable(Table):
    columns: ColumnsTable = field(default_factory=dict)
    whole: bool = False  #: what it no longer has, has vanished


class FileSourceTable(_SourceTable, kw_only=True, tag_field="type", tag="csv"):
    """Contacts in a file that the administration writes."""

    path: Path


class VcardSourceTable(FileSourceTable, tag="vcard"):
    """The same as vCards."""


class SqlSourceTable(_SourceTable, kw_only=True, tag_field="type", tag="sql"):
    """Contacts in the administration's database; `url` is one of SQLAlchemy, without a password."""

    url: str
    query: str
    password: PasswordTable | None = None


SourceTable = FileSourceTable | VcardSourceTable | SqlSourceTable


class ContactsTable(Table):
    """`[contacts]`: how contacts come in. `columns` maps id, name, addresses, lists to the file's names."""

    columns: ColumnsTable = field(default_factory=dict)
    sources: dict[str, SourceTable] = field(default_factory=dict)


class MatchingTable(Table):
    """`[matching]`: domains at which `+tag`, or dots in the local part, make no difference."""

    plus_tags: tuple[str, ...] = ()
    dots: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("plus_tags", "dots"):
            amend(self, name, tuple(map(_compared, getattr(self, name))))


def _compared(domain: str) -> str:
    return normalise(f"x@{domain.lstrip('@')}").removeprefix("x@")


class ScreensTable(Table):
    """`[screens]`: how people are talked to, on the screens and by commands."""

    language: Language | None = None  #: None: as the locale says
    mouse: bool = True  #: False leaves the mouse to the terminal


def _by_full_names(table: Any) -> Any:
    """Take `item.assign = "a"` as it is meant, quoted or not, and one key or a list of them."""
    if not isinstance(table, dict):
        return table
    nested = {name: value for name, value in table.items() if isinstance(value, dict)}
    flat = {name: value for name, value in table.items() if name not in nested}
    flat |= {f"{name}.{act}": keys for name, acts in nested.items() for act, keys in acts.items()}
    return {name: (keys,) if isinstance(keys, str) else keys for name, keys in flat.items()}


class Config(Table):
    """The whole file."""

    office: OfficeTable = OfficeTable()
    categories: dict[str, CategoryTable] = field(default_factory=dict)
    rules: RulesTable = RulesTable()
    reasons: ReasonsTable = ReasonsTable()
    contacts: ContactsTable = ContactsTable()
    proof: ProofTable = ProofTable()
    matching: MatchingTable = MatchingTable()
    brake: BrakeTable = BrakeTable()
    screens: ScreensTable = ScreensTable()
    keys: dict[str, Keys] = field(default_factory=dict)  #: see `mgtui.tui.keymap`
    smtp: SmtpTable | None = None
    subscribers: dict[str, SubscriberTable] = field(default_factory=dict)
    grabbers: dict[str, GrabberTable] = field(default_factory=dict)

    @property
    def always_send(self) -> frozenset[str]:
        """The categories that no suppression stops."""
        return frozenset(name for name, category in self.categories.items() if category.always_send)


def _contradictions(config: Config) -> Iterator[str]:
    """Say what tables that are right each for itself get wrong together."""
    boxes = {table.user.casefold() for table in config.grabbers.values() if isinstance(table, ImapTable)}
    for name, table in config.subscribers.items():
        if table.mail and config.smtp is None:
            yield f"subscribers.{name}.mail needs a table [smtp]"
        if table.mail and table.mail.casefold() in boxes:
            yield f"subscribers.{name}.mail is a mailbox of a grabber: it would be told of itself"
        for grabber in table.grabbers:
            if grabber not in config.grabbers:
                yield f"subscribers.{name}.grabbers: there is no grabber {grabber!r}"
    for name in config.proof.archive:
        if name not in config.grabbers:
            yield f"proof.archive: there is no grabber {name!r}"


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration and where things lie."""

    config: Config
    config_file: Path
    data: Path

    @property
    def log_file(self) -> Path:
        """The log and the read models."""
        return self.data / "events.db"

    @property
    def mails_file(self) -> Path:
        """The raw mails."""
        return self.data / "mails.db"

    @property
    def notes_folder(self) -> Path:
        """Which mails are being read, and which ended the program."""
        return self.data / "reading"

    @property
    def keys_file(self) -> Path:
        """The keys that sign return paths."""
        return self.data / "verp-keys.json"

    def beside_config(self, path: Path) -> Path:
        """Resolve a path of the configuration, which counts from the configuration's folder."""
        return path if path.is_absolute() else self.config_file.parent / path.expanduser()


def default_config_file() -> Path:
    """Give the configuration file that is read where none is named."""
    return Path(platformdirs.user_config_dir("mgtui")) / "mgtui.toml"


def default_data_folder() -> Path:
    """Give the data folder that is used where none is named."""
    return Path(platformdirs.user_data_dir("mgtui"))


def load_settings(config_file: Path | None = None, data: Path | None = None) -> Settings:
    """Read the configuration. Raises `SettingsError`."""
    file = config_file or default_config_file()
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        raise SettingsError(f"{file} isn't there; `mgtui init` writes one that runs") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} can't be read: {error}") from None
    return Settings(parse_config(text, str(file)), file.resolve(), data or default_data_folder())


def parse_config(text: str, name: str) -> Config:
    """Check the text of a configuration. Raises `SettingsError`."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{name}: {error}") from None
    try:
        config = read_table(Config, {**tables, "keys": _by_full_names(tables.get("keys", {}))})
    except TableError as error:
        raise SettingsError(f"{name}: {error}") from None
    for problem in _contradictions(config):
        raise SettingsError(f"{name}: {problem}")
    return config
