"""Turns a diagnosis into a reason and a severity, by tables that an operator can put his own before."""

from mgtui.bounce.reasons.errors import TablesError
from mgtui.bounce.reasons.judge import Judgement, judge
from mgtui.bounce.reasons.tables import Tables, default_tables, tables_with
from mgtui.bounce.reasons.vocabulary import COMPLAINTS

__all__ = ["COMPLAINTS", "Judgement", "Tables", "TablesError", "default_tables", "judge", "tables_with"]
