"""The figures by plain loops over the raw rows: slow, obvious, and independent of the SQL."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from analytics.figures.returning import Group, Records
from catalogue.kinds import PieceKind
from purchases.models import Purchase
from visits.models import ClientActivity, Rhythm, Visit
from workshop.models import ServiceRequest


@dataclass
class History:
    sales: list[Purchase] = field(default_factory=list)
    services: list[ServiceRequest] = field(default_factory=list)

    def kept(self):
        """(client, store, day, price, kind, pk) of each piece that was not returned."""
        for sale in self.sales:
            for piece in sale.pieces.all():
                if piece.returned_on is None:
                    yield sale.client_id, sale.store_id, sale.sold_on, piece.price, piece.kind, piece.pk

    def brought(self):
        for request in ServiceRequest.objects.filter(pk__in=[s.pk for s in self.services]).exclude(status="cancelled"):
            yield request.client_id, request.store_id, request.accepted_on

    def days(self, store=None):
        """Visit days by client, with kept pieces and their sum."""
        days = defaultdict(dict)
        for client, where, day, price, _kind, _pk in self.kept():
            if store in (None, where):
                items, total = days[client].get(day, (0, Decimal(0)))
                days[client][day] = (items + 1, total + price)
        for client, where, day in self.brought():
            if store in (None, where):
                days[client].setdefault(day, (0, Decimal(0)))
        return days

    def visits(self):
        rows = set()
        chain = self.days()
        stores = {where for _c, where, *_rest in [*self.kept(), *self.brought()]}
        for scope in (0, *stores):
            for client, days in self.days(scope or None).items():
                first, second = [*sorted(chain[client]), None][:2]
                buying = None
                for day in sorted(days):
                    items, total = days[day]
                    rows.add((scope, client, day, items, total, first, second, buying))
                    buying = day if items else buying
        return rows

    def activities(self):
        rows = set()
        pieces = list(self.kept())
        brought = Counter(client for client, *_rest in self.brought())
        for client, days in self.days().items():
            mine = [piece for piece in pieces if piece[0] == client]
            kinds = Counter(kind for *_rest, kind, _pk in mine)
            paid = Counter()
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

    def rhythms(self, typical, model, today):
        """(client, interval, rule, expected, silent from, chance) by the rules of docs/figures.md."""
        rows = set()
        for activity in self.activities():
            client, first, _second, last, times, *_rest, own, _favourite, kind = activity[:11]
            own = (last - first).days / (times - 1) if own is not None else None
            by_kind, chain = typical.get(kind) if kind else None, typical.get("")
            rule = "own" if own else "kind" if by_kind else "chain" if chain else "none"
            days = own or by_kind or chain
            chance = None
            if model:
                r, alpha, a, b = model
                x, age, known = times - 1, (today - first).days, (last - first).days
                chance = round(1 / (1 + a / (b + x) * ((alpha + age) / (alpha + known)) ** (r + x)), 6)
            rows.add((
                client, days and round(days, 6), rule, days and last + timedelta(days=math.floor(days + 0.5)),
                days and last + timedelta(days=math.floor(3 * days + 1e-6) + 1), chance,
            ))  # fmt: skip
        return rows

    def groups(self, first, last, store):
        sums = {name: [set(), 0, Decimal(0)] for name in ("regular", "newcomer", "converted")}
        for client, days in self.days().items():
            inside = [day for day in days if first <= day <= last]
            names = ["regular"] if min(days) < first else ["newcomer"]
            names += ["converted"] if names == ["newcomer"] and len(inside) >= 2 else []
            for owner, where, day, price, _kind, _pk in self.kept():
                if owner == client and first <= day <= last and (store is None or where == store.pk):
                    for name in names:
                        sums[name][0].add(client)
                        sums[name][1] += 1
                        sums[name][2] += price
        return tuple(Group(len(clients), items, total) for clients, items, total in sums.values())

    def records(self, last, store):
        since = last.replace(year=last.year - 1) + timedelta(days=1)
        month, year = defaultdict(lambda: [0, Decimal(0)]), defaultdict(lambda: [0, Decimal(0)])
        for client, where, day, price, _kind, _pk in self.kept():
            if since <= day <= last and (store is None or where == store.pk):
                for sums in (month[client, day.year, day.month], year[client]):
                    sums[0] += 1
                    sums[1] += price
        most = lambda rows, at: max((row[at] for row in rows.values()), default=0)  # noqa: E731
        return Records(most(month, 0), most(year, 0), Decimal(most(month, 1)), Decimal(most(year, 1)))


def stored_visits():
    columns = ("scope", "client", "day", "items", "total", "first_day", "second_day", "previous_buying_day")
    return set(Visit.objects.values_list(*columns))


def stored_activities():
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


def stored_rhythms():
    rows = Rhythm.objects.values_list("client", "interval", "rule", "expected_on", "silent_from", "chance")
    return {(row[0], row[1] and round(row[1], 6), *row[2:5], row[5] and round(row[5], 6)) for row in rows}
