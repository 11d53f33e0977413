"""How the gallery and twelve pages look, beside the pictures kept in ``pictures/``; ``make pictures`` renews them.

Compared are small grey pictures, block by block: other smoothing of letters or a day's date changes a block a little, a part that
moved, vanished or lost its styles changes many of them much.
"""

import os
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page
from pytest_django import Settings

from campaigns.models import Program
from clients.models import Client, HeardFrom, Wearer
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage
from tests.browser.test_crawl import STANDS_STILL
from tests.conftest import Sell
from tests.factories import ClientFactory
from workshop import tickets
from workshop.models import ServiceRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = Path(__file__).parent / "pictures"
SEEN = Path("var/pictures")  # what was seen where it differs
RENEWS = bool(os.environ.get("RENEW_PICTURES"))
WIDE, NARROW = (1280, 900), (390, 844)
SMALLER = 4  # times
BLOCK = 8  # of such pixels, about a word
CHANGED = 18  # of 255: a block that is another
MOST = 0.02  # of the blocks of a page


def small(shot: bytes) -> Image.Image:
    whole = Image.open(BytesIO(shot)).convert("L")
    return whole.resize((whole.width // SMALLER, whole.height // SMALLER), Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of blocks in which two pictures differ; all of them where one has another size."""
    if one.size != other.size:
        return 1.0
    size = (-(-one.width // BLOCK), -(-one.height // BLOCK))
    blocks = ImageChops.difference(one, other).resize(size, Image.Resampling.BOX)
    return sum(blocks.histogram()[CHANGED:]) / (size[0] * size[1])


@pytest.fixture
def pages(store: Store, card: Client, seller: Employee, sell: Sell) -> dict[str, str]:
    # What migrations put into a base is there before the first test of a process alone.
    HeardFrom.objects.all().delete()
    Program.objects.exclude(key="birthday").delete()
    for number in range(3):
        sell(ClientFactory.create(home_store=store), date(2026, 1, 5 + number), 10_000)
        sell(card, date(2026, 2, 5 + number), 10_000, 20_000)
    Wearer.objects.create(client=card, first_name="Мария", relation="wife", day=1206, ring_size="16.5", is_surprise=True)
    request = ServiceRequest(store=store, client=card, kind="resizing", description="кольцо", size_from="17", size_to="17.5")
    service = tickets.take_in(request, by=seller)
    return {
        "gallery": "/gallery/", "today": "/", "card": f"/clients/{card.pk}/", "sale": f"/sales/new/?client={card.pk}",
        "register": "/clients/register/", "receipts": "/sales/?first=2026-01-01&last=2026-03-01", "clients": "/clients/",
        "take-in": "/service/new/", "request": f"/service/{service.pk}/", "programs": "/programs/", "ask": "/ask/",
        "calculators": "/money/calculators/", "returning": "/returning/?first=2026-02-01&last=2026-02-28",
    }  # fmt: skip


def differing(page: Page, name: str) -> list[str]:
    """The name with how much differs, where that is too much; the kept picture is made anew where that was asked for."""
    seen = small(page.screenshot(animations="disabled", caret="hide", full_page=name.startswith("gallery")))
    kept = KEPT / f"{name}.png"
    if RENEWS:
        seen.quantize(16).save(kept, optimize=True)
        return []
    share = difference(Image.open(kept).convert("L"), seen) if kept.exists() else 1.0
    if share <= MOST:
        return []
    SEEN.mkdir(parents=True, exist_ok=True)
    seen.save(SEEN / f"{name}.png")
    return [f"{name}: {share:.1%} of it"]


def test_pages_look_as_they_did(admin: Employee, visit: OpenPage, pages: dict[str, str], settings: Settings) -> None:
    page = visit(admin)
    settings.DEBUG = True
    wrong = []
    for name, address in pages.items():
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        page.goto(address)
        for of, (width, height) in (("", WIDE), ("-phone", NARROW)):
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("scrollTo(0, 0)")
            page.evaluate(STANDS_STILL)
            wrong += differing(page, f"{name}{of}")
    if not RENEWS:
        page.evaluate("document.querySelector('main .page-head').remove()")
        assert differing(page, f"{list(pages)[-1]}-phone"), "what moved is not seen"

    assert wrong == []
