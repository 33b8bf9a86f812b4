"""Judges a report: what kind of mail it is, and what it means for each recipient.

`understand(raw)` is the whole of it, pure.
"""

from mgtui.bounce.judging import classify, understand
from mgtui.bounce.model import Classification, Evidence, Kind, RecipientVerdict, Severity

__all__ = [
    "Classification",
    "Evidence",
    "Kind",
    "RecipientVerdict",
    "Severity",
    "classify",
    "understand",
]
