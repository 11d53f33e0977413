"""What the demo chain spent on clients, and how many people its door counters saw."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from analytics.models import Expense, ExpensePurpose, VisitorCount
from crm_site.demo import people
from stores.models import Store

COUNTED_DAYS = 400
# Channel, purpose, roubles in an ordinary month.
CHANNELS = (
    ("2ГИС", ExpensePurpose.ATTRACT, 45_000),
    ("Наружная реклама", ExpensePurpose.ATTRACT, 120_000),
    ("SMS", ExpensePurpose.RETAIN, 9_000),
    ("Подарки постоянным клиентам", ExpensePurpose.RETAIN, 30_000),
    ("Оформление витрин", ExpensePurpose.OTHER, 25_000),
)


def note(stores: Sequence[Store], first: date, today: date, chance: random.Random) -> None:
    """Expenses of every whole month since the first day, visitors of the last days of each store; more in the season."""
    months = [date(n // 12, n % 12 + 1, 1) for n in range(first.year * 12 + first.month, today.year * 12 + today.month - 1)]
    Expense.objects.bulk_create(
        Expense(month=month, channel=channel, purpose=purpose, amount=_amount(usual, month, chance))
        for month in months
        for channel, purpose, usual in CHANNELS
    )
    days = [today - timedelta(days=n) for n in range(1, COUNTED_DAYS)]
    VisitorCount.objects.bulk_create(
        VisitorCount(store=store, day=day, visitors=round(chance.uniform(18, 42) * people.SEASON[day.month - 1]))
        for store in stores
        for day in days
    )


def _amount(usual: int, month: date, chance: random.Random) -> Decimal:
    return Decimal(round(usual * people.SEASON[month.month - 1] * chance.uniform(0.85, 1.15), -2))
