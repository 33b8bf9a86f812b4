"""The table of reasons that an office keeps for itself, checked before anything is judged by it."""

from pathlib import Path


class SiteError(Exception):
    """The table can't be read, or is wrong; the text says where."""


def read_site(path: Path) -> str:
    """Read a table as TOML text. Raises SiteError."""
    from mgtui.bounce.reasons import TablesError, tables_with

    try:
        text = path.read_text("utf-8")
        tables_with(text)
    except (OSError, UnicodeDecodeError) as error:
        raise SiteError(f"{path} can't be read: {error}") from None
    except TablesError as error:
        raise SiteError(f"{path}: {error}") from None
    return text
