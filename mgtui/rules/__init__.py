"""Deciding: the operator's rules, and what follows from a classified mail.

Pure: rules, states of contacts and the day come in, events go out.
"""

from mgtui.rules.decide import decide, decide_assigned
from mgtui.rules.load import LoadedRules, RulesError, default_rules, load_rules
from mgtui.rules.model import Rule
from mgtui.rules.office import Office
from mgtui.rules.work import Decision, Known, Step

__all__ = [
    "Decision",
    "Known",
    "LoadedRules",
    "Office",
    "Rule",
    "RulesError",
    "Step",
    "decide",
    "decide_assigned",
    "default_rules",
    "load_rules",
]
