"""What people write into tables is taken as they mean it, or refused in one line that says what would be right."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest

from mgtui.tables import Limits, Table, TableError, changed, field, name_of, plain, read_table


class Cat(Table, tag_field="kind", tag="cat"):
    """One of two kinds."""

    lives: Annotated[int, Limits(ge=1, le=9)] = 9


class Dog(Table, tag_field="kind", tag="dog"):
    """The other."""

    name: str
    born: date | None = None

    def __post_init__(self) -> None:
        if self.name == "cat":
            raise ValueError("name a dog, not a cat")


class House(Table):
    """Where they live."""

    colour: Literal["red", "green"]
    pets: dict[str, Cat | Dog] = field(default_factory=dict)
    visitors: tuple[Dog, ...] = ()
    rent: Annotated[float, Limits(gt=0)] = 1.5
    door: Path | None = None
    password: int = 0
    old: bool = field(default=False, name="is-old")


def test_a_table_holds_what_was_written_and_defaults_for_the_rest() -> None:
    house = read_table(
        House,
        {
            "colour": "red",
            "pets": {"t": {"kind": "cat"}},
            "rent": 2,
            "door": "a/b",
            "is-old": True,
            "visitors": [],
        },
    )
    assert house == House(colour="red", pets={"t": Cat()}, rent=2.0, door=Path("a/b"), old=True)
    assert name_of(house.pets["t"]) == "cat"


def test_a_table_is_written_again_without_what_goes_without_saying() -> None:
    dog = Dog(name="Rex", born=date(2026, 1, 2))
    assert plain(dog) == {"kind": "dog", "name": "Rex", "born": "2026-01-02"}
    assert plain(changed(House(colour="red"), old=True)) == {"colour": "red", "is-old": True}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (7, "top level: should be a table (found 7)"),
        ({}, "colour: is missing"),
        ({"colour": "blue"}, "colour: should be 'red' or 'green' (found 'blue')"),
        ({"colour": "red", "color": 1}, "color: there is no such key; did you mean colour"),
        ({"colour": "red", "x" * 9: 1}, "the file that `mgtui init` writes has all there are"),
        ({"colour": "red", "pets": 1}, "pets: should be a table (found 1)"),
        ({"colour": "red", "pets": {"t": 1}}, "pets.t: should be a table (found 1)"),
        ({"colour": "red", "pets": {"t": {}}}, "pets.t.kind: should be 'cat' or 'dog'"),
        (
            {"colour": "red", "pets": {"t": {"kind": "cow"}}},
            "pets.t.kind: should be 'cat' or 'dog' (found 'cow')",
        ),
        (
            {"colour": "red", "pets": {"t": {"kind": "cat", "lives": 10}}},
            "pets.t.lives: should be a whole number of at least 1 and up to 9 (found 10)",
        ),
        ({"colour": "red", "pets": {"t": {"kind": "cat", "lives": "9"}}}, "(found '9')"),
        ({"colour": "red", "pets": {"t": {"kind": "cat", "lives": True}}}, "(found True)"),
        ({"colour": "red", "visitors": {}}, "visitors: should be a list"),
        ({"colour": "red", "visitors": [{"kind": "dog"}]}, "visitors.0.name: is missing"),
        (
            {"colour": "red", "visitors": [{"kind": "dog", "name": "cat"}]},
            "visitors.0: name a dog, not a cat",
        ),
        (
            {"colour": "red", "visitors": [{"kind": "dog", "name": "x", "born": "2026-01-02"}]},
            "visitors.0.born: should be a date (found '2026-01-02')",
        ),
        ({"colour": "red", "rent": 0}, "rent: should be a number above 0 (found 0)"),
        ({"colour": "red", "door": 3}, "door: should be a path (found 3)"),
        ({"colour": "red", "is-old": "no"}, "is-old: should be true or false (found 'no')"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_what_would_be_right(wrong: object, told: str) -> None:
    with pytest.raises(TableError) as refused:
        read_table(House, wrong)
    assert told in str(refused.value)


def test_a_secret_is_not_repeated() -> None:
    with pytest.raises(TableError) as refused:
        read_table(House, {"colour": "red", "password": "hunter2"})
    assert str(refused.value) == "password: should be a whole number"


def test_what_was_found_is_shown_short_and_harmless() -> None:
    with pytest.raises(TableError) as refused:
        read_table(House, {"colour": "\x1b[31m" + "\u202e" * 500, "\x07": 1})
    said = str(refused.value)
    assert said.isprintable()
    assert len(said) < 160
