"""The bill of a sale while it is typed, and the sale that is saved by it."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser

from clients.models import Client
from loyalty import services
from loyalty.ledger import Birth
from loyalty.models import Lot, RightUse, Source
from loyalty.pricing import Mode
from loyalty.services import TermsSaid
from messaging.models import Message, OneTimeCode
from purchases.models import Purchase
from purchases.services import GoesBack
from stores.models import Employee, Store
from tests.conftest import SignIn
from tests.loyalty.conftest import certificate, coupon

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


@pytest.fixture
def _codes(_bonuses: None, store: Store) -> None:
    """Above 1 000 bonuses the client says a code."""
    terms = TermsSaid(Mode.BONUSES, earn_percent=Decimal(5), code_from=1_000, tells_spent=True)
    services.publish(terms, since=store.today(), by=None)


def sent(source: str) -> Message:
    return Message.objects.get(source=source)


@pytest.mark.usefixtures("_codes")
def test_a_large_spend_is_confirmed_by_a_code(browser: Browser, card: Client, django_capture_on_commit_callbacks: Any) -> None:
    typed_in = {**typed(card, spend=2_000), "pieces-TOTAL_FORMS": 1}
    assert browser.post(BILL, typed_in).context["told"].needs_code
    refused = browser.post(SELL, typed_in)
    assert (refused.status_code, list(refused.context["form"].errors), Purchase.objects.exists()) == (422, ["code"], False)

    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/sales/code/", typed_in)
    code = re.findall(r"\d{6}", sent("code").text)[0]
    wrong = browser.post(SELL, {**typed_in, "code": "000000" if code != "000000" else "000001"})
    assert (wrong.status_code, Purchase.objects.exists()) == (422, False)
    again = browser.post(SELL, {**typed_in, "code": code, "pieces-0-price": "никакая"})
    assert (again.status_code, Purchase.objects.exists()) == (422, False)
    assert browser.post(SELL, {**typed_in, "code": code}).status_code == 302

    assert Purchase.objects.get().pieces.get().bonuses == 2_000
    assert "списано бонусов: 2 000. На счёте осталось 3 000." in sent("bonuses-spent").text


@pytest.mark.usefixtures("_codes")
def test_a_small_spend_needs_no_code(browser: Browser, card: Client) -> None:
    assert browser.post(SELL, {**typed(card, spend=1_000), "pieces-TOTAL_FORMS": 1}).status_code == 302


@pytest.mark.usefixtures("_codes")
def test_a_card_without_a_phone_gets_no_code(browser: Browser, card: Client) -> None:
    answer = browser.post("/sales/code/", typed(None)).content.decode()

    assert (OneTimeCode.objects.exists(), "пока нельзя" in answer) == (False, True)


@pytest.mark.usefixtures("_bonuses")
def test_what_goes_back_is_told_before_it_does(browser: Browser, card: Client) -> None:
    browser.post(SELL, {**typed(card, spend=2_000), "pieces-TOTAL_FORMS": 1})
    purchase = Purchase.objects.get()
    piece = purchase.pieces.get()

    told = browser.get(f"/sales/{purchase.pk}/return/preview/", {"piece": piece.pk}).context["told"]

    assert told == GoesBack(1, Decimal(8_000), given_back=2_000, revoked=400)
    piece.refresh_from_db()
    assert (piece.returned_on, sorted(Lot.objects.values_list("left", flat=True))) == (None, [400, 3_000])
    assert browser.get(f"/sales/{purchase.pk}/return/preview/").context["told"] is None


@pytest.mark.usefixtures("_bonuses")
def test_what_was_spent_meanwhile_is_said_to_be_owed(browser: Browser, card: Client) -> None:
    browser.post(SELL, {**typed(card), "pieces-TOTAL_FORMS": 1})
    Lot.objects.exclude(occasion_key="gift").update(left=0)
    Lot.objects.filter(occasion_key="gift").update(left=0)
    purchase = Purchase.objects.get()

    told = browser.get(f"/sales/{purchase.pk}/return/preview/", {"piece": purchase.pieces.get().pk}).context["told"]

    assert (told.revoked, told.owed) == (500, 500)


LONG: dict[str, Any] = {"from_on": date(2020, 1, 1), "until": date(2099, 1, 1)}


def test_a_coupon_is_told_in_the_bill_and_used_by_the_sale(browser: Browser, card: Client) -> None:
    right = coupon(**LONG)
    said = typed(card, codes=right.code.lower())

    told = browser.post(BILL, said).context["told"]
    assert (told.to_pay, told.refused, [line.right for line in told.lines]) == (9_000, "", [1_000])

    browser.post(SELL, {**said, "pieces-TOTAL_FORMS": 1})
    assert (Purchase.objects.get().pieces.get().price, RightUse.objects.get().right) == (9_000, right)


def test_a_coupon_that_takes_nothing_off_says_why(browser: Browser, card: Client) -> None:
    right = coupon(**LONG, kinds=["watch"])

    assert browser.post(BILL, typed(card, codes=right.code)).context["told"].refused == (
        "В чеке нет изделий, на которые действует купон."
    )
    response = browser.post(SELL, {**typed(card, codes=right.code), "pieces-TOTAL_FORMS": 1})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["codes"])
    assert not Purchase.objects.exists()


def test_a_code_that_is_none_is_said_at_its_field(browser: Browser, card: Client) -> None:
    coupon(**LONG)

    assert "Такого купона нет. Проверьте код." in browser.post(BILL, typed(card, codes="ABCD2345")).content.decode()


def test_a_code_scanned_among_the_pieces_is_understood(browser: Browser, db: None) -> None:
    right = coupon()

    answers = [browser.get("/sales/article/", {"article": text}).json() for text in (right.code_key.lower(), "R1")]

    assert answers[0] == {"code": right.code}
    assert (answers[1]["kind"], answers[1]["price"], answers[1]["catalogued"]) == ("ring", None, None)


def test_the_field_of_codes_comes_with_the_first_coupon(browser: Browser, card: Client) -> None:
    assert 'name="codes"' not in browser.get(SELL).content.decode()

    coupon()
    assert 'value="ABCD-2345"' in browser.get(SELL, {"code": "ABCD-2345"}).content.decode()


def test_a_certificate_is_told_in_the_bill_and_pays(browser: Browser, card: Client, store: Store) -> None:
    five = certificate(store, until=LONG["until"])
    said = typed(card, codes=str(five), paid_by="card")

    page = browser.post(BILL, said).content.decode().replace("\xa0", " ")
    assert ("на нём 5 000 ₽, оплатит 5 000 ₽" in page, "Доплатить: 5 000 ₽" in page) == (True, True)

    browser.post(SELL, {**said, "pieces-TOTAL_FORMS": 1})
    tenders = Purchase.objects.get().tenders.values_list("kind", "sum")
    assert dict(tenders) == {"certificate": 5_000, "card": 5_000}


def test_a_certificate_that_is_over_is_said_and_refused(browser: Browser, card: Client, store: Store) -> None:
    five = certificate(store, until=date(2026, 5, 6))
    said = typed(card, codes=str(five))

    assert "Продлить его может управляющий" in browser.post(BILL, said).content.decode()
    assert list(browser.post(SELL, {**said, "pieces-TOTAL_FORMS": 1}).context["form"].errors) == ["codes"]
    assert not Purchase.objects.exists()


def test_a_receipt_takes_one_coupon(browser: Browser, card: Client) -> None:
    codes = f"{coupon('a', **LONG)} {coupon('b', **LONG)}"

    assert "один купон" in browser.post(BILL, typed(card, codes=codes)).content.decode()
