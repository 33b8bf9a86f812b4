"""The one error of this room."""


class TablesError(ValueError):
    """A table can't be used; one line says which table, entry and key, and what would be right."""
