"""What a correction or a void moves is told before it is done."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from clients.models import Client
from loyalty import services
from loyalty.models import Lot, RightUse
from loyalty.pricing import Mode
from loyalty.services import TermsSaid
from purchases.correcting.previewing import Moves
from purchases.models import Purchase
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn
from tests.loyalty.conftest import coupon
from tests.purchases.correcting.test_views import form_of

NOTHING: dict[str, Any] = {
    "back": 0, "more": 0, "to_certificates": 0, "given_back": 0, "revoked": 0, "spends": 0, "earns": 0, "owed": 0, "coupons": 0,
}  # fmt: skip


def moves(**told: Any) -> Moves:
    return Moves(**{**NOTHING, **told})


@pytest.fixture
def today(store: Store) -> date:
    return store.today()


@pytest.fixture(autouse=True)
def _terms(store: Store) -> None:
    services.publish(TermsSaid(Mode.BONUSES, earn_percent=Decimal(5)), since=store.today(), by=None)


def test_a_void_tells_all_that_it_moves_and_moves_nothing(
    card: Client, seller: Employee, sell: Sell, today: date, signed_in: SignIn
) -> None:
    right = coupon(from_on=today, until=today)
    purchase = sell(card, today, 10_000, right=right)

    told = signed_in(seller).get(reverse("purchases:void_preview", args=[purchase.pk])).context["told"]

    assert told == moves(back=9_000, revoked=450, coupons=1)
    purchase.refresh_from_db()
    assert (purchase.is_voided, Lot.objects.get().left, RightUse.objects.standing().count()) == (False, 450, 1)


def test_a_correction_tells_what_it_moves_as_it_is_typed(
    card: Client, seller: Employee, sell: Sell, today: date, signed_in: SignIn
) -> None:
    purchase = sell(card, today, 10_000)
    address, browser = reverse("purchases:correct_preview", args=[purchase.pk]), signed_in(seller)

    dearer = browser.post(address, form_of(purchase, **{"pieces-0-price": "12000"}))
    cheaper = browser.post(address, form_of(purchase, **{"pieces-0-price": "9000"}))
    wrong = browser.post(address, form_of(purchase, **{"pieces-0-price": "никакая"}))

    assert [answer.context["told"] for answer in (dearer, cheaper)] == [
        moves(more=2_000, earns=100),
        moves(back=1_000, revoked=50),
    ]
    assert (wrong.status_code, wrong.content) == (200, b"")
    assert (Purchase.objects.get().version, Lot.objects.get().left) == (0, 500)


def test_nothing_is_told_of_a_receipt_that_is_not_ones_own(
    card: Client, seller: Employee, sell: Sell, today: date, other_store: Store, signed_in: SignIn
) -> None:
    purchase = sell(card, today, 10_000, at=other_store)

    assert signed_in(seller).get(reverse("purchases:void_preview", args=[purchase.pk])).status_code == 404
