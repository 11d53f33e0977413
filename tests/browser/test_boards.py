"""A board from its first figure to the page that shows it, by keys on a desk and by finger on a phone."""

import re

import pytest
from playwright.sync_api import expect

from analytics.models import Board, BoardTile
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_board_is_taken_put_in_order_and_looked_at(visit: OpenPage, manager: Employee, store: Store) -> None:
    page = visit(manager)
    page.goto("/boards/")
    page.get_by_role("button", name="Взять эту доску").first.click()
    page.wait_for_url(re.compile(r"/boards/\d+/"))
    board = Board.objects.get()
    page.goto(f"/boards/{board.pk}/compose/")
    first, second = list(board.tiles.values_list("what", flat=True))[:2]

    page.locator("[data-line]").nth(1).locator("[data-way=down]").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-line]").first.locator("[data-way=down]")).to_have_id(re.compile(f"down-{_pk(board, second)}"))
    page.locator("#offered").get_by_role("button", name=re.compile("Молчат|Постоянные")).first.click()
    expect(page.locator("[data-line]")).to_have_count(board.tiles.count())
    assert list(board.tiles.values_list("what", flat=True))[:2] == [second, first]

    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="Посмотреть доску").click()
    page.wait_for_url(f"**/boards/{board.pk}/")
    tops = page.locator(".run").evaluate_all("runs => runs.map((run) => run.getBoundingClientRect().top)")
    assert (tops, page.evaluate("document.documentElement.scrollWidth")) == (sorted(tops), 390)


def _pk(board: Board, what: str) -> int:
    return BoardTile.objects.get(board=board, what=what).pk
