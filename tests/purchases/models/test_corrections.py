"""The acts on a receipt: one a version."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from clients.models import Client
from purchases.models import Act, Correction
from tests.conftest import Sell


def test_a_version_is_made_by_one_act(card: Client, sell: Sell) -> None:
    purchase = sell(card, date(2026, 5, 5), 100)
    first, second = (
        Correction(purchase=purchase, act=act, version=1, before={}, after={}) for act in (Act.CORRECTED, Act.VOIDED)
    )
    first.save()

    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()

    assert str(Correction.objects.get()) == f"{purchase.pk} corrected"
