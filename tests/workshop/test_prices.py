"""Another price: asked about once at a time, and agreed on by the client's yes alone."""

from decimal import Decimal

import pytest

from messaging.models import Message
from stores.models import Employee
from workshop import prices, refusals
from workshop import services as workshop_services
from workshop.models import PriceOffer, ServiceRequest
from workshop.refusals import OpenOfferError, StatusError


def test_a_price_changes_by_the_clients_yes_alone(ticket: list[ServiceRequest], seller: Employee) -> None:
    offer = prices.offer_price(ticket[0], Decimal(1500), reason="камень выпал", by=seller)
    with pytest.raises(OpenOfferError):
        workshop_services.move(ticket[0], "ready", by=seller)
    assert ServiceRequest.objects.get(pk=ticket[0].pk).price == 1000

    prices.answer_offer(offer, True, "phone", by=seller)

    assert ServiceRequest.objects.get(pk=ticket[0].pk).price == 1500
    with pytest.raises(refusals.AnsweredError):
        prices.answer_offer(offer, False, "page", by=None)
    assert workshop_services.move(ticket[0], "ready", by=seller).status == "ready"


def test_a_price_of_a_closed_request_is_answered_no_more(ticket: list[ServiceRequest], seller: Employee) -> None:
    offer = prices.offer_price(ticket[0], Decimal(1500), reason="", by=seller)
    workshop_services.move(ticket[0], "cancelled", by=seller)

    with pytest.raises(refusals.AnsweredError):
        prices.answer_offer(offer, True, "phone", by=seller)


def test_a_no_leaves_the_price_and_a_new_offer_withdraws_the_old(ticket: list[ServiceRequest], seller: Employee) -> None:
    prices.offer_price(ticket[0], Decimal(1500), reason="", by=seller)
    second = prices.offer_price(ticket[0], Decimal(1300), reason="", by=seller)

    prices.answer_offer(second, False, "page", by=None)

    assert [o.answer for o in PriceOffer.objects.order_by("pk")] == ["withdrawn", "declined"]
    assert ServiceRequest.objects.get(pk=ticket[0].pk).price == 1000
    assert ticket[0].steps.latest("pk").by is None


def test_a_closed_request_has_no_other_price(ticket: list[ServiceRequest], seller: Employee) -> None:
    workshop_services.move(ticket[0], "cancelled", by=seller)

    with pytest.raises(StatusError):
        prices.offer_price(ticket[0], Decimal(1500), reason="", by=seller)

    assert not PriceOffer.objects.exists()


def test_a_withdrawn_offer_is_asked_about_no_more(ticket: list[ServiceRequest], seller: Employee) -> None:
    offer = prices.offer_price(ticket[0], Decimal(1500), reason="", by=seller)

    prices.withdraw_offer(offer, by=seller)
    with pytest.raises(refusals.AnsweredError):
        prices.withdraw_offer(offer, by=seller)

    offer.refresh_from_db()
    assert (offer.answer, Message.objects.get().state) == ("withdrawn", "suppressed")
    assert workshop_services.move(ticket[0], "ready", by=seller).price == 1000
