"""What the base itself refuses of offers."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from workshop.models import PriceOffer, ServiceRequest


@pytest.mark.parametrize("price", [Decimal(-1), Decimal(1500)])
def test_one_offer_is_open_and_none_is_below_zero(ticket: list[ServiceRequest], price: Decimal) -> None:
    PriceOffer.objects.create(request=ticket[0], price=Decimal(1200), at=timezone.now())
    request = ticket[1] if price < 0 else ticket[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        PriceOffer.objects.create(request=request, price=price, at=timezone.now())

    assert str(PriceOffer.objects.get()) == f"{ticket[0].pk}: 1200.00"


def test_an_answered_offer_makes_room_for_another(ticket: list[ServiceRequest]) -> None:
    for answer in ("declined", "withdrawn", "open"):
        PriceOffer.objects.create(request=ticket[0], price=Decimal(1200), at=timezone.now(), answer=answer)

    assert ticket[0].offers.count() == 3
