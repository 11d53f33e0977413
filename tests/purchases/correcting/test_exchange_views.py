from datetime import date
from uuid import uuid4

from django.urls import reverse

from clients.models import Client
from purchases.models import Purchase, Tender
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn


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
