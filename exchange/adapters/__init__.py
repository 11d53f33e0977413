"""Tills that have a language of their own: each file turns the documents of one into the contract's.

A next till is one more file with ``documents``, and a line in ``exchange/adapters/registry.py``.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Protocol

KOPECK = Decimal("0.01")


class StrangeDocumentError(Exception):
    """The document is not of this till: ``at`` is the place, the text says what belongs there."""

    def __init__(self, at: str, say: str) -> None:
        super().__init__(say)
        self.at, self.say = at, say


class Adapter(Protocol):
    """One till's language."""

    def documents(self, said: Any) -> list[dict[str, Any]]:
        """What a message of the till says, as documents of the contract; none where it says nothing of receipts.

        Raises StrangeDocumentError.
        """
        ...


def part(said: Any, name: str) -> Any:
    """A part of an object that must be there. Raises StrangeDocumentError."""
    if not isinstance(said, dict) or said.get(name) in (None, ""):
        raise StrangeDocumentError(name, "")
    return said[name]


def amount(said: Any) -> Decimal:
    """A number of the till, whatever JSON made of it; 0 where it is none."""
    try:
        number = Decimal(str(said))
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() else Decimal(0)


def roubles(sum_: Decimal) -> str:
    return f"{sum_.quantize(KOPECK, ROUND_HALF_UP):f}"


def pieces(quantity: Decimal) -> dict[str, Any]:
    """How many pieces: what is no whole number was weighed, and is one."""
    if quantity == quantity.to_integral_value() and quantity >= 1:
        return {"quantity": int(quantity)}
    return {"quantity": 1, "tariff": "weight"}


def given(**facts: Any) -> dict[str, Any]:
    """What is there at all."""
    return {name: value for name, value in facts.items() if value not in (None, "", [], {})}
