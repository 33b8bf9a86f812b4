"""Old shapes of events, turned into the newest when they are read; what is stored never changes."""

from collections.abc import Callable, Mapping
from typing import Any

from eventstore.errors import StoreTooNew

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


class Upcasters:
    """For each event type and old `schema_version`, the function to the data of the next version."""

    def __init__(self, steps: Mapping[tuple[str, int], Upcaster] | None = None) -> None:
        self._steps = dict(steps or {})

    def __bool__(self) -> bool:
        return bool(self._steps)

    def upcast(self, type_: str, schema_version: int, data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Give the newest version and the data in its shape."""
        while step := self._steps.get((type_, schema_version)):
            data = step(data)
            schema_version += 1
        return schema_version, data

    def outdated(self, type_: str, schema_version: int) -> bool:
        """Tell whether there is a newer shape than this one."""
        return (type_, schema_version) in self._steps

    def check(self, newest: Mapping[str, int]) -> None:
        """Raise ValueError unless every old version of the declared event types has its step.

        `newest` maps event types to their `schema_version`.
        """
        for type_, version in newest.items():
            for old in range(1, version):
                if (type_, old) not in self._steps:
                    raise ValueError(f"no upcaster from {type_} version {old} to {old + 1}")

    def refuse_newer(self, newest: Mapping[str, int], type_: str, schema_version: int) -> None:
        """Raise `StoreTooNew` for an event in a shape that only a newer program knows."""
        if schema_version > newest.get(type_, schema_version):
            raise StoreTooNew(
                f"{type_} is in the log in version {schema_version},"
                f" this program knows {newest[type_]}: update it"
            )
