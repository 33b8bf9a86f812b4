"""Tells people: who wants to know what, the outbox in the log, and the two ways out (SMTP, apprise).

A notice is asked for in the commit of what it tells (`Telling`) and sent afterwards, once, by `Outbox`.
"""

from mgtui.notify.channel import Channel, Notice, Undelivered
from mgtui.notify.mail import MailChannel, SmtpServer
from mgtui.notify.outbox import Outbox, Sent
from mgtui.notify.service import ServiceChannel
from mgtui.notify.subscriber import FAILURES, NEVER_TOLD, USUAL, Subscriber
from mgtui.notify.telling import Telling

__all__ = [
    "FAILURES",
    "NEVER_TOLD",
    "USUAL",
    "Channel",
    "MailChannel",
    "Notice",
    "Outbox",
    "Sent",
    "ServiceChannel",
    "SmtpServer",
    "Subscriber",
    "Telling",
    "Undelivered",
]
