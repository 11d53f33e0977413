from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.urls import reverse

from clients.models import Client
from purchases.models import Purchase, Tender
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn
from tests.loyalty.conftest import certificate, coupon


def test_an_exchange_is_one_step(card: Client, seller: Employee, sell: Sell, signed_in: SignIn) -> None:
    old = sell(card, date(2026, 5, 5), 1000, 500)
    piece, kept = old.pieces.all()
    browser, address = signed_in(seller), reverse("purchases:exchange", args=[old.pk])
    assert browser.get(address, {"piece": piece.pk}).status_code == 200
    sent = {
        "piece": piece.pk, "form_key": str(uuid4()), "paid_by": "card", "receipt_number": "44",
        "pieces-TOTAL_FORMS": 1, "pieces-INITIAL_FORMS": 0, "pieces-0-article": "E1", "pieces-0-price": "1 700",
    }  # fmt: skip

    answers = [browser.post(address, sent) for _twice in range(2)]

    new = Purchase.objects.get(receipt_number="44")
    assert [answer["Location"] for answer in answers] == [reverse("purchases:receipt", args=[new.pk])] * 2
    assert (new.client, list(new.taken_back.all())) == (card, [piece])
    assert list(Tender.objects.values_list("purchase", "kind", "sum")) == [(new.pk, "card", 700)]
    kept.refresh_from_db()
    assert kept.returned_on is None
    page = browser.get(answers[0]["Location"]).content.decode()
    assert piece.article in page


def test_an_exchange_in_another_store_or_of_nothing_is_not_found(
    card: Client, seller: Employee, sell: Sell, signed_in: SignIn, other_store: Store
) -> None:
    mine, foreign = sell(card, date(2026, 5, 5), 100), sell(card, date(2026, 5, 5), 100, at=other_store)
    browser = signed_in(seller)

    for purchase, piece in ((mine, foreign.pieces.get()), (foreign, foreign.pieces.get())):
        assert browser.get(reverse("purchases:exchange", args=[purchase.pk]), {"piece": piece.pk}).status_code == 404


def filled(piece: int, **said: Any) -> dict[str, Any]:
    """An exchange of one piece for earrings of 1 700 ₽, as it is sent."""
    return {
        "piece": piece, "form_key": str(uuid4()), "receipt_number": "44", "pieces-TOTAL_FORMS": 1, "pieces-INITIAL_FORMS": 0,
        "pieces-0-article": "E1", "pieces-0-price": "1 700", **said,
    }  # fmt: skip


def test_a_coupon_a_certificate_and_several_payments_pay_for_an_exchange(
    card: Client, seller: Employee, sell: Sell, signed_in: SignIn, store: Store
) -> None:
    old = sell(card, date(2026, 5, 5), 1000)
    held, right = certificate(store, 100, until=store.today()), coupon(from_on=store.today(), until=store.today())
    sent = filled(old.pieces.get().pk, codes=f"{held} {right}", paid_card="400", paid_by="cash")

    answer = signed_in(seller).post(reverse("purchases:exchange", args=[old.pk]), sent)

    new = Purchase.objects.get(receipt_number="44")
    assert answer["Location"] == reverse("purchases:receipt", args=[new.pk])
    assert new.pieces.get().price == 1530
    assert dict(new.tenders.values_list("kind", "sum")) == {"certificate": 100, "card": 400, "cash": 30}


def test_the_bill_of_an_exchange_says_the_difference_and_changes_nothing(
    card: Client, seller: Employee, sell: Sell, signed_in: SignIn, store: Store
) -> None:
    old, held = sell(card, date(2026, 5, 5), 1000), certificate(store, 100, until=store.today())

    answer = signed_in(seller).post(reverse("purchases:bill"), filled(old.pieces.get().pk, codes=str(held)))

    assert answer.context["rest"] == Decimal(600)
    assert old.pieces.get().returned_on is None


def test_parts_that_do_not_add_up_are_said_beside_the_payment(
    card: Client, seller: Employee, sell: Sell, signed_in: SignIn
) -> None:
    old = sell(card, date(2026, 5, 5), 1000)

    answer = signed_in(seller).post(
        reverse("purchases:exchange", args=[old.pk]), filled(old.pieces.get().pk, paid_card="600", paid_cash="200")
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["paid_by"])
    assert Purchase.objects.count() == 1
