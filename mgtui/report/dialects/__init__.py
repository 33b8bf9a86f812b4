"""Readers of the prose that MTAs write where they send no fields of RFC 3464.

`DIALECTS` are to be asked in order, the most specific first; the first answer counts.
"""

from mgtui.report.dialects.exchange import read_exchange, read_exchange_2003, read_exchange_online
from mgtui.report.dialects.exim import read_exim
from mgtui.report.dialects.formats import read_formats
from mgtui.report.dialects.google import read_google
from mgtui.report.dialects.lists import read_lists
from mgtui.report.dialects.postfix import read_postfix, read_postfix_transcript
from mgtui.report.dialects.prose import on_prose
from mgtui.report.dialects.qmail import read_qmail
from mgtui.report.dialects.sendmail import read_sendmail
from mgtui.report.dialects.sns import read_sns
from mgtui.report.parsed import Dialect

DIALECTS: tuple[Dialect, ...] = (
    read_sns,
    *(
        on_prose(reader)
        for reader in (
            read_postfix,
            read_postfix_transcript,
            read_sendmail,
            read_google,
            read_qmail,
            read_exchange,
            read_exchange_2003,
            read_exchange_online,
            read_exim,
            read_formats,
            read_lists,
        )
    ),
)

__all__ = ["DIALECTS"]
