"""Notices through any service that apprise speaks: chat, push, webhooks of others."""

from collections.abc import Callable
from dataclasses import dataclass

from mgtui.notify.channel import Notice, Undelivered


@dataclass(frozen=True, slots=True)
class ServiceChannel:
    """Sends notices to an apprise URL, which holds secrets: it is asked for each time and never shown."""

    url: Callable[[], str]

    def send(self, notice: Notice) -> None:
        """Send a notice. Raises `Undelivered`."""
        import apprise  # a fifth of a second that only who sends has to wait

        service = apprise.Apprise()
        if not service.add(self.url()):
            raise Undelivered("the apprise URL isn't one that apprise understands", for_good=True)
        body = f"{notice.text}\n\n{notice.action_id}"
        if not service.notify(title=notice.subject, body=body, body_format=apprise.NotifyFormat.TEXT):
            raise Undelivered("the service didn't take it")
