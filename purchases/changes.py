"""What was changed, in words: of a receipt, of an order."""

from datetime import datetime
from typing import NamedTuple

from stores.models import Employee


class Change(NamedTuple):
    """One fact: what was there → what is."""

    label: str
    was: str
    now: str


class Told(NamedTuple):
    """An act with all that it changed."""

    act: str
    by: Employee | None
    at: datetime
    changes: list[Change]
