"""Events of a source of contacts, in streams `source-<name>`."""

from eventstore.event import Event


class ContactsRefused(Event):
    """A source couldn't be read; the contacts stay as they were."""

    source: str
    error: str
