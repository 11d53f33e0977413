"""What pages weigh: bytes at the first visit and after, requests, what moves while they come; in one session of Chromium."""

import gzip
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, BrowserContext, Page, Response
from pytest_django.live_server_helper import LiveServer

from clients.models import Client
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage
from tests.browser.test_crawl import STANDS_STILL
from tests.conftest import Sell
from tests.factories import ClientFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST, AFTER, REQUESTS, SHIFT = 250_000, 40_000, 36, 0.1
CHARTS = 250_000  # what a page with charts may weigh more: their library, asked for after the page is shown
SHIFTS = """new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted = (window.shifted || 0) + one.value;
}).observe({ type: "layout-shift", buffered: true });"""


class Weight(NamedTuple):
    """A page as it came over the wire."""

    bytes: int
    requests: int
    shift: float
    names: tuple[str, ...]


class Scales:
    """Weighs what a browser is sent."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sent: list[Response] = []
        page.on("response", lambda response: self.sent.append(response))

    def weigh(self, address: str) -> Weight:
        self.sent.clear()
        self.page.goto(address)
        self.page.evaluate(STANDS_STILL)
        sizes = {one.url: _size(one) for one in self.sent if one.url.startswith("http")}
        names = tuple(url.partition("/static/")[2] for url in sizes)
        return Weight(sum(sizes.values()), len(sizes), self.page.evaluate("window.shifted || 0"), names)


def _size(response: Response) -> int:
    if "/static/" in response.url:
        return _packed(response.url.partition("/static/")[2])
    if response.request.resource_type == "document":
        assert response.headers.get("content-encoding") == "gzip", response.url
    return int(response.request.sizes()["responseBodySize"])


@cache
def _packed(name: str) -> int:
    """A file as WhiteNoise sends it."""
    body = Path(str(finders.find(unquote(name)))).read_bytes()
    return len(body) if name.endswith(".woff2") else len(gzip.compress(body))


@pytest.fixture
def pages(store: Store, card: Client, sell: Sell) -> dict[str, bool]:
    """Ten pages that people look at all day, and whether they have charts."""
    for number in range(4):
        sell(ClientFactory.create(home_store=store), date(2026, 1, 5 + number), 10_000)
        sell(card, date(2026, 2, 5 + number), 10_000, 20_000)
    return {
        "/": False, f"/clients/{card.pk}/": False, f"/sales/new/?client={card.pk}": False, "/clients/register/": False,
        "/search/?q=иван": False, "/clients/": False, "/sales/?first=2026-01-01": False, "/service/new/": False, "/ask/": False,
        "/returning/?first=2026-02-01&last=2026-02-28": True,
    }  # fmt: skip


def opened(browser: Browser, live_server: LiveServer, state: Any, width: int) -> BrowserContext:
    context = browser.new_context(
        base_url=live_server.url, storage_state=state, locale="ru-RU", viewport={"width": width, "height": 900}
    )
    context.add_init_script(SHIFTS)
    return context


def test_pages_are_light_come_at_once_and_stand_still(
    browser: Browser, live_server: LiveServer, admin: Employee, visit: OpenPage, pages: dict[str, bool]
) -> None:
    state = visit(admin).context.storage_state()
    told: dict[str, list[str]] = defaultdict(list)
    for address, has_charts in pages.items():
        for width in (1280, 390):
            context = opened(browser, live_server, state, width)
            scales = Scales(context.new_page())
            first = scales.weigh(address)
            seen = set(first.names)
            if width == 1280:
                scales.weigh(address)
                after = sum(_size(one) for one in scales.sent if one.url.partition("/static/")[2] not in seen - {""})
                told["after"] += [f"{address}: {after}"] if after > AFTER else []
            most = FIRST + CHARTS * has_charts
            told["first"] += [f"{address}: {first.bytes}"] if first.bytes > most else []
            told["requests"] += [f"{address}: {first.requests}"] if first.requests > REQUESTS else []
            told["moves"] += [f"{address} at {width}: {first.shift:.3f}"] if first.shift > SHIFT else []
            told["charts"] += [address] if has_charts != any("echarts" in name for name in first.names) else []
            told["fonts"] += [address] if any("-ext" in name for name in first.names) else []
            context.close()

    assert {name: lines for name, lines in told.items() if lines} == {}
