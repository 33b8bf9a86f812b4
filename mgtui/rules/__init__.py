"""Deciding: the operator's rules, and what follows from a classified mail.

Pure: rules, states of contacts and the day come in, events go out.
"""

from mgtui.rules.brake import Brake, Group, bounces_in, brake_in_words, exceeds
from mgtui.rules.decide import decide, decide_assigned
from mgtui.rules.describe import conditions, effect
from mgtui.rules.explain import Explained, explain
from mgtui.rules.load import LoadedRules, Names, RulesError, default_rules, load_rules
from mgtui.rules.model import Rule
from mgtui.rules.office import Office
from mgtui.rules.proof import Archive, Proofs
from mgtui.rules.undo import Inverse, Past, Refusal, undo
from mgtui.rules.verp import Checked, Forged, Key, Signed, Stale, check, looks_signed, sign
from mgtui.rules.work import Decision, Known, Step

__all__ = [
    "Archive",
    "Brake",
    "Checked",
    "Decision",
    "Explained",
    "Forged",
    "Group",
    "Inverse",
    "Key",
    "Known",
    "LoadedRules",
    "Names",
    "Office",
    "Past",
    "Proofs",
    "Refusal",
    "Rule",
    "RulesError",
    "Signed",
    "Stale",
    "Step",
    "bounces_in",
    "brake_in_words",
    "check",
    "conditions",
    "decide",
    "decide_assigned",
    "default_rules",
    "effect",
    "exceeds",
    "explain",
    "load_rules",
    "looks_signed",
    "sign",
    "undo",
]
