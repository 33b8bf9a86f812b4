"""Attachments of a mail, and writing them into a folder under safe names, without ever overwriting a file."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from eventstore import BlobMissing
from mgtui.commands import Outcome, SaveAttachments
from mgtui.faults import fault_in_words
from mgtui.language import _
from mgtui.questions import Questions
from mgtui.report import Attachment, attachment_content, list_attachments


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that was written."""

    file: Path
    size: int


def attachments_in(ask: Questions, mail_id: str) -> tuple[Attachment, ...]:
    """Name the attachments of a mail; none where the mail isn't there any more."""
    try:
        return list_attachments(ask.raw(mail_id))
    except (KeyError, BlobMissing):
        return ()


def carry_out(command: SaveAttachments, ask: Questions) -> Outcome:
    """Write attachments of a mail into a folder, and say where they are."""
    try:
        raw = ask.raw(command.mail_id)
    except (KeyError, BlobMissing):
        return Outcome(False, _("the mail isn't there: {id}").format(id=command.mail_id))
    files = [file for file in list_attachments(raw) if not command.parts or file.index in command.parts]
    if not files:
        return Outcome(False, _("the mail has no attachments"))
    try:
        saved = list(save(raw, files, command.folder))
    except OSError as error:
        return Outcome(False, fault_in_words(f"{error.strerror}: {error.filename or command.folder}"))
    names = ", ".join(one.file.name for one in saved)
    told = _("saved {names} in {folder}").format(folder=command.folder, names=names)
    return Outcome(True, told)


def save(raw: bytes, files: Collection[Attachment], folder: Path) -> Iterator[Saved]:
    """Write attachments into a folder, which is made where it is missing. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        content = attachment_content(raw, file.index)
        yield Saved(write_new(folder, file.name, content), len(content))


def write_new(folder: Path, name: str, content: bytes) -> Path:
    """Write a file that isn't there yet, under a name that is `safe_name`'s; a taken one gets a number.

    Nothing is followed and nothing overwritten: the file is made by this call or another name is tried. Raises
    `OSError`.
    """
    # A name that begins so would pass for an option wherever somebody writes *.
    name = f"_{name}" if name.startswith("-") else name
    stem, suffix = Path(name).stem, Path(name).suffix[:20]
    # A name has at most 255 bytes on the file systems in use, and may be much longer than its characters.
    stem = stem.encode()[:200].decode(errors="ignore")
    for number in count(1):
        file = folder / (f"{stem}{suffix}" if number == 1 else f"{stem} ({number}){suffix}")
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        return file
    raise AssertionError("numbers have no end")
