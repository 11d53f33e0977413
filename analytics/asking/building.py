"""A question as it is put together on a page: conditions added, filled and taken out, all of it in the address. Public."""

from typing import NamedTuple

from django.http import QueryDict

from analytics.asking import segments
from analytics.asking.conditions import CONDITIONS, Condition
from analytics.asking.segments import MOST_CONDITIONS, ConditionForm, Definition

FORMED = ("w", "g", "n")


class Place(NamedTuple):
    """Where the next condition goes: its number in the address and a group of its own."""

    number: int
    group: int


class Builder:
    """The conditions of an address, in their order, and what can still be done with them."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.filled: list[ConditionForm] = segments.forms_of(query)
        self.definition: Definition = segments.definition_of(self.filled)

    @property
    def is_full(self) -> bool:
        return len(self.filled) >= MOST_CONDITIONS

    @property
    def next(self) -> Place:
        last = max((form.number for form in self.filled), default=-1)
        return Place(last + 1, max((form.group for form in self.filled), default=-1) + 1)

    @property
    def groups(self) -> list[tuple[int, list[ConditionForm]]]:
        """The conditions by group: of each group one must hold."""
        names = sorted({form.group for form in self.filled})
        return [(name, [form for form in self.filled if form.group == name]) for name in names]

    @property
    def families(self) -> list[tuple[str, list[Condition]]]:
        """All conditions that there are, as a list to choose from groups them."""
        families: dict[str, list[Condition]] = {}
        for condition in CONDITIONS.values():
            families.setdefault(str(condition.family), []).append(condition)
        return list(families.items())

    @staticmethod
    def asks_for_more(what: str) -> bool:
        """Whether a condition has fields to fill."""
        return what in CONDITIONS and bool(CONDITIONS[what].fields)

    def without(self, number: str) -> QueryDict:
        """The address after a condition was taken out."""
        left = self._changed()
        for name in list(left):
            if name in {f"{letter}{number}" for letter in FORMED} or name.startswith(f"p{number}_"):
                del left[name]
        return left

    def with_one_more(self, group: str, what: str = "") -> QueryDict:
        """The address with one more condition, still to be filled; as it was where there are enough."""
        more = self._changed()
        if not self.is_full:
            number = self.next.number
            more[f"w{number}"] = what
            more[f"g{number}"] = group
        return more

    def _changed(self) -> QueryDict:
        changed = self.query.copy()
        for pressed in ("out", "into", "add", "page"):
            changed.pop(pressed, None)
        return changed
