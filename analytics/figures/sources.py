"""New clients, what they spent and what they cost, by how they heard of the chain (docs/figures.md)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Sum

from analytics.figures.periods import Period
from analytics.figures.report_json import number
from analytics.figures.returning import money
from analytics.models import Expense, ExpensePurpose
from clients.models import HeardFrom
from stores.models import Store
from visits import dialect
from visits.models import CHAIN

_NEWCOMERS = """
SELECT c.heard_from_id, COUNT(DISTINCT v.client_id), SUM(v.total)
FROM visits_visit v JOIN clients_client c ON c.id = v.client_id
WHERE v.scope = %s AND v.day BETWEEN %s AND %s AND v.first_day >= %s AND v.items > 0 GROUP BY 1"""


class Source(NamedTuple):
    """What a source brought and took."""

    clients: int = 0
    revenue: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)


def by_source(store: Store | None, period: Period) -> dict[str, Any]:
    """A row for each answer that brought somebody or cost something, and one for those of whom nobody knows. Three queries.

    Clients and revenue are the newcomers' of the returning report. The cost of a source are the expenses to win clients whose
    channel is called as it is, in either language; those of other channels stand apart and belong to none.
    """
    answers = list(HeardFrom.objects.all())
    brought = _brought(store, period)
    spent, elsewhere = _spent(store, period, answers)
    told = {answer.pk: brought.get(answer.pk, Source())._replace(cost=spent.get(answer.pk, Decimal(0))) for answer in answers}
    rows = [{"key": answer.pk, **_row(str(answer), told[answer.pk])} for answer in answers if any(told[answer.pk])]
    unknown = brought.get(None, Source())
    everything = [*told.values(), unknown]
    clients, revenue = sum(one.clients for one in everything), sum((one.revenue for one in everything), Decimal(0))
    rows.sort(key=lambda row: (-row["clients"], row["name"]))
    return {
        "rows": rows, "unknown": _row("", unknown), "elsewhere": number(elsewhere),
        "total": {"clients": clients, "revenue": number(revenue), "known": _percent(clients - unknown.clients, clients)},
    }  # fmt: skip


def _brought(store: Store | None, period: Period) -> dict[int | None, Source]:
    """By the key of the answer; None is of whom it is not known. One query."""
    found = dialect.fetch(_NEWCOMERS, [store.pk if store else CHAIN, *period, period.first])
    return {key: Source(int(clients), money(revenue or 0)) for key, clients, revenue in found}


def _spent(store: Store | None, period: Period, answers: Iterable[HeardFrom]) -> tuple[dict[int, Decimal], Decimal]:
    """By the key of the answer, and what was spent on channels that are none. One query."""
    called = {name.casefold(): answer.pk for answer in answers for name in (answer.name, answer.name_en) if name}
    noted = Expense.objects.filter(month__range=period, purpose=ExpensePurpose.ATTRACT)
    if store:
        noted = noted.filter(store=store)
    spent: dict[int, Decimal] = {}
    elsewhere = Decimal(0)
    for channel, amount in noted.order_by().values_list("channel").annotate(Sum("amount")):
        if key := called.get(channel.casefold()):
            spent[key] = spent.get(key, Decimal(0)) + amount
        else:
            elsewhere += amount
    return spent, elsewhere


def _row(name: str, source: Source) -> dict[str, Any]:
    return {
        "name": name, "clients": source.clients, "revenue": number(source.revenue),
        "cost": number(source.cost) if source.cost else None,
        "cost_per_client": number(source.cost / source.clients) if source.cost and source.clients else None,
    }  # fmt: skip


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


PARTS = (("by_source", by_source),)
