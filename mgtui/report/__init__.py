"""Takes a mail apart: wire form, entities, and the fields of delivery reports.

Opens nothing and never raises on bytes; its work is bounded whatever the input. `read_report` is the door.
"""

from mgtui.report.attachments import attachment_content, list_attachments
from mgtui.report.model import Attachment, Headers, Line, Original, RecipientReport, Report
from mgtui.report.read import Opinion, opinions, read_report
from mgtui.report.returnpath import decode_return_path, return_path_recipient
from mgtui.report.splitter import split

__all__ = [
    "Attachment",
    "Headers",
    "Line",
    "Opinion",
    "Original",
    "RecipientReport",
    "Report",
    "attachment_content",
    "decode_return_path",
    "list_attachments",
    "opinions",
    "read_report",
    "return_path_recipient",
    "split",
]
