"""Receipts on their pages: sold, looked at, brought back."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from catalogue import services as catalogue
from catalogue.models import Article
from clients.models import Client
from purchases.models import Piece, Purchase
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory

DAY = date(2026, 11, 20)


def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(
    sell: Sell, card: Client, signed_in: SignIn, seller: Employee, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser, address = signed_in(seller), "/sales/?kind=ring&band=0&first=2026-11-01&last=2026-11-30"
    sell(card, DAY, 1_000)
    browser.get(address)
    with django_assert_max_num_queries(40) as once:
        browser.get(address)
    sell(card, DAY, 1_000), sell(ClientFactory.create(), DAY, 1_000)

    with django_assert_max_num_queries(len(once)):
        browser.get(address)


def typed(**more: Any) -> dict[str, Any]:
    """A sale of one ring as its form sends it."""
    lines = {"pieces-TOTAL_FORMS": 1, "pieces-INITIAL_FORMS": 0, "pieces-0-article": "R1", "pieces-0-price": "1 200,50"}
    return {"form_key": uuid4(), "no_card_reason": "hurry", **lines, **more}


@pytest.fixture
def counter(signed_in: SignIn, seller: Employee) -> Browser:
    return signed_in(seller)


def test_a_sale_leads_to_its_card_or_without_one_to_its_receipt(counter: Browser, card: Client, seller: Employee) -> None:
    places = [counter.post("/sales/new/", typed(**more))["Location"] for more in ({"client": card.pk}, {})]

    theirs, nobodys = Purchase.objects.order_by("pk")
    assert places == [f"/clients/{card.pk}/", f"/sales/{nobodys.pk}/"]
    assert (theirs.client, theirs.seller, nobodys.no_card_reason) == (card, seller, "hurry")
    assert [piece.price for piece in Piece.objects.all()] == [Decimal("1200.50")] * 2


def test_the_form_knows_the_client_that_it_was_opened_for(counter: Browser, card: Client) -> None:
    page = counter.get("/sales/new/", {"client": card.pk})

    assert (page.context["client"], page.context["form"].initial["client"]) == (card, card)
    assert counter.get("/sales/new/", {"client": "x"}).context["client"] is None


def test_a_wrong_sale_comes_back_and_saves_nothing(counter: Browser, card: Client) -> None:
    page = counter.post("/sales/new/", typed(client=card.pk, **{"pieces-0-price": "дорого"}))

    assert (page.status_code, page.context["client"], Purchase.objects.count()) == (422, card, 0)


def test_a_taken_receipt_number_is_said_at_its_field(counter: Browser, card: Client, sell: Sell, store: Store) -> None:
    sell(card, store.today(), 100, receipt_number="7")

    page = counter.post("/sales/new/", typed(receipt_number="7"))

    assert (page.status_code, list(page.context["form"].errors), Purchase.objects.count()) == (422, ["receipt_number"], 1)


def test_a_scanned_article_tells_its_kind_and_last_price(counter: Browser, card: Client, sell: Sell) -> None:
    sell(card, DAY, 1_000)

    told = [counter.get("/sales/article/", {"article": article}).json() for article in (" R1000-0000 ", "E2")]

    assert [(one["kind"], one["price"], one["page"]) for one in told] == [("ring", "1000.00", ""), ("earrings", None, "")]


def test_a_catalogued_article_tells_what_it_is_and_where_its_sizes_lie(counter: Browser, store: Store) -> None:
    catalogue.upsert_articles([catalogue.ArticleFacts("R5387-6925", name="Кольцо", price=Decimal(138_795), tariff="weight")])
    catalogue.set_stock([catalogue.StockFacts("R5387-6925", store, 2, "17,5")])
    article = Article.objects.get()

    told = counter.get("/sales/article/", {"article": "r5387-6925"}).json()

    assert told == {
        "kind": "ring", "price": "138795.00", "tariff": "weight", "words": "Кольцо", "lies": "здесь: 17,5 (2)",
        "catalogued": article.pk, "page": f"/articles/{article.pk}/", "companions": [],
    }  # fmt: skip


def test_pieces_come_back_and_todays_return_is_taken_back(counter: Browser, card: Client, sell: Sell) -> None:
    purchase = sell(card, DAY, 100, 200)
    first = purchase.pieces.earliest("pk")
    address = f"/sales/{purchase.pk}/"

    levels = [
        [message.level_tag for message in counter.post(address + act, {"piece": keys}, follow=True).context["messages"]]
        for act, keys in (("return/", []), ("return/", [first.pk]), ("return/", [first.pk]), ("return/undo/", []))
    ]

    assert levels == [["warning"], ["success"], ["error"], ["success"]]
    assert purchase.pieces.kept().count() == 2


def test_a_receipt_of_another_store_is_read_where_it_has_a_client_and_changed_nowhere(
    counter: Browser, card: Client, sell: Sell, other_store: Store
) -> None:
    theirs, nobodys = sell(card, DAY, 100, at=other_store), sell(None, DAY, 100, at=other_store, no_card_reason="hurry")

    statuses = [counter.get(f"/sales/{purchase.pk}/").status_code for purchase in (theirs, nobodys)]
    changes = [
        counter.post(f"/sales/{theirs.pk}/{act}", {"piece": theirs.pieces.get().pk}).status_code
        for act in ("return/", "return/undo/")
    ]

    assert (statuses, changes, theirs.pieces.kept().count()) == ([200, 404], [404, 404], 1)


@pytest.mark.parametrize("days", ["first=2026-05-09&last=2026-05-01", "first=x&last=31.05.2026"])
def test_a_period_that_cannot_be_is_told_of_or_left_out(
    counter: Browser, card: Client, sell: Sell, store: Store, days: str
) -> None:
    today = sell(card, store.today(), 100)

    page = counter.get(f"/sales/?{days}")

    backwards = "first=x" not in days
    assert [message.level_tag for message in page.context["messages"]] == (["warning"] if backwards else [])
    assert list(page.context["page"]) == ([] if backwards else [today])


def test_the_workbook_holds_what_the_page_lists(counter: Browser, card: Client, sell: Sell) -> None:
    sell(card, DAY, 100, receipt_number="7"), sell(card, date(2026, 1, 1), 100, receipt_number="8")

    book = load_workbook(BytesIO(counter.get("/sales/?first=2026-11-01&last=2026-11-30&export=1").content)).worksheets[0]

    assert [row[1] for row in book.iter_rows(values_only=True)] == ["Чек", "7"]
