"""The bill of a sale while it is typed, and the sale that is saved by it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client as Browser

from clients.models import Client
from loyalty import services
from loyalty.ledger import Birth
from loyalty.models import Lot, Source
from loyalty.pricing import Mode
from loyalty.services import TermsSaid
from purchases.models import Purchase
from stores.models import Employee, Store
from tests.conftest import SignIn

BILL, SELL = "/sales/bill/", "/sales/new/"


@pytest.fixture
def browser(signed_in: SignIn, seller: Employee) -> Browser:
    return signed_in(seller)


@pytest.fixture
def _bonuses(card: Client, store: Store) -> None:
    """5 % is earned, and the client has 5 000 bonuses."""
    today = store.today()
    services.publish(TermsSaid(Mode.BONUSES, earn_percent=Decimal(5)), since=today, by=None)
    account = services.open_account(card.pk, on=today)
    birth = Birth(Source.GOODWILL, today, today + timedelta(days=30))
    services.earn(account, 5_000, birth=birth, key="gift", on=today, by=None)


def typed(client: Client | None, **more: object) -> dict[str, object]:
    return {
        "client": client.pk if client else "", "no_card_reason": "" if client else "declined",
        "form_key": "00000000-0000-4000-8000-000000000001", "pieces-TOTAL_FORMS": 2, "pieces-INITIAL_FORMS": 0,
        "pieces-0-article": "R1", "pieces-0-kind": "ring", "pieces-0-price": "10 000", "pieces-1-article": "E", **more,
    }  # fmt: skip


@pytest.mark.usefixtures("_bonuses")
def test_the_bill_is_told_while_it_is_typed(browser: Browser, card: Client) -> None:
    response = browser.post(BILL, typed(card, spend_most="on"))

    told = response.context["told"]
    assert (told.balance, told.most, told.spent, told.over, told.to_pay, told.earns) == (5_000, 3_000, 3_000, 0, 7_000, 350)
    assert [(line.article, line.bonus, line.paid) for line in told.lines] == [("R1", 3_000, 7_000)]
    assert not Purchase.objects.exists()


@pytest.mark.usefixtures("_bonuses")
def test_too_much_is_said_before_it_is_refused(browser: Browser, card: Client) -> None:
    assert browser.post(BILL, typed(card, spend=4_000)).context["told"].over == 1_000

    response = browser.post(SELL, {**typed(card, spend=4_000), "pieces-TOTAL_FORMS": 1})

    assert response.status_code == 422
    assert response.context["form"].errors["spend"] == ["В этом чеке можно списать не больше 3000. Исправьте сумму."]
    assert (Purchase.objects.exists(), Lot.objects.get().left) == (False, 5_000)


@pytest.mark.usefixtures("_bonuses")
def test_the_sale_spends_what_was_asked(browser: Browser, card: Client) -> None:
    browser.post(SELL, {**typed(card, spend=2_000), "pieces-TOTAL_FORMS": 1})

    assert (Purchase.objects.get().pieces.get().price, sorted(Lot.objects.values_list("left", flat=True))) == (
        8_000,
        [400, 3_000],
    )


@pytest.mark.usefixtures("_bonuses")
def test_the_receipt_says_what_goes_back_with_a_piece(browser: Browser, card: Client) -> None:
    browser.post(SELL, {**typed(card, spend=2_000), "pieces-TOTAL_FORMS": 1})
    purchase = Purchase.objects.get()

    page = browser.get(f"/sales/{purchase.pk}/").content.decode()

    assert (purchase.pieces.get().bonuses, purchase.pieces.get().earned) == (2_000, 400)
    assert ("бонусами: 2\xa0000" in page, "начислено: 400" in page) == (True, True)


@pytest.mark.usefixtures("_bonuses")
def test_a_piece_by_weight_earns_nothing(browser: Browser, card: Client) -> None:
    browser.post(SELL, {**typed(card, **{"pieces-0-tariff": "weight"}), "pieces-TOTAL_FORMS": 1})

    piece = Purchase.objects.get().pieces.get()
    assert (piece.tariff, piece.price, piece.earned) == ("weight", 10_000, 0)


def test_without_terms_nothing_is_shown(browser: Browser, card: Client) -> None:
    page = browser.get(SELL, {"client": card.pk}).content.decode()

    assert browser.post(BILL, typed(card)).context["told"] is None
    assert "spend" not in page
    assert "tariff" not in page
