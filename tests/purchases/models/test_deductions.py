"""What the base itself refuses of deductions."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clients.models import Client
from purchases.models import Deduction
from tests.conftest import Sell


@pytest.mark.parametrize(
    "wrong", [{"source": "tier", "amount": 0}, {"source": "hand", "amount": 5}, {"source": "tier", "amount": 5}]
)
def test_a_deduction_is_something_and_one_of_its_kind(card: Client, sell: Sell, wrong: dict[str, Any]) -> None:
    piece = sell(card, date(2026, 5, 5), 100).pieces.get()
    first = Deduction.objects.create(piece=piece, source="tier", amount=Decimal(3))

    with pytest.raises(IntegrityError), transaction.atomic():
        Deduction.objects.create(piece=piece, **wrong)

    assert list(Deduction.objects.all()) == [first]
