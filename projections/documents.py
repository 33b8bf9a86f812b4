"""Mails filed at contacts: the correspondence."""

from collections.abc import Mapping

from eventstore import events
from projections.projection import Fact, Lens, Projection, Rows, Table

DOCUMENTS = Table(
    name="documents",
    columns={
        "contact_id": "TEXT",
        "mail_id": "TEXT",
        "direction": "TEXT",  # incoming, outgoing
        "attachments": "INTEGER",
        "filed_at": "TEXT",
        "event": "INTEGER",
    },
    key=("contact_id", "mail_id"),
    indexes=(("event",),),
)
_READS: Lens = {
    events.DocumentFiled: ("contact_id", "mail_id", "direction", "attachments"),
    events.DocumentUnfiled: ("contact_id", "mail_id"),
}


def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
    """File the document, or take it out."""
    if fact.type == "DocumentUnfiled":
        tables["documents"].delete(fact.data["contact_id"], fact.data["mail_id"])
        return
    tables["documents"].put({**fact.data, "filed_at": fact.recorded_at, "event": fact.position})


PROJECTION = Projection(name="documents", version=1, tables=(DOCUMENTS,), reads=_READS, fold=fold)

#: Outgoing mails by Message-ID; `{places}` becomes as many question marks as there are values.
SENT = """
    SELECT m.message_id, m.mail_id, d.contact_id, m.address, m.grabber
    FROM mails m JOIN documents d USING (mail_id)
    WHERE m.message_id IN ({places}) AND d.direction = 'outgoing' ORDER BY d.event
"""
_SELECT = """
    SELECT d.*, m.sender, m.subject, m.sent_at, m.kind, m.content_digest, c.name
    FROM documents d JOIN mails m USING (mail_id) LEFT JOIN contacts c ON c.contact_id = d.contact_id
"""
_AT = "coalesce(m.sent_at, d.filed_at)"
OF_CONTACT = f"{_SELECT} WHERE d.contact_id = ? ORDER BY {_AT} DESC, d.event DESC LIMIT ?"
#: A contact's that are older, or newer, than the moment and the event of one of them, from there on.
OLDER = f"""
    {_SELECT} WHERE d.contact_id = ? AND ({_AT}, d.event) < (?, ?) ORDER BY {_AT} DESC, d.event DESC LIMIT ?
"""
NEWER = f"""
    {_SELECT} WHERE d.contact_id = ? AND ({_AT}, d.event) > (?, ?) ORDER BY {_AT}, d.event LIMIT ?
"""
COUNT = "SELECT count(*) AS number FROM documents WHERE contact_id = ?"
OF_MAIL = f"{_SELECT} WHERE d.mail_id = ? ORDER BY d.event"
#: The newest first, from the event on that is asked for; the pattern meets the mail or the contact.
SEARCH = f"""
    {_SELECT} WHERE d.event < ? AND (m.search LIKE ? ESCAPE '\\' OR c.search LIKE ? ESCAPE '\\')
    ORDER BY d.event DESC LIMIT ?
"""
ALL = f"{_SELECT} WHERE d.event < ? ORDER BY d.event DESC LIMIT ?"
