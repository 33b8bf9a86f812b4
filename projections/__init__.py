"""Read models: what the log means, kept in tables by the same transaction that appends.

`OFFICE_PROJECTIONS` are those of the office; each module also holds the SQL of the questions asked of it.
"""

from projections import (
    actions,
    archive,
    bounces,
    brakes,
    contacts,
    documents,
    figures,
    mails,
    reviews,
    suppressions,
)
from projections.engine import inline, rebuild
from projections.projection import Fact, Fold, Key, Lens, Projection, Row, Rows, Table

OFFICE_PROJECTIONS = (
    mails.PROJECTION,
    reviews.PROJECTION,
    contacts.PROJECTION,
    bounces.PROJECTION,
    suppressions.PROJECTION,
    documents.PROJECTION,
    archive.PROJECTION,
    actions.PROJECTION,
    brakes.PROJECTION,
    figures.PROJECTION,
)

__all__ = [
    "OFFICE_PROJECTIONS",
    "Fact",
    "Fold",
    "Key",
    "Lens",
    "Projection",
    "Row",
    "Rows",
    "Table",
    "inline",
    "rebuild",
]
