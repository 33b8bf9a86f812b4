"""Which errors are expected, and the exit code of each."""

from eventstore import StoreError, StoreUnavailable
from mgtui.apart import ProcessEnded
from mgtui.deciding import Contended
from mgtui.grabber import LeaseTaken, Paused
from mgtui.keys import KeysError
from mgtui.mailbox import MailboxError, MailboxUnavailable
from mgtui.rules import RulesError
from mgtui.settings import SettingsError

TRY_AGAIN = 75  #: EX_TEMPFAIL of sysexits


def exit_code(error: Exception) -> int | None:
    """Give 75 where trying again can help, 1 for other expected errors, None for anything else."""
    match error:
        case (
            StoreUnavailable() | MailboxUnavailable() | LeaseTaken() | Paused() | Contended() | ProcessEnded()
        ):
            return TRY_AGAIN
        case StoreError() | MailboxError() | SettingsError() | RulesError() | KeysError():
            return 1
        case _:
            return None
