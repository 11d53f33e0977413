"""Bonuses at the counter: the strip of the card and the bill of a sale while it is typed."""

import os
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from clients.models import Client
from loyalty import services
from loyalty.ledger import Birth
from loyalty.models import Lot, Source
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def _bonuses(card: Client, store: Store) -> None:
    today = store.today()
    tiers = [TierSaid(Decimal(50_000), earn_percent=Decimal(7), name="Золото")]
    services.publish(TermsSaid(Mode.BOTH, earn_percent=Decimal(5), tiers=tiers), since=today, by=None)
    account = services.open_account(card.pk, on=today)
    birth = Birth(Source.GOODWILL, today, today + timedelta(days=30))
    services.earn(account, 5_000, birth=birth, key="gift", on=today, by=None)


def left() -> list[int]:
    return list(Lot.objects.order_by("pk").values_list("left", flat=True))


@pytest.mark.usefixtures("_bonuses")
def test_a_sale_spends_as_much_as_allowed_by_one_key(seller: Employee, visit: OpenPage, card: Client, width: int) -> None:
    page = visit(seller, width=width)
    page.goto(f"/clients/{card.pk}/")
    expect(page.get_by_role("region", name="Лояльность")).to_contain_text(re.compile(r"5\s000 бонусов"))
    page.goto(f"/sales/new/?client={card.pk}")
    page.fill("[name=pieces-0-article]", "R1")
    page.fill("[name=pieces-0-price]", "10 000")
    bill = page.locator("[hx-post$='/sales/bill/']")
    expect(bill).to_contain_text(re.compile(r"здесь можно списать 3\s000"))
    page.keyboard.press("Alt+g")
    expect(bill).to_contain_text(re.compile(r"Спишем: 3\s000"))
    _look(page, f"sale-{width}")

    page.get_by_role("button", name="Сохранить продажу").click()
    page.wait_for_url("**/clients/**")
    _look(page, f"card-{width}")

    assert left() == [2_000, 350]


def _look(page: Page, name: str) -> None:
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
