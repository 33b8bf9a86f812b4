"""Old shapes stay in the log as they were written, and are read in the newest one."""

import json
from pathlib import Path
from typing import Any, ClassVar

import pytest

from eventstore import Event, StoreTooNew, Upcasters, event_of, open_store, verify
from projections import Projection, Table, inline

GOLDEN = Path(__file__).parent / "golden"


class V1:
    class ParcelSent(Event):
        name: str


class V2:
    class ParcelSent(Event):
        schema_version: ClassVar[int] = 2
        first_name: str
        last_name: str


class V3:
    class ParcelSent(Event):
        schema_version: ClassVar[int] = 3
        names: tuple[str, ...]


def split_name(data: dict[str, Any]) -> dict[str, Any]:
    first, _, last = data["name"].partition(" ")
    return {"first_name": first, "last_name": last}


def list_names(data: dict[str, Any]) -> dict[str, Any]:
    return {"names": [data["first_name"], data["last_name"]]}


UPCASTERS = Upcasters({("ParcelSent", 1): split_name, ("ParcelSent", 2): list_names})


@pytest.mark.parametrize("version", [1, 2, 3])
def test_every_old_shape_becomes_the_newest(version: int) -> None:
    golden = json.loads((GOLDEN / f"ParcelSent.{version}.json").read_text())
    newest, data = UPCASTERS.upcast("ParcelSent", version, golden)
    assert newest == 3
    assert event_of(V3.ParcelSent, data).names == ("Ada", "Lovelace")


def fold(tables: Any, fact: Any) -> None:
    tables["parcels"].put({"position": fact.position, "names": json.dumps(fact.data["names"])})


PARCELS = Table("parcels", {"position": "INTEGER", "names": "TEXT"}, ("position",))
SENT = Projection("parcels", 1, (PARCELS,), {V3.ParcelSent: ("names",)}, fold)


def test_a_log_of_three_programs_is_read_in_one_shape(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    two = Upcasters({("ParcelSent", 1): split_name})
    with open_store(path, [V1.ParcelSent]) as store:
        store.append("parcel-1", [V1.ParcelSent(name="Ada Lovelace")])
    with open_store(path, [V2.ParcelSent], upcasters=two) as store:
        store.append("parcel-1", [V2.ParcelSent(first_name="Grace", last_name="Hopper")])
    with open_store(path, [V3.ParcelSent], inline([SENT]), upcasters=UPCASTERS) as store:
        store.append("parcel-1", [V3.ParcelSent(names=("Emmy", "Noether"))])
        assert [event.data["names"] for event in store.read()] == [
            ["Ada", "Lovelace"], ["Grace", "Hopper"], ["Emmy", "Noether"],
        ]  # fmt: skip
        assert {event.schema_version for event in store.read_stream("parcel-1")} == {3}
        followed = [tuple(row) for row in store.query("SELECT * FROM parcels")]
        assert followed[0] == (1, '["Ada", "Lovelace"]')
        store.rebuild(["parcels"])
        assert [tuple(row) for row in store.query("SELECT * FROM parcels")] == followed
    assert verify(path).whole


def test_a_declared_shape_without_its_upcasters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no upcaster from ParcelSent version 2 to 3"):
        open_store(
            tmp_path / "events.db", [V3.ParcelSent], upcasters=Upcasters({("ParcelSent", 1): split_name})
        )


def test_a_projection_does_not_guess_at_a_shape_of_a_newer_program(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    with open_store(path, [V3.ParcelSent], upcasters=UPCASTERS) as store:
        store.append("parcel-1", [V3.ParcelSent(names=("Emmy", "Noether"))])
    old = Projection("parcels", 1, (PARCELS,), {V1.ParcelSent: ("name",)}, fold)
    with pytest.raises(StoreTooNew, match="ParcelSent"):
        open_store(path, [V1.ParcelSent], inline([old]))
