"""What the base itself refuses of payments."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clients.models import Client
from purchases.models import Tender
from purchases.payments import TenderLine
from tests.conftest import Sell


@pytest.mark.parametrize("wrong", [{"kind": "card", "sum": 0}, {"kind": "gold", "sum": 5}, {"kind": "cash", "sum": 5}])
def test_a_payment_is_something_known_and_once_a_kind(card: Client, sell: Sell, wrong: dict[str, Any]) -> None:
    purchase = sell(card, date(2026, 5, 5), 100, tenders=[TenderLine("cash")])

    with pytest.raises(IntegrityError), transaction.atomic():
        Tender.objects.create(purchase=purchase, **wrong)

    assert list(map(str, Tender.objects.all())) == ["cash 100.00"]
