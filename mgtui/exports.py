"""Read models as files that other programs read: suppressions and contacts."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from mgtui.wording import harmless

Format = Literal["csv", "json", "postfix-access", "postfix-transport"]
FORMATS: tuple[Format, ...] = ("csv", "json", "postfix-access", "postfix-transport")
SUPPRESSION = ("address", "state", "categories", "until", "since", "contact_id", "rule", "why", "event")

Row = Mapping[str, Any]


def suppression_lines(rows: Iterable[Row], form: Format) -> Iterator[str]:
    """Give suppressions line by line; `state` is "suppressed" or "lifted".

    The Postfix maps are those of access(5), for `check_recipient_access`, and of transport(5). A lifted
    address stands in them as one that nothing is said of, so that a map may be brought up to date.
    """
    match form:
        case "csv":
            return _csv(SUPPRESSION, ([_cell(row[name]) for name in SUPPRESSION] for row in rows))
        case "json":
            return (_json({name: row[name] for name in SUPPRESSION}) for row in rows)
        case "postfix-access":
            return _postfix(rows, "REJECT ", "DUNNO")
        case "postfix-transport":
            return _postfix(rows, "error:5.7.1 ", ":")


def contact_lines(rows: Iterable[Row], form: Literal["csv", "json"], names: Sequence[str]) -> Iterator[str]:
    """Give contacts line by line; as CSV with a column for each of the free fields in `names`.

    What is written as CSV can be imported again.
    """
    if form == "json":
        return (_json(row) for row in rows)
    header = ("id", "name", "addresses", "lists", *names)
    return _csv(header, (_contact(row, names) for row in rows))


def _contact(row: Row, names: Sequence[str]) -> list[str]:
    whole = [row["contact_id"], row["name"], " ".join(row["addresses"]), " ".join(row["lists"])]
    return whole + [row["fields"].get(name, "") for name in names]


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(row)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    if rest := out.getvalue():
        yield rest


def _cell(value: Any) -> str:
    return "" if value is None else " ".join(value) if isinstance(value, tuple) else str(value)


def _json(record: Row) -> str:
    return json.dumps(dict(record), ensure_ascii=False) + "\n"


def _postfix(rows: Iterable[Row], no: str, nothing: str) -> Iterator[str]:
    """Give a line for each address that can be the key of a map; others stand in a comment."""
    for row in rows:
        address = row["address"]
        if not is_key(address):
            yield f"# no key of a map: {harmless(address)}\n"
        elif row["state"] == "lifted":
            yield f"{address} {nothing}\n"
        else:
            # The far side is told this text, so it names the event and not what we know.
            yield f"{address} {no}suppressed since {row['since'][:10]}, event {row['event']}\n"


def is_key(address: str) -> bool:
    """Tell whether postmap(1) takes an address for one key: no blank, no quotation mark, no comment."""
    return not address.startswith("#") and all(
        char.isprintable() and not char.isspace() and char not in '"\\' for char in address
    )
