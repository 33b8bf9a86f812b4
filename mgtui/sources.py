"""Opens the sources of contacts that the configuration names."""

from pathlib import Path
from urllib.parse import urlsplit

from mgtui.contacts import Columns, ContactsUnreadable, Entries, read_csv, read_vcards
from mgtui.mailbox import MailboxError, MailboxUnavailable, PasswordFrom
from mgtui.settings import FileSourceTable, PasswordTable, Settings, SqlSourceTable, VcardSourceTable


def source_entries(settings: Settings, table: FileSourceTable | SqlSourceTable) -> Entries:
    """Yield what a source has. Raises `ContactsUnreadable` once it is read from."""
    columns = columns_of(settings, table)
    match table:
        case FileSourceTable():
            path = settings.beside_config(table.path)
            yield from file_entries(path, columns, vcard=isinstance(table, VcardSourceTable))
        case SqlSourceTable():
            # SQLAlchemy takes longer to import than most commands take to run.
            from mgtui.contacts.sql import read_sql

            password = _password(settings, table.password, table.url) if table.password else None
            yield from read_sql(table.url, table.query, columns, password)


def columns_of(settings: Settings, table: FileSourceTable | SqlSourceTable | None = None) -> Columns:
    """Give the mapping of columns: the source's own over the common one."""
    common = {str(ours): names for ours, names in settings.config.contacts.columns.items()}
    own = table.columns.items() if table else ()
    return {**common, **{str(ours): names for ours, names in own}}


def file_entries(path: Path, columns: Columns, vcard: bool | None = None) -> Entries:
    """Yield what a file has; whether it is a vCard file is found out, unless it is said."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ContactsUnreadable(f"{path}: {error.strerror}", transient=True) from None
    if vcard is None:
        vcard = raw[:1000].lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCARD")
    yield from read_vcards(raw, columns) if vcard else read_csv(raw, columns)


def _password(settings: Settings, table: PasswordTable, url: str) -> str:
    source = PasswordFrom(
        environment=table.env or "",
        file=settings.beside_config(table.file) if table.file else None,
        command=table.command or (),
        keyring=table.keyring or "",
    )
    try:
        return source.resolve(urlsplit(url).username or "")
    except MailboxError as error:
        raise ContactsUnreadable(str(error), isinstance(error, MailboxUnavailable)) from None
