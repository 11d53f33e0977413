"""What a budget leaves, and gateways that stand once on a channel."""

from decimal import Decimal
from math import inf

import pytest
from django.db import IntegrityError, transaction

from messaging.models import Budget, Route


@pytest.mark.parametrize(
    ("segments", "money", "left"),
    [(None, None, (inf, inf)), (10, None, (3, inf)), (None, Decimal(5), (inf, 2.5)), (5, Decimal(1), (-2, -1.5))],
)
def test_a_budget_leaves_what_is_not_spent(segments: int | None, money: Decimal | None, left: tuple[float, float]) -> None:
    assert Budget(lane="bulk", segments=segments, money=money).left((7, Decimal("2.5"))) == left


def test_a_gateway_stands_once_on_a_channel(db: None) -> None:
    before = list(Route.objects.values_list("channel", "gateway"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Route.objects.create(channel="sms", gateway="console")

    assert list(Route.objects.values_list("channel", "gateway")) == before
