from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from clients.models import Client
from purchases.correcting import acts, contents
from purchases.models import Purchase
from purchases.payments import TenderLine
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn

ACTS = ("correct", "find_client", "attach", "void", "restore", "undo")


@pytest.fixture
def today(store: Store) -> date:
    return store.today()


def days_ago(purchase: Purchase, days: int) -> None:
    """As if the receipt had been written down so long before."""
    at = timezone.now() - timedelta(days=days)
    Purchase.written.filter(pk=purchase.pk).update(created_at=at, sold_on=purchase.store.today(at))


def form_of(purchase: Purchase, **changes: Any) -> dict[str, Any]:
    """What the page of a receipt would send back."""
    is_ = contents.of(Purchase.written.get(pk=purchase.pk))
    said: dict[str, Any] = {
        "version": Purchase.written.get(pk=purchase.pk).version, "receipt_number": is_.number, "sold_on": f"{is_.sold_on:%d.%m.%Y}",
        "pieces-TOTAL_FORMS": len(is_.pieces), "pieces-INITIAL_FORMS": len(is_.pieces),
    }  # fmt: skip
    for n, piece in enumerate(is_.pieces):
        said |= {f"pieces-{n}-{name}": getattr(piece, name) for name in ("pk", "article", "kind", "price", "discount")}
    return said | {f"paid_{tender.kind}": tender.sum for tender in is_.tenders} | changes


def address(name: str, purchase: Purchase) -> str:
    return reverse(f"purchases:{name}", args=[purchase.pk])


def test_a_seller_puts_right_what_was_sold_today(
    card: Client, seller: Employee, sell: Sell, today: date, signed_in: SignIn
) -> None:
    purchase = sell(card, today, 100, 200, tenders=[TenderLine("card")])
    browser = signed_in(seller)
    assert browser.get(address("correct", purchase)).status_code == 200

    sent = form_of(purchase, receipt_number="15", occasion="birthday") | {"pieces-0-gone": "on", "pieces-1-price": "1 250,50"}
    answer = browser.post(address("correct", purchase), sent)

    assert answer.status_code == 302
    now = contents.of(Purchase.objects.get())
    assert (now.number, now.occasion, [piece.price for piece in now.pieces]) == ("15", "birthday", [Decimal("1250.50")])
    assert now.tenders == (TenderLine("card", Decimal("1250.50")),)
    page = browser.get(address("receipt", purchase)).content.decode()
    assert "15" in page
    browser.post(address("undo", purchase), {"version": 1})
    assert contents.of(Purchase.objects.get()).number == ""


def test_a_stale_form_shows_both_and_is_the_persons_to_decide(
    card: Client, seller: Employee, sell: Sell, today: date, signed_in: SignIn
) -> None:
    purchase = sell(card, today, 100)
    mine = form_of(purchase, receipt_number="mine-1")
    theirs = contents.of(purchase).__class__(**{**vars(contents.of(purchase)), "number": "theirs-2"})
    acts.correct(purchase, wanted=theirs, version=0, by=seller)
    browser = signed_in(seller)

    answer = browser.post(address("correct", purchase), mine)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "theirs-2" in page
    assert "mine-1" in page
    assert Purchase.objects.get().receipt_number == "theirs-2"
    assert browser.post(address("correct", purchase), mine | {"version": 1}).status_code == 302
    assert Purchase.objects.get().receipt_number == "mine-1"


@pytest.mark.parametrize("name", ACTS)
def test_tomorrow_it_is_the_managers(
    name: str, card: Client, seller: Employee, manager: Employee, sell: Sell, today: date, signed_in: SignIn
) -> None:
    purchase = sell(card, today, 100)
    days_ago(purchase, 1)
    send: dict[str, str | int] = {"version": 0, "reason": "twice", "client": card.pk}

    answers = []
    for who in (seller, manager):
        browser = signed_in(who)
        ask = browser.get if name in ("correct", "find_client") else browser.post
        answers.append(ask(address(name, purchase), send).status_code)

    assert answers[0] == 404
    assert answers[1] in (200, 302)


@pytest.mark.parametrize("name", ACTS)
def test_another_stores_receipt_is_not_found(
    name: str, card: Client, manager: Employee, sell: Sell, today: date, other_store: Store, signed_in: SignIn
) -> None:
    purchase = sell(card, today, 100, at=other_store)
    browser = signed_in(manager)

    answer = (browser.get if name in ("correct", "find_client") else browser.post)(address(name, purchase))

    assert answer.status_code == 404
    assert Purchase.objects.get().version == 0


def test_a_sale_without_a_card_finds_its_client_weeks_later(
    card: Client, seller: Employee, sell: Sell, today: date, signed_in: SignIn
) -> None:
    purchase = sell(None, today, 100, no_card_reason="hurry")
    days_ago(purchase, 29)
    browser = signed_in(seller)

    found = browser.get(address("find_client", purchase), {"q": card.last_name}).content.decode()
    browser.post(address("attach", purchase), {"client": card.pk, "version": 0})

    assert str(card) in found
    assert Purchase.objects.get().client == card
    late = sell(None, today, 100, no_card_reason="hurry")
    days_ago(late, 32)
    assert browser.post(address("attach", late), {"client": card.pk, "version": 0}).status_code == 404


def test_a_receipt_is_voided_read_and_brought_back(
    card: Client, seller: Employee, sell: Sell, today: date, signed_in: SignIn
) -> None:
    purchase = sell(card, today, 100, receipt_number="7")
    browser = signed_in(seller)
    browser.post(address("void", purchase), {"version": 0, "reason": "  "})
    assert Purchase.objects.count() == 1

    browser.post(address("void", purchase), {"version": 0, "reason": "пробит дважды"})

    assert "пробит дважды" in browser.get(address("receipt", purchase)).content.decode()
    assert browser.get(address("correct", purchase)).status_code == 404
    days = {"first": today.isoformat(), "last": today.isoformat()}
    lists = {group: browser.get(reverse("purchases:receipts"), {**days, "group": group}) for group in ("everything", "voided")}
    assert {group: len(answer.context["page"]) for group, answer in lists.items()} == {"everything": 0, "voided": 1}
    browser.post(address("restore", purchase), {"version": 1})
    assert Purchase.objects.get().void_reason == ""
