"""Contacts out of the administration's own database, by a query of the configuration; only ever read."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import URL, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from mgtui.contacts.incoming import (
    BrokenLine,
    Columns,
    ContactsUnreadable,
    Entries,
    IncomingContact,
    contact_of,
    layout_of,
)

PAGE = 1000  #: rows fetched at a time
OPTIONS = {"stream_results": True, "yield_per": PAGE, "no_parameters": True, "postgresql_readonly": True}


def read_sql(url: str, query: str, columns: Columns | None = None, password: str | None = None) -> Entries:
    """Yield each row of a query as a contact or as broken, by the row's number from 1.

    Rows of one id that come one after the other are one contact: their addresses and lists add up. Raises
    `ContactsUnreadable`, whose text never holds the password.
    """
    try:
        place = make_url(url)
        if password is not None:
            place = place.set(password=password)
        _check_file(place)
        yield from _merged(_rows(place, query, columns or {}))
    except ArgumentError:
        raise ContactsUnreadable("the url isn't one that SQLAlchemy knows: dialect+driver://...") from None
    except (NoSuchModuleError, ImportError) as error:
        raise ContactsUnreadable(f"the database's driver isn't installed: {error}") from None
    except DBAPIError as error:
        text = " ".join(str(error.orig).split())[:300]
        locked = not url.startswith("sqlite") or "locked" in text
        raise ContactsUnreadable(text, isinstance(error, OperationalError) and locked) from None
    except SQLAlchemyError as error:
        raise ContactsUnreadable(" ".join(str(error).split())[:300]) from None


def _check_file(url: URL) -> None:
    """Refuse a SQLite file that isn't there: opening it would make an empty one."""
    file = url.database
    if url.get_backend_name() == "sqlite" and file and file != ":memory:" and not Path(file).is_file():
        raise ContactsUnreadable(f"{file} isn't there")


def _rows(url: URL, query: str, columns: Columns) -> Entries:
    engine = create_engine(url, poolclass=NullPool)
    event.listen(engine, "handle_error", _close_cursor)
    with engine.connect().execution_options(**OPTIONS) as connection:
        if url.get_backend_name() == "sqlite":
            connection.exec_driver_sql("PRAGMA query_only = ON")
        with closing(connection.exec_driver_sql(query)) as result:
            if not result.returns_rows:
                raise ContactsUnreadable("the query gives no rows; it should be a SELECT")
            layout = layout_of(list(result.keys()), columns)
            for number, row in enumerate(result, start=1):
                yield contact_of([_text(value) for value in row], layout, number)


def _close_cursor(context: ExceptionContext) -> None:
    """Close the cursor of a query that failed: psycopg warns of those that are left to the garbage."""
    cursor = getattr(context.execution_context, "cursor", None)
    if cursor is not None:
        cursor.close()


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bytes():
            return value.decode("utf-8", "replace")
        case date():
            return value.isoformat()
        case list() | tuple():
            return " ".join(map(_text, value))
        case _:
            return str(value)


def _merged(rows: Entries) -> Iterator[IncomingContact | BrokenLine]:
    waiting: IncomingContact | None = None
    for row in rows:
        if isinstance(row, BrokenLine):
            yield row
        elif waiting is not None and row.contact_id == waiting.contact_id:
            waiting = replace(
                waiting,
                addresses=tuple(dict.fromkeys((*waiting.addresses, *row.addresses))),
                lists=_both(waiting.lists, row.lists),
            )
        else:
            if waiting is not None:
                yield waiting
            waiting = row
    if waiting is not None:
        yield waiting


def _both(one: Sequence[str] | None, other: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if one is None else tuple(sorted({*one, *(other or ())}))
