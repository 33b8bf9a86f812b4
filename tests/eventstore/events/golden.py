"""Golden files: one event of each type and version, as it stands in logs that exist.

`python -m tests.eventstore.events.golden` writes those that are missing. A file that is there is never
changed once a version of the program is out: then a new shape is a new `schema_version`, with an upcaster
from the old one. Until then `--anew` writes them all.
"""

import json
import sys
import types
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from eventstore import Event, Value, fields_of
from eventstore.events import OFFICE_EVENTS

FOLDER = Path(__file__).parent / "golden"


def golden_file(event_type: type[Event], version: int) -> Path:
    """Give the place of a golden file."""
    return FOLDER / f"{event_type.__name__}.{version}.json"


def example(annotation: Any, name: str) -> Any:
    """Make up a value, telling fields apart by their names."""
    if annotation is str:
        return f"a {name}"
    if annotation is int:
        return len(name)
    if annotation is bool:
        return True
    if get_origin(annotation) in (Union, types.UnionType):
        return example(get_args(annotation)[0], name)
    if get_origin(annotation) is tuple:
        return [example(get_args(annotation)[0], name)]
    if get_origin(annotation) is dict:
        return {"key": example(get_args(annotation)[1], name)}
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return {field: example(info.type, field) for field, info in fields_of(annotation).items()}
    raise TypeError(f"no example for {name}: {annotation}")


def main(anew: bool) -> None:
    """Write the missing files."""
    for event_type in OFFICE_EVENTS:
        file = golden_file(event_type, event_type.schema_version)
        if anew or not file.exists():
            data = {name: example(info.type, name) for name, info in fields_of(event_type).items()}
            file.write_text(json.dumps(data, indent=1) + "\n")


if __name__ == "__main__":
    main("--anew" in sys.argv)
