"""What the base itself refuses of the derived tables."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from clients.models import Client
from tests.conftest import Sell
from visits import rhythm
from visits.models import LifeModel, Visit

DAY = date(2026, 5, 5)


def test_a_day_of_a_client_stands_once_in_a_scope(card: Client, sell: Sell) -> None:
    sell(card, DAY, 100)
    again = Visit.objects.get(scope=0)
    again.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()

    assert Visit.objects.filter(scope=0).count() == 1


def test_there_is_one_model_of_visits(db: None) -> None:
    for r in (0.8, 0.9):
        rhythm.keep_model(r=r, alpha=90.0, a=0.7, b=1.9, spending=None, clients=4, fitted_on=DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        LifeModel.objects.create(pk=2, r=0.8, alpha=90.0, a=0.7, b=1.9, clients=4, fitted_on=DAY)

    assert LifeModel.objects.get().r == 0.9
