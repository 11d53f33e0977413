"""What the base itself refuses of reviews."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clients.models import Client
from portal.models import Review
from stores.models import Store
from tests.conftest import Sell
from tests.portal.conftest import TODAY
from workshop.models import ServiceRequest


@pytest.mark.parametrize("both", [True, False])
def test_a_review_is_of_one_thing(handed_out: ServiceRequest, card: Client, store: Store, sell: Sell, both: bool) -> None:
    of: dict[str, Any] = {"request": handed_out, "purchase": sell(card, TODAY, 100)} if both else {}

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(client=card, store=store, asked_on=TODAY, **of)

    assert not Review.objects.exists()


def test_a_thing_is_asked_about_once(asked: Review) -> None:
    again = Review(client=asked.client, store=asked.store, asked_on=TODAY, request=asked.request)

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()

    assert Review.objects.get() == asked


def test_a_score_is_ten_at_most(asked: Review) -> None:
    Review.objects.update(score=10)

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.update(score=11)

    assert str(Review.objects.get()) == f"{asked.client_id}: 10"
