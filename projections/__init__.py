"""Read models: what the log means, kept in tables by the same transaction that appends."""

from projections.engine import inline, rebuild
from projections.projection import Fact, Fold, Key, Projection, Row, Rows, Table

__all__ = ["Fact", "Fold", "Key", "Projection", "Row", "Rows", "Table", "inline", "rebuild"]
