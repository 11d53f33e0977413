"""The daily budget of each queue: what may still be claimed, what was spent, what comes back."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Sum

from messaging.models import Budget, Spending
from stores.chain_day import day_of


class Cost(NamedTuple):
    """What messages through a gateway took, or, with the signs turned, gave back."""

    day: date
    gateway: str
    messages: int
    segments: int
    money: Decimal


class Purse:
    """What a queue may still spend today. Inside a transaction: its row is locked until the end."""

    def __init__(self, lane: str, now: datetime) -> None:
        self.lane, self.day = lane, day_of(now)
        budget = Budget.objects.select_for_update().filter(lane=lane).first()
        self.segments, self.money = _left(budget, self.day)

    def take(self, segments: int, money: Decimal) -> bool:
        """Whether so much was left; if so it is taken."""
        if segments > self.segments or float(money) > self.money:
            return False
        self.segments -= segments
        self.money -= float(money)
        return True


def is_used_up(lane: str, now: datetime) -> bool:
    """Whether nothing may be spent any more today, as far as can be seen without a lock."""
    return min(_left(Budget.objects.filter(lane=lane).first(), day_of(now))) <= 0


def _left(budget: Budget | None, day: date) -> tuple[float, float]:
    """Segments and money that a budget leaves for a day; infinite without a limit. One query where there is one."""
    if budget is None or (budget.segments is None and budget.money is None):
        return float("inf"), float("inf")
    spent = Spending.objects.filter(day=day, lane=budget.lane).aggregate(segments=Sum("segments"), money=Sum("money"))
    return budget.left((spent["segments"] or 0, spent["money"] or 0))


def note(lane: str, costs: Iterable[Cost]) -> None:
    """Add to what was spent on its day; negative where something was not sent after all."""
    sums: dict[tuple[date, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    for cost in costs:
        parts = (Decimal(cost.messages), Decimal(cost.segments), cost.money)
        place = cost.day, cost.gateway
        sums[place] = [a + b for a, b in zip(sums[place], parts, strict=True)]
    for (day, gateway), (messages, segments, money) in sorted(sums.items()):
        if not (messages or segments or money):
            continue
        Spending.objects.get_or_create(day=day, lane=lane, gateway=gateway)
        Spending.objects.filter(day=day, lane=lane, gateway=gateway).update(
            messages=F("messages") + int(messages), segments=F("segments") + int(segments), money=F("money") + money
        )
