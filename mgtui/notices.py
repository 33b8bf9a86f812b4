"""Subscribers and their ways out, as the configuration has them."""

from collections.abc import Callable

from eventstore.events import OFFICE_EVENTS
from mgtui.mailbox import MailboxError, PasswordFrom
from mgtui.notify import (
    NEVER_TOLD,
    USUAL,
    Channel,
    MailChannel,
    ServiceChannel,
    SmtpServer,
    Subscriber,
    Undelivered,
)
from mgtui.settings import PasswordTable, Settings, SettingsError

PORTS = {"tls": 465, "starttls": 587, "plain": 25}


def subscribers_of(settings: Settings) -> tuple[Subscriber, ...]:
    """Give those who are told. Raises `SettingsError` for events that there aren't."""
    known = {event_type.__name__ for event_type in OFFICE_EVENTS} - NEVER_TOLD
    found = []
    for name, table in settings.config.subscribers.items():
        for event_type in table.events:
            if event_type not in known:
                raise SettingsError(
                    f"{settings.config_file}: subscribers.{name}.events: nobody can be told of {event_type!r}; "
                    f"there is: {', '.join(sorted(known))}"
                )
        kind = "mail" if table.mail else "apprise"
        events = frozenset(table.events) or USUAL
        found.append(Subscriber(name, kind, events, frozenset(table.grabbers), table.failures_only))
    return tuple(found)


def channels_of(settings: Settings) -> dict[str, Channel]:
    """Give each subscriber's way out."""
    server = _server(settings)
    channels: dict[str, Channel] = {}
    for name, table in settings.config.subscribers.items():
        if table.mail and server:
            channels[name] = MailChannel(server, table.mail)
        elif table.apprise:
            channels[name] = ServiceChannel(_secret(settings, table.apprise, name))
    return channels


def password_from(settings: Settings, table: PasswordTable) -> PasswordFrom:
    """Make the place of a password out of its table."""
    return PasswordFrom(
        environment=table.env or "",
        file=settings.beside_config(table.file) if table.file else None,
        command=table.command or (),
        keyring=table.keyring or "",
    )


def _server(settings: Settings) -> SmtpServer | None:
    smtp = settings.config.smtp
    if smtp is None:
        return None
    password = _secret(settings, smtp.password, smtp.user) if smtp.password else None
    port = smtp.port or PORTS[smtp.security]
    return SmtpServer(smtp.host, port, smtp.sender, smtp.security, smtp.user, password)


def _secret(settings: Settings, table: PasswordTable, user: str) -> Callable[[], str]:
    source = password_from(settings, table)

    def ask() -> str:
        try:
            return source.resolve(user)
        except MailboxError as error:
            raise Undelivered(str(error)) from None

    return ask
