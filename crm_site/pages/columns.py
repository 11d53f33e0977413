"""What the list of all clients can show of each, and by what it can be sorted."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.kinds import PieceKind
from clients.models import Client
from stores.texts import writing

# A longer answer is sorted only by what has an index of its own; nobody reads it to the end.
MOST_SORTED = 20_000


class Column(NamedTuple):
    """A fact of a client: its words, how it is written, and the path by which rows are sorted, if any.

    ``is_indexed``: the database walks the rows in this order, however many there are.
    """

    label: str | Promise
    show: Callable[[Client], object]
    path: str = ""
    is_indexed: bool = False
    is_number: bool = False


def _activity(name: str) -> Callable[[Client], object]:
    def fact(client: Client) -> object:
        return getattr(getattr(client, "activity", None), name, None)

    return fact


def _rhythm(name: str) -> Callable[[Client], object]:
    def fact(client: Client) -> object:
        return getattr(getattr(client, "rhythm", None), name, None)

    return fact


def _day(fact: Callable[[Client], object]) -> Callable[[Client], str]:
    return lambda client: writing.day(fact(client))  # type: ignore[arg-type]


def _count(fact: Callable[[Client], object]) -> Callable[[Client], str]:
    return lambda client: writing.count(fact(client) or 0)


def _money(fact: Callable[[Client], object]) -> Callable[[Client], str]:
    return lambda client: writing.roubles(fact(client))


def _favourite(client: Client) -> object:
    kind = _activity("favourite_kind")(client)
    return PieceKind(str(kind)).label if kind else ""


COLUMNS = {
    "phone": Column(_("Phone"), lambda client: client.phone_shown),
    "email": Column(_("E-mail"), lambda client: client.email),
    "birth_date": Column(_("Birth date"), lambda client: writing.short_day(client.birth_date), "birth_date"),
    "store": Column(_("Home store"), lambda client: client.home_store, "home_store__name"),
    "registered": Column(_("Registered"), lambda client: writing.short_day(client.registered_on), "registered_on"),
    "first_day": Column(_("First visit"), _day(_activity("first_day")), "activity__first_day", is_indexed=True),
    "last_day": Column(_("Last visit"), _day(_activity("last_day")), "activity__last_day", is_indexed=True),
    "expected": Column(_("Expected"), _day(_rhythm("expected_on")), "rhythm__expected_on", is_indexed=True),
    "silent": Column(_("Silent from"), _day(_rhythm("silent_from")), "rhythm__silent_from", is_indexed=True),
    "visits": Column(_("Visits"), _count(_activity("visit_days")), "activity__visit_days", is_number=True),
    "items": Column(_("Pieces"), _count(_activity("items")), "activity__items", is_number=True),
    "spent": Column(_("Spent"), _money(_activity("spent")), "activity__spent", is_number=True),
    "stake": Column(_("At stake"), _money(_rhythm("stake")), "rhythm__stake", is_indexed=True, is_number=True),
    "favourite": Column(_("Mostly buys"), _favourite),
    "ring_size": Column(_("Ring size"), lambda client: writing.shortest(client.ring_size), "ring_size", is_number=True),
    "state": Column(pgettext_lazy("of a client", "Card"), lambda client: client.get_state_display()),
}
USUAL = ("phone", "store", "last_day", "visits", "spent")


class Shown(NamedTuple):
    """The columns of a list in their order, and by which of them it stands: ``-spent`` is the largest first."""

    names: tuple[str, ...]
    sort: str

    @property
    def columns(self) -> list[tuple[str, Column, str]]:
        """Name, column, and what a press of its head asks for; empty where it cannot be sorted by."""
        return [(name, COLUMNS[name], self._next(name)) for name in self.names]

    def _next(self, name: str) -> str:
        if not COLUMNS[name].path:
            return ""
        return name if self.sort == f"-{name}" else f"-{name}"

    def cells(self, client: Client) -> list[tuple[Column, object]]:
        return [(COLUMNS[name], COLUMNS[name].show(client)) for name in self.names]


def shown(names: Iterable[str], sort: str) -> Shown:
    """The columns that somebody asked for, those that there are; none asked for are the usual ones."""
    known = tuple(name for name in COLUMNS if name in set(names)) or USUAL
    by = COLUMNS.get(sort.removeprefix("-"))
    return Shown(known, sort if by and by.path else "")


def in_order(clients: "QuerySet[Client]", sort: str) -> "QuerySet[Client]":
    """The rows as they are to stand; by name where nothing else is asked, or where a long answer cannot be sorted so.

    Of more than ``MOST_SORTED`` those without the fact are left out, and an index gives the order. One query, where sorted.
    """
    column = COLUMNS.get(sort.removeprefix("-"))
    if column is None or not column.path:
        return clients.order_by("name_key", "pk")
    is_long = clients.order_by().values("pk")[: MOST_SORTED + 1].count() > MOST_SORTED
    if is_long and not column.is_indexed:
        return clients.order_by("name_key", "pk")
    # "Nulls last" would keep the index from being walked; where it is, no row is without the fact.
    last = None if is_long else True
    by = F(column.path).desc(nulls_last=last) if sort.startswith("-") else F(column.path).asc(nulls_last=last)
    rows = clients.filter(**{f"{column.path}__isnull": False}) if is_long else clients
    return rows.order_by(by, "pk")
