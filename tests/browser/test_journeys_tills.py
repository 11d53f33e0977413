"""A till sells and takes back, a document waits until a person says who its seller is, a wish wakes when its piece comes."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone
from playwright.sync_api import expect

from catalogue import services as catalogue
from catalogue.services import ArticleFacts, StockFacts
from clients.models import Client
from exchange import services
from exchange.documents import applying
from exchange.models import Source
from inquiries import waking
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def told(till: Browser, **said: Any) -> None:
    """What a till tells, applied as a worker does."""
    whole = {"store": "luxury", "at": "2026-05-05T18:42:10+10:00", **said}
    assert till.post("/api/receipts/", json.dumps(whole), content_type="application/json").status_code == 202
    applying.apply_received()


def test_a_till_sells_and_takes_back_and_an_unknown_seller_is_told_once(
    visit: OpenPage, admin: Employee, seller: Employee, card: Client, store: Store
) -> None:
    _key, secret = services.issue_key(Source.objects.create(name="Касса 2"))
    till, line = Browser(headers={"Authorization": f"Bearer {secret}"}), {"article": "R5387-6925", "paid": "118795.00"}
    sold = {"operation": "sale", "client": {"phone": str(card.phone)}, "lines": [{**line, "kind": "ring"}]}
    told(till, id="s-1", number="1402", seller="К-17", **sold)

    page = visit(admin)
    page.goto("/exchange/")
    waits = page.get_by_role("row", name=re.compile("К-17"))
    waits.get_by_label("Это продавец").select_option(label=str(seller))
    waits.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("К-17")).to_have_count(0)
    applying.apply_received()
    page.goto(f"/clients/{card.pk}/")
    expect(page.get_by_text("118 795").first).to_be_visible()

    told(till, id="r-1", operation="return", of={"id": "s-1"}, lines=[line])
    page.reload()
    expect(page.get_by_text(re.compile("возврат", re.IGNORECASE)).first).to_be_visible()


def test_a_wish_wakes_when_its_piece_comes(visit: OpenPage, seller: Employee, card: Client, store: Store) -> None:
    page = visit(seller, width=390)
    page.goto(f"/inquiries/new/?client={card.pk}")
    page.fill("[name=wish]", "кольцо R5387-6925 17,5")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/inquiries/\d+/|/clients/"))

    catalogue.upsert_articles([ArticleFacts("R5387-6925", name="Кольцо с сапфиром", price=Decimal(138_795))])
    catalogue.set_stock([StockFacts("R5387-6925", store, 1, "17,5")])
    waking.wake(timezone.now())
    page.goto("/errands/")
    expect(page.get_by_text("R5387-6925").first).to_be_visible()
