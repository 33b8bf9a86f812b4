"""The configuration: a TOML file, checked whole when read."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from mgtui.contacts import normalise
from mgtui.language import Language
from mgtui.wording import NO_SUCH_KEY, first_problem, harmless


class SettingsError(Exception):
    """A configuration that can't be used; its text is one line: file, table, key, what would be right."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class OfficeTable(_Strict):
    """`[office]`: whose mail this is."""

    internal: tuple[str, ...] = ()
    category_header: str = "X-Mailing-Category"
    mailing_header: str = "X-Mailing-Id"


class CategoryTable(_Strict):
    """`[categories.NAME]`: a kind of outgoing mail."""

    always_send: bool = False


class PasswordTable(_Strict):
    """Where a password comes from: exactly one of these."""

    env: str | None = None
    file: Path | None = None
    command: tuple[str, ...] | None = None
    keyring: str | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "PasswordTable":
        if sum(value is not None for value in (self.env, self.file, self.command, self.keyring)) != 1:
            raise ValueError("name exactly one of env, file, command, keyring")
        return self


class FoldersTable(_Strict):
    """The folders that a grabber reads and moves to."""

    inbox: str = "INBOX"
    done: str = "Processed"
    manual: str = "Manual"

    @model_validator(mode="after")
    def _three_places(self) -> "FoldersTable":
        if len({self.inbox, self.done, self.manual}) != 3:
            raise ValueError("inbox, done and manual must be three folders")
        return self


class _GrabberTable(_Strict):
    folders: FoldersTable = Field(default_factory=FoldersTable.model_construct)
    batch: int = Field(default=500, ge=1, le=1000)
    poll_seconds: float = Field(default=60.0, ge=0.1)


class MaildirTable(_GrabberTable):
    """A grabber on a Maildir."""

    type: Literal["maildir"]
    path: Path


class MicrosoftTable(_Strict):
    """`oauth` for Microsoft 365: with a `secret` the app signs in itself, else a person did."""

    provider: Literal["microsoft"]
    tenant: str
    client_id: str
    secret: PasswordTable | None = None
    login: str = "https://login.microsoftonline.com"
    ca_file: Path | None = None


class GoogleTable(_Strict):
    """`oauth` for Google: the key file of a service account, or the id file of an app a person signed in for."""

    provider: Literal["google"]
    service_account: Path | None = None
    client: Path | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "GoogleTable":
        if (self.service_account is None) == (self.client is None):
            raise ValueError("name exactly one of service_account, client")
        return self


OauthTable = Annotated[MicrosoftTable | GoogleTable, Field(discriminator="provider")]


class ImapTable(_GrabberTable):
    """A grabber on an IMAP mailbox."""

    type: Literal["imap"]
    host: str
    user: str
    password: PasswordTable | None = None
    oauth: OauthTable | None = None
    idle_seconds: float = Field(default=60.0, ge=1, le=300)
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["tls", "starttls", "plain"] = "tls"
    allow_plain: bool = False
    allow_deleted_marks: bool = False
    ca_file: Path | None = None
    timeout_seconds: float = Field(default=60.0, ge=1)

    @model_validator(mode="after")
    def _one_way_in(self) -> "ImapTable":
        if (self.password is None) == (self.oauth is None):
            raise ValueError("name exactly one of password, oauth")
        return self


GrabberTable = Annotated[MaildirTable | ImapTable, Field(discriminator="type")]


class RulesTable(_Strict):
    """`[rules]`: which rules hold; the default ones where no file is named."""

    file: Path | None = None


class BrakeTable(_Strict):
    """`[brake]`: when decisions wait because too many addresses bounced in a day."""

    share: float = Field(default=0.3, gt=0, le=1)
    at_least: int = Field(default=50, ge=1)
    own: tuple[str, ...] = ()


class SmtpTable(_Strict):
    """`[smtp]`: the server that takes the notices for subscribers."""

    host: str
    sender: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["tls", "starttls", "plain"] = "starttls"
    user: str = ""
    password: PasswordTable | None = None


class SubscriberTable(_Strict):
    """`[subscribers.NAME]`: somebody who is told of events, by mail or by a service that apprise speaks."""

    mail: str | None = Field(default=None, pattern=r"^[^@\s]+@[^@\s]+$")
    apprise: PasswordTable | None = None
    events: tuple[str, ...] = ()
    grabbers: tuple[str, ...] = ()
    failures_only: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> "SubscriberTable":
        if (self.mail is None) == (self.apprise is None):
            raise ValueError("name exactly one of mail, apprise")
        return self


class ProofTable(_Strict):
    """`[proof]`: how a report proves that it answers a mail of ours, and what becomes of one that doesn't."""

    unproven: Literal["count", "review", "ignore"] | None = None
    return_path: str | None = None
    max_age_days: int = Field(default=30, ge=1)
    mark_header: str | None = Field(default=None, min_length=1)
    mark_value: str = "*"
    archive: tuple[str, ...] = ()


ColumnsTable = dict[Literal["id", "name", "addresses", "lists"], str | tuple[str, ...]]


class _SourceTable(_Strict):
    columns: ColumnsTable = Field(default_factory=dict)
    whole: bool = False  #: what it no longer has, has vanished


class FileSourceTable(_SourceTable):
    """Contacts in a file that the administration writes."""

    type: Literal["csv", "vcard"]
    path: Path


class SqlSourceTable(_SourceTable):
    """Contacts in the administration's database; `url` is one of SQLAlchemy, without a password."""

    type: Literal["sql"]
    url: str
    query: str
    password: PasswordTable | None = None


SourceTable = Annotated[FileSourceTable | SqlSourceTable, Field(discriminator="type")]


class ContactsTable(_Strict):
    """`[contacts]`: how contacts come in. `columns` maps id, name, addresses, lists to the file's names."""

    columns: ColumnsTable = Field(default_factory=dict)
    sources: dict[str, SourceTable] = Field(default_factory=dict)


class MatchingTable(_Strict):
    """`[matching]`: domains at which `+tag`, or dots in the local part, make no difference."""

    plus_tags: tuple[str, ...] = ()
    dots: tuple[str, ...] = ()

    @field_validator("plus_tags", "dots")
    @classmethod
    def _compared(cls, domains: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(normalise(f"x@{domain.lstrip('@')}").removeprefix("x@") for domain in domains)


class ScreensTable(_Strict):
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


@dataclass(frozen=True, slots=True)
class Config:
    """The whole file; a table is checked where the file has it, so that the checks of others need not be built."""

    office: OfficeTable = field(default_factory=OfficeTable.model_construct)
    categories: dict[str, CategoryTable] = field(default_factory=dict)
    rules: RulesTable = field(default_factory=RulesTable.model_construct)
    contacts: ContactsTable = field(default_factory=ContactsTable.model_construct)
    proof: ProofTable = field(default_factory=ProofTable.model_construct)
    matching: MatchingTable = field(default_factory=MatchingTable.model_construct)
    brake: BrakeTable = field(default_factory=BrakeTable.model_construct)
    screens: ScreensTable = field(default_factory=ScreensTable.model_construct)
    #: see `mgtui.tui.keymap`
    keys: Annotated[dict[str, tuple[str, ...]], BeforeValidator(_by_full_names)] = field(default_factory=dict)
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
    checked = {
        part.name: _checked(part.name, part.type, tables.pop(part.name), name)
        for part in fields(Config)
        if part.name in tables
    }
    for key in tables:
        raise SettingsError(f"{name}: {harmless(key)}: {NO_SUCH_KEY}")
    config = Config(**checked)
    for problem in _contradictions(config):
        raise SettingsError(f"{name}: {problem}")
    return config


def _checked(table: str, type_: Any, given: Any, name: str) -> Any:
    try:
        return TypeAdapter(type_).validate_python(given)
    except ValidationError as error:
        raise SettingsError(f"{name}: {first_problem(error, table)}") from None
