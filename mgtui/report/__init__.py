"""Takes a mail apart: wire form, entities, and the fields of delivery reports.

Opens nothing and never raises on bytes; its work is bounded whatever the input. `read_report` is the door.
"""

from mgtui.report.model import Attachment, Headers, Line, Original, RecipientReport, Report

__all__ = ["Attachment", "Headers", "Line", "Original", "RecipientReport", "Report"]
