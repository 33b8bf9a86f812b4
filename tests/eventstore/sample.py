"""Events of a made-up shop, so that the store's tests need no event of the office."""

from typing import ClassVar

from eventstore import Event


class OrderPlaced(Event):
    """A customer ordered something."""

    personal: ClassVar[frozenset[str]] = frozenset({"customer"})

    order: str
    customer: str
    amount: int


class OrderShipped(Event):
    """It left the house."""

    order: str
    parcel: str | None = None


class OrderPaid(Event):
    """The money is there."""

    order: str
    amount: int


class StockTaken(Event):
    """Somebody counted."""

    shelf: str
    pieces: int


class NeverDeclared(Event):
    """No store in these tests knows this one."""


SHOP_EVENTS = (OrderPlaced, OrderShipped, OrderPaid, StockTaken)


def placed(order: int = 1, customer: str = "Ada", amount: int = 100) -> OrderPlaced:
    """Make an order."""
    return OrderPlaced(order=str(order), customer=customer, amount=amount)


def shipped(order: int = 1) -> OrderShipped:
    """Make a shipment."""
    return OrderShipped(order=str(order))
