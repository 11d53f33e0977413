"""Bonuses at the counter: the strip of the card and the bill of a sale while it is typed."""

import os
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from clients.models import Client
from loyalty import selectors, services
from loyalty.ledger import Birth
from loyalty.models import Lot, Referral, ReferralTerms, Source
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from purchases.models import Purchase
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage
from tests.factories import ClientFactory, phone_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def _bonuses(card: Client, store: Store) -> None:
    today = store.today()
    tiers = [TierSaid(Decimal(50_000), earn_percent=Decimal(7), name="Золото")]
    services.publish(TermsSaid(Mode.BOTH, earn_percent=Decimal(5), tiers=tiers), since=today, by=None)
    account = services.open_account(card.pk, on=today)
    birth = Birth(Source.GOODWILL, today, today + timedelta(days=30))
    ReferralTerms.objects.create(since=today, for_referrer=500, for_friend=300)
    services.earn(account, 5_000, birth=birth, key="gift", on=today, by=None)


def left() -> list[int]:
    return list(Lot.objects.order_by("pk").values_list("left", flat=True))


@pytest.mark.usefixtures("_bonuses")
def test_bonuses_from_a_friend_to_a_return_and_a_family(manager: Employee, visit: OpenPage, card: Client, width: int) -> None:
    """Earned, spent by one key, given back in part, shared by a family, and a friend who is registered."""
    page = visit(manager, width=width)
    _sold(page, card, width)
    _part_comes_back(page, width)
    wife = ClientFactory.create()
    page.goto(f"/clients/{card.pk}/")
    page.get_by_role("link", name="Общий счёт").click()
    page.get_by_label("Телефон того, кто присоединяется").fill(phone_of(wife))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Присоединить к счёту").click()
    expect(page.locator(f"main a[href='/clients/{wife.pk}/']")).to_be_visible()
    _look(page, f"family-{width}")
    _a_friend_comes(page, card, width)


def _sold(page: Page, card: Client, width: int) -> None:
    page.goto(f"/clients/{card.pk}/")
    expect(page.get_by_role("region", name="Лояльность")).to_contain_text(re.compile(r"5\s000 бонусов"))
    page.goto(f"/sales/new/?client={card.pk}")
    page.fill("[name=pieces-0-article]", "R1")
    page.fill("[name=pieces-0-price]", "10 000")
    page.click("[data-add-line]")
    page.fill("[name=pieces-1-article]", "R2")
    page.fill("[name=pieces-1-price]", "5 000")
    bill = page.locator("[hx-post$='/sales/bill/']")
    expect(bill).to_contain_text(re.compile(r"здесь можно списать 4\s500"))
    page.keyboard.press("Alt+g")
    expect(bill).to_contain_text(re.compile(r"Спишем: 4\s500"))
    _look(page, f"sale-{width}")
    page.get_by_role("button", name="Сохранить продажу").click()
    page.wait_for_url("**/clients/**")
    _look(page, f"card-{width}")
    assert left() == [500, 525]


def _part_comes_back(page: Page, width: int) -> None:
    purchase = Purchase.objects.get()
    page.goto(f"/sales/{purchase.pk}/")
    page.get_by_label("вернуть").first.check()
    told = page.locator("form p.said")
    expect(told).to_contain_text(re.compile(r"клиенту 7\s000\s₽.*списанные бонусы: 3\s000.*начисленные: 350", re.DOTALL))
    assert left() == [500, 525]
    _look(page, f"goes-back-{width}")
    page.get_by_role("button", name="Вернуть отмеченное").click()
    expect(page.get_by_text("Возвращено: 1")).to_be_visible()
    assert left() == [3_500, 175]


def _a_friend_comes(page: Page, card: Client, width: int) -> None:
    page.goto("/clients/register/")
    typed = {
        "last_name": "Кузнецова",
        "first_name": "Анна",
        "birth_date": "06.05.1990",
        "phone": "8 924 111-22-33",
        "email": "anna@example.ru",
    }
    for name, text in typed.items():
        page.fill(f"[name={name}]", text)
    page.get_by_text("Клиента привёл друг").click()
    page.fill("[name=friend]", selectors.code_of_friend(card.pk))
    page.check("[name=consent_personal_data]")
    _look(page, f"friend-{width}")
    page.locator("#register .btn-primary").click()
    page.wait_for_url(re.compile(r"/clients/\d+/$"))
    assert Referral.objects.get().referrer == card


def _look(page: Page, name: str) -> None:
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
