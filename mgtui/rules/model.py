"""An operator's rule: when it speaks, and what then happens."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

KindName = Literal[
    "bounce", "delayed", "delivered", "complaint", "auto_reply", "receipt", "challenge", "ordinary"
]
SeverityName = Literal["hard", "soft", "refused", "undetermined"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Count(_Strict):
    """A number of counted bounces of the address, the present one included, within a window of days.

    With `halves_after_days` a bounce weighs half as much after so many days, a quarter after twice as many.
    """

    of: Literal[SeverityName, "any"]
    reason: tuple[str, ...] = ()
    at_least: float = Field(ge=1)
    within_days: int = Field(ge=1, default=90)
    halves_after_days: int | None = Field(ge=1, default=None)

    _lists = field_validator("reason", mode="before")(_as_list)


class When(_Strict):
    """The condition: everything named must hold; a list holds if one of its values does."""

    kind: tuple[KindName, ...] = ()
    severity: tuple[SeverityName, ...] = ()
    reason: tuple[str, ...] = ()
    status: tuple[str, ...] = Field(default=(), description="with * as in 5.1.*")
    provider: tuple[str, ...] = Field(
        default=(), description="domain of the address or of the server that refused, with *"
    )
    category: tuple[str, ...] = ()
    list: tuple[str, ...] = Field(default=(), description="the contact is on one of these lists")
    fields: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="fields of the contact, their values with *"
    )
    always_send: bool | None = Field(default=None, description="the mail's category is always sent")
    occurrence: Literal["first", "repeated"] | None = Field(
        default=None, description="is it the address's only counted bounce?"
    )
    count: Count | None = None

    @field_validator("kind", "severity", "reason", "status", "provider", "category", "list", mode="before")
    @classmethod
    def _one_is_a_list(cls, value: object) -> object:
        return _as_list(value)

    @field_validator("fields", mode="before")
    @classmethod
    def _one_value_is_a_list(cls, value: object) -> object:
        return {name: _as_list(entry) for name, entry in value.items()} if isinstance(value, dict) else value


class Suppress(_Strict):
    """Send nothing more to the address, in these categories (none named: all but always_send)."""

    action: Literal["suppress"]
    categories: tuple[str, ...] = ()
    for_days: int | None = Field(default=None, ge=1)
    until: date | None = None

    @model_validator(mode="after")
    def _one_end(self) -> "Suppress":
        if self.for_days and self.until:
            raise ValueError("name for_days or until, not both")
        return self


class RemoveFromList(_Strict):
    """Take the contact off a mailing list."""

    action: Literal["remove_from_list"]
    list: str


class Restore(_Strict):
    """Let the address be written to again, or (with `list`) put the contact on a list it was taken off."""

    action: Literal["restore"]
    list: str | None = None


class Review(_Strict):
    """Ask a person."""

    action: Literal["review"]
    why: str = ""


class Notify(_Strict):
    """Tell these subscribers, or all who want notices; if there is none, it waits in the queue instead."""

    action: Literal["notify"]
    to: tuple[str, ...] = ()
    why: str = ""

    _lists = field_validator("to", mode="before")(_as_list)


class File(_Strict):
    """File the mail at its contact; `unmatched` says what becomes of a mail that matches nobody."""

    action: Literal["file"]
    unmatched: Literal["review", "leave"] = "review"


Action = Annotated[
    Suppress | RemoveFromList | Restore | Review | Notify | File, Field(discriminator="action")
]


class Rule(_Strict):
    """The first rule whose condition holds decides; with `go_on` the next ones may add to it."""

    name: str = Field(min_length=1, max_length=80)
    when: When = Field(default_factory=When.model_construct)
    then: tuple[Action, ...] = ()
    go_on: bool = Field(default=False, alias="continue")


class Ruleset(_Strict):
    """Rules in order."""

    rules: tuple[Rule, ...]
