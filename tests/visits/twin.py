"""The figures by plain loops over the raw rows: slow, obvious, and independent of the SQL."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from analytics.figures.returning import Group, Records
from catalogue.kinds import PieceKind
from purchases.models import Purchase
from stores.models import Store
from tests.present import present
from visits.models import ClientActivity, Rhythm, Visit
from workshop.models import ServiceRequest

# (scope, client, day, items, total, first day, second day, the buying day before)
VisitRow = tuple[int, int, date, int, Decimal, date, date | None, date | None]
# (client, interval, rule, expected, silent from, chance)
RhythmRow = tuple[int, float | None, str, date | None, date | None, float | None]
DaysByClient = defaultdict[int, dict[date, tuple[int, Decimal]]]


class KeptPiece(NamedTuple):
    client: int
    store: int
    day: date
    price: Decimal
    kind: str
    pk: int


def first_two(days: Iterable[date]) -> tuple[date, date | None]:
    first, *later = sorted(days)
    return first, later[0] if later else None


@dataclass
class Sums:
    """What is counted of one group, client or month."""

    clients: set[int] = field(default_factory=set)
    items: int = 0
    total: Decimal = Decimal(0)

    def add(self, client: int, price: Decimal) -> None:
        self.clients.add(client)
        self.items += 1
        self.total += price


@dataclass
class History:
    sales: list[Purchase] = field(default_factory=list)
    services: list[ServiceRequest] = field(default_factory=list)

    def kept(self) -> Iterator[KeptPiece]:
        """Each piece that was not returned, of receipts that stand, as they stand now."""
        for sale in Purchase.written.filter(pk__in=[sale.pk for sale in self.sales]):
            if sale.void_reason:
                continue
            for piece in sale.pieces.all():
                if piece.returned_on is None:
                    yield KeptPiece(present(sale.client_id), sale.store_id, sale.sold_on, piece.price, piece.kind, piece.pk)

    def brought(self) -> Iterator[tuple[int, int, date]]:
        for request in ServiceRequest.objects.filter(pk__in=[s.pk for s in self.services]).exclude(status="cancelled"):
            yield request.client_id, request.store_id, request.accepted_on

    def days(self, store: int | None = None) -> DaysByClient:
        """Visit days by client, with kept pieces and their sum."""
        days: DaysByClient = defaultdict(dict)
        for client, where, day, price, _kind, _pk in self.kept():
            if store in (None, where):
                items, total = days[client].get(day, (0, Decimal(0)))
                days[client][day] = (items + 1, total + price)
        for client, where, day in self.brought():
            if store in (None, where):
                days[client].setdefault(day, (0, Decimal(0)))
        return days

    def visits(self) -> set[VisitRow]:
        rows: set[VisitRow] = set()
        chain = self.days()
        stores = {piece.store for piece in self.kept()} | {where for _client, where, _day in self.brought()}
        for scope in (0, *stores):
            for client, days in self.days(scope or None).items():
                first, second = first_two(chain[client])
                buying: date | None = None
                for day in sorted(days):
                    items, total = days[day]
                    rows.add((scope, client, day, items, total, first, second, buying))
                    buying = day if items else buying
        return rows

    def activities(self) -> set[tuple[Any, ...]]:
        rows = set()
        pieces = list(self.kept())
        brought = Counter(client for client, *_rest in self.brought())
        for client, days in self.days().items():
            mine = [piece for piece in pieces if piece[0] == client]
            kinds = Counter(kind for *_rest, kind, _pk in mine)
            paid: defaultdict[str, Decimal] = defaultdict(Decimal)
            for *_rest, price, kind, _pk in mine:
                paid[kind] += price
            favourite = min(kinds, key=lambda kind: (-kinds[kind], -paid[kind], kind), default="")
            first_kind = min(mine, key=lambda p: (p[2], -p[3], p[5]))[4] if mine else ""
            gap = (max(days) - min(days)).days / (len(days) - 1) if len(days) >= 3 else None
            spent = sum((piece[3] for piece in mine), Decimal(0))
            weekdays = Counter(day.isoweekday() for day in days)
            rows.add(
                (
                    client,
                    min(days),
                    [*sorted(days), None][1],
                    max(days),
                    len(days),
                    len(mine),
                    spent,
                    brought[client],
                    gap and round(gap, 6),
                    favourite,
                    first_kind,
                    *(kinds[k] for k in PieceKind.values),
                    *(weekdays[n] for n in range(1, 8)),
                )
            )
        return rows

    def rhythms(
        self, typical: Mapping[str, float], model: tuple[float, float, float, float] | None, today: date
    ) -> set[RhythmRow]:
        """(client, interval, rule, expected, silent from, chance) by the rules of docs/figures.md."""
        rows: set[RhythmRow] = set()
        for activity in self.activities():
            client, first, _second, last, times, *_rest, own, _favourite, kind = activity[:11]
            by_kind, chain = typical.get(kind) if kind else None, typical.get("")
            rule = "own" if own is not None else "kind" if by_kind else "chain" if chain else "none"
            days = by_kind or chain
            if own is not None:
                days = ((last - first).days + 3 * days) / (times - 1 + 3) if days else (last - first).days / (times - 1)
            chance = None
            if model:
                r, alpha, a, b = model
                x, age, known = times - 1, (today - first).days, (last - first).days
                chance = round(1 / (1 + a / (b + x) * ((alpha + age) / (alpha + known)) ** (r + x)), 6)
            expected = last + timedelta(days=math.floor(days + 0.5)) if days else None
            silent = last + timedelta(days=math.floor(3 * days + 1e-6) + 1) if days else None
            rows.add((client, round(days, 6) if days else None, rule, expected, silent, chance))
        return rows

    def groups(self, first: date, last: date, store: Store | None) -> tuple[Group, ...]:
        sums = {name: Sums() for name in ("regular", "newcomer", "converted")}
        for client, days in self.days().items():
            inside = [day for day in days if first <= day <= last]
            names = ["regular"] if min(days) < first else ["newcomer"]
            names += ["converted"] if names == ["newcomer"] and len(inside) >= 2 else []
            for owner, where, day, price, _kind, _pk in self.kept():
                if owner == client and first <= day <= last and (store is None or where == store.pk):
                    for name in names:
                        sums[name].add(client, price)
        return tuple(Group(len(told.clients), told.items, told.total) for told in sums.values())

    def records(self, last: date, store: Store | None) -> Records:
        since = last.replace(year=last.year - 1) + timedelta(days=1)
        months: defaultdict[tuple[int, int, int], Sums] = defaultdict(Sums)
        years: defaultdict[int, Sums] = defaultdict(Sums)
        for client, where, day, price, _kind, _pk in self.kept():
            if since <= day <= last and (store is None or where == store.pk):
                for sums in (months[client, day.year, day.month], years[client]):
                    sums.add(client, price)
        return Records(_most_items(months), _most_items(years), _most_spent(months), _most_spent(years))


def _most_items(told: Mapping[Any, Sums]) -> int:
    return max((sums.items for sums in told.values()), default=0)


def _most_spent(told: Mapping[Any, Sums]) -> Decimal:
    return max((sums.total for sums in told.values()), default=Decimal(0))


def stored_visits() -> set[VisitRow]:
    columns = ("scope", "client", "day", "items", "total", "first_day", "second_day", "previous_buying_day")
    return set(Visit.objects.values_list(*columns))


def stored_activities() -> set[tuple[Any, ...]]:
    columns = (
        "client",
        "first_day",
        "second_day",
        "last_day",
        "visit_days",
        "items",
        "spent",
        "services",
        "own_interval",
        "favourite_kind",
        "first_kind",
    )
    counts = (*(f"kept_{kind}" for kind in PieceKind.values), *(f"visits_on_{n}" for n in range(1, 8)))
    rows = ClientActivity.objects.values_list(*columns, *counts)
    return {(*row[:8], row[8] and round(row[8], 6), *row[9:]) for row in rows}


def stored_rhythms() -> set[RhythmRow]:
    rows = Rhythm.objects.values_list("client", "interval", "rule", "expected_on", "silent_from", "chance")
    return {(row[0], row[1] and round(row[1], 6), *row[2:5], row[5] and round(row[5], 6)) for row in rows}
