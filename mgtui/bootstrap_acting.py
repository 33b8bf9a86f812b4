"""The half of the composition root that joins what acting and deciding need; imported with the first act."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from eventstore import EventStore
from mgtui.acting import Acting
from mgtui.application import Application
from mgtui.braking import Braking
from mgtui.classified import Marks
from mgtui.contacts import Internal
from mgtui.deadly import Watched
from mgtui.deciding import Deciding, Questions
from mgtui.keys import KeyRing, KeysError
from mgtui.reading import get_ready, understand
from mgtui.rules import Brake, Key, LoadedRules, Names, Office, Proofs, RulesError, default_rules, load_rules
from mgtui.settings import Config, Settings, SettingsError

if TYPE_CHECKING:
    from mgtui.notify import Subscriber


def build_acting(application: Application, subscribers: "Sequence[Subscriber]") -> Acting:
    """Join rules, keys, brake and readers. Raises `SettingsError` for rules or keys that were never good."""
    settings, ask = application.settings, application.ask
    config = settings.config
    rules, refused = rules_or_last_good(settings, application.store)
    keys = keys_in_force(settings)
    own = tuple(name.casefold() for name in config.brake.own)
    reader = partial(understand, site=site_table(settings))
    watched = Watched(settings.notes_folder, reader, get_ready)
    deciding = Deciding(
        application.log,
        Questions(ask.holders, ask.stream, ask.sent, ask.archived),
        watched,
        office_of(application, rules, subscribers),
        marks_of(config),
        keys,
        Braking(Brake(config.brake.share, config.brake.at_least, own), application.store, ask.query),
    )
    application.closers.insert(0, watched.close)
    return Acting(application, deciding, rules, partial(read_rules, settings), refused)


def office_of(application: Application, rules: LoadedRules, subscribers: "Sequence[Subscriber]") -> Office:
    """Give what deciding knows of the office."""
    config = application.settings.config
    return Office(
        rules=rules.rules,
        ruleset_digest=rules.digest,
        internal=Internal.of(config.office.internal),
        variants=application.ask.variants,
        always_send=application.always_send,
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
        config.always_send,
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
            names = Names(settings.config.always_send)
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


def site_table(settings: Settings) -> str:
    """Read the table of reasons that the configuration names, "" for none. Raises `SettingsError`."""
    file = settings.config.reasons.file
    if file is None:
        return ""
    from mgtui.sites import SiteError, read_site  # few have one

    try:
        return read_site(settings.beside_config(file))
    except SiteError as error:
        raise SettingsError(f"{settings.config_file}: reasons.file: {error}") from None


def rules_of(settings: Settings, path: Path, named_by: str = "") -> LoadedRules:
    """Read the rules of a file, with the names that the configuration knows. Raises `SettingsError`."""
    try:
        return load_rules(path.read_text("utf-8"), str(path), names_of(settings.config))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{named_by}{path} can't be read: {error}") from None
    except RulesError as error:
        raise SettingsError(str(error)) from None
