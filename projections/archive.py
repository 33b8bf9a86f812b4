"""The archive of outgoing mail, by Message-ID: what a bounce may answer, and whose mail it was."""

from collections.abc import Mapping

from eventstore import events
from projections.projection import Fact, Lens, Projection, Rows, Table

ARCHIVE = Table(
    name="archive",
    columns={"message_id": "TEXT", "contact_id": "TEXT", "mail_id": "TEXT"},
    key=("message_id", "contact_id", "mail_id"),
)
UNDONE = Table(
    name="archived_as", columns={"mail_id": "TEXT", "contact_id": "TEXT", "message_id": "TEXT"},
    key=("mail_id", "contact_id"),
)  # fmt: skip
_READS: Lens = {
    events.DocumentFiled: ("contact_id", "mail_id", "archived_as"),
    events.DocumentUnfiled: ("contact_id", "mail_id"),
}


def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Enter a filed mail of ours under its Message-ID, or take it out."""
    data = fact.data
    place = (data["mail_id"], data["contact_id"])
    if fact.type == "DocumentUnfiled":
        found = tables["archived_as"].get(*place)
        if found:
            tables["archive"].delete(found["message_id"], found["contact_id"], found["mail_id"])
            tables["archived_as"].delete(*place)
    elif data["archived_as"]:
        row = {"message_id": data["archived_as"], "contact_id": place[1], "mail_id": place[0]}
        tables["archive"].put(row)
        tables["archived_as"].put(row)


PROJECTION = Projection(name="archive", version=1, tables=(ARCHIVE, UNDONE), reads=_READS, fold=fold)

#: `{places}` becomes as many question marks as there are Message-IDs
BY_MESSAGE_ID = "SELECT DISTINCT message_id, contact_id FROM archive WHERE message_id IN ({places})"
ANY = "SELECT 1 AS found FROM archive LIMIT 1"
