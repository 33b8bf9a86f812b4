"""From the configuration to where the password or the access token of a mailbox comes from."""

from urllib.parse import quote

from mgtui.mailbox import GoogleToken, MicrosoftToken, PasswordFrom, SecretSource, TokenFile
from mgtui.settings import GoogleTable, ImapTable, MicrosoftTable, PasswordTable, Settings, SettingsError


def secret_of(settings: Settings, table: ImapTable) -> SecretSource:
    """Say where the password or the access token of a mailbox comes from."""
    if table.password:
        return _password(settings, table.password)
    kept = TokenFile(settings.data / "tokens" / f"{quote(table.user, safe='@')}.json")
    match table.oauth:
        case MicrosoftTable() as given:
            secret = _password(settings, given.secret) if given.secret else None
            ca_file = settings.beside_config(given.ca_file) if given.ca_file else None
            return MicrosoftToken(given.tenant, given.client_id, kept, secret, given.login, ca_file)
        case GoogleTable(service_account=key, client=client):
            return GoogleToken(
                kept,
                settings.beside_config(key) if key else None,
                settings.beside_config(client) if client else None,
            )
        case None:
            raise SettingsError(f"{settings.config_file}: name one of password, oauth")


def _password(settings: Settings, table: PasswordTable) -> PasswordFrom:
    return PasswordFrom(
        environment=table.env or "",
        file=settings.beside_config(table.file) if table.file else None,
        command=table.command or (),
        keyring=table.keyring or "",
    )
