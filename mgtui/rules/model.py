"""An operator's rule: when it speaks, and what then happens."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

KindName = Literal[
    "bounce", "delayed", "delivered", "complaint", "auto_reply", "receipt", "challenge", "ordinary"
]
SeverityName = Literal["hard", "soft", "refused", "undetermined"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Count(_Strict):
    """A number of counted bounces of the address, the present one included, within a window of days."""

    of: SeverityName
    at_least: int = Field(ge=1)
    within_days: int = Field(ge=1, default=90)


class When(_Strict):
    """The condition: everything named must hold; a list holds if one of its values does."""

    kind: tuple[KindName, ...] = ()
    severity: tuple[SeverityName, ...] = ()
    reason: tuple[str, ...] = ()
    status: tuple[str, ...] = Field(default=(), description="with * as in 5.1.*")
    category: tuple[str, ...] = ()
    list: tuple[str, ...] = Field(default=(), description="the contact is on one of these lists")
    count: Count | None = None

    @field_validator("kind", "severity", "reason", "status", "category", "list", mode="before")
    @classmethod
    def _one_is_a_list(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value


class Suppress(_Strict):
    """Send nothing more to the address, in these categories (none named: all but always_send)."""

    action: Literal["suppress"]
    categories: tuple[str, ...] = ()
    for_days: int | None = Field(default=None, ge=1)


class RemoveFromList(_Strict):
    """Take the contact off a mailing list."""

    action: Literal["remove_from_list"]
    list: str


class Review(_Strict):
    """Ask a person."""

    action: Literal["review"]
    why: str = ""


class File(_Strict):
    """File the mail at its contact; `unmatched` says what becomes of a mail that matches nobody."""

    action: Literal["file"]
    unmatched: Literal["review", "leave"] = "review"


Action = Annotated[Suppress | RemoveFromList | Review | File, Field(discriminator="action")]


class Rule(_Strict):
    """The first rule whose condition holds decides; with `go_on` the next ones may add to it."""

    name: str = Field(min_length=1, max_length=80)
    when: When = When()
    then: tuple[Action, ...] = ()
    go_on: bool = Field(default=False, alias="continue")


class Ruleset(_Strict):
    """Rules in order."""

    rules: tuple[Rule, ...]
