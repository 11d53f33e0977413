"""New clients, their revenue and cost by how they heard of the chain."""

from datetime import date
from decimal import Decimal

from analytics.figures.periods import Period
from analytics.figures.sources import by_source
from analytics.models import Expense
from clients.models import HeardFrom
from stores.models import Store
from tests.conftest import Sell
from tests.factories import ClientFactory

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def test_newcomers_and_what_they_spent_by_their_answer(store: Store, other_store: Store, sell: Sell) -> None:
    radio = HeardFrom.objects.create(name="по радио", name_en="radio", position=1)
    friend, unknown = ClientFactory.create(heard_from=radio), ClientFactory.create()
    regular = ClientFactory.create(heard_from=radio)
    sell(regular, date(2026, 2, 1), 5_000)
    sell(regular, date(2026, 3, 2), 7_000)
    sell(friend, date(2026, 3, 3), 10_000)
    sell(friend, date(2026, 3, 9), 2_000, at=other_store)
    sell(unknown, date(2026, 3, 4), 4_000)
    for channel, amount, purpose in (("Radio", 900, "attract"), ("по Радио", 100, "attract"), ("по радио", 7, "retain")):
        Expense.objects.create(month=date(2026, 3, 1), channel=channel, amount=Decimal(amount), purpose=purpose)
    Expense.objects.create(month=date(2026, 3, 1), channel="листовки", amount=Decimal(50))

    told, here = by_source(None, MARCH), by_source(other_store, MARCH)

    (row,) = told["rows"]
    assert (row["clients"], row["revenue"], row["cost"], row["cost_per_client"]) == (1, 12_000, 1_000, 1_000)
    assert (told["unknown"]["clients"], told["unknown"]["revenue"], told["elsewhere"]) == (1, 4_000, 50)
    assert told["total"] == {"clients": 2, "revenue": 16_000, "known": 50.0}
    assert [(one["clients"], one["revenue"], one["cost"]) for one in here["rows"]] == [(1, 2_000, None)]


def test_nothing_of_nothing(db: None) -> None:
    assert by_source(None, MARCH)["total"] == {"clients": 0, "revenue": 0, "known": None}
