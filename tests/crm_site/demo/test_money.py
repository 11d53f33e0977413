"""What a demo chain spent, and whom its door counters saw."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from analytics.models import Expense, VisitorCount
from crm_site.demo import money
from stores.models import Store

FIRST, TODAY = date(2026, 3, 20), date(2026, 6, 17)


def test_whole_months_alone_have_their_expenses(store: Store) -> None:
    money.note([store], FIRST, TODAY, Random(1))

    months = Expense.objects.order_by("month").values_list("month", flat=True).distinct()
    assert list(months) == [date(2026, 4, 1), date(2026, 5, 1)]
    assert Expense.objects.count() == 2 * len(money.CHANNELS)
    assert all(expense.amount > 0 and expense.amount % 100 == 0 for expense in Expense.objects.all())


def test_each_door_counts_every_day_before_today(store: Store, other_store: Store) -> None:
    money.note([store, other_store], FIRST, TODAY, Random(1))

    for place in (store, other_store):
        days = sorted(VisitorCount.objects.filter(store=place, visitors__gt=0).values_list("day", flat=True))
        assert (len(days), days[0], days[-1]) == (399, TODAY - timedelta(days=399), TODAY - timedelta(days=1))


def test_december_is_the_busiest(store: Store) -> None:
    money.note([store], date(2024, 12, 31), date(2026, 1, 10), Random(1))

    rent = Expense.objects.filter(channel="SMS").order_by("-amount").values_list("month", "amount")
    assert (rent[0][0], rent[0][1] > Decimal(9_000)) == (date(2025, 12, 1), True)
