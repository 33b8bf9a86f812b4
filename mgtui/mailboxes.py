"""From the configuration to a mailbox, which is not yet connected."""

from mgtui.mailbox import ImapMailbox, ImapSettings, Mailbox, MaildirMailbox
from mgtui.settings import ImapTable, MaildirTable, Settings
from mgtui.signing_in import secret_of


def mailbox_id_of(settings: Settings, table: MaildirTable | ImapTable) -> str:
    """Give the name that a mailbox has in the log."""
    match table:
        case MaildirTable():
            return f"maildir:{settings.beside_config(table.path)}"
        case ImapTable():
            return f"imap:{table.user}@{imap_settings(settings, table).place}"


def open_mailbox(settings: Settings, table: MaildirTable | ImapTable) -> Mailbox:
    """Make the mailbox of a grabber."""
    match table:
        case MaildirTable():
            return MaildirMailbox(settings.beside_config(table.path))
        case ImapTable():
            return ImapMailbox(imap_settings(settings, table))


def imap_settings(settings: Settings, table: ImapTable) -> ImapSettings:
    """Give what a connection needs, the secret only as the place that it comes from."""
    return ImapSettings(
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
