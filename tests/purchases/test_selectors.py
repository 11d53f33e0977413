"""Receipts for a screen, and those behind a number of a report."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from catalogue import services as catalogue_services
from catalogue.models import Article
from clients.models import Client
from purchases import selectors, services
from purchases.models import Purchase
from purchases.selectors import ArticleFacts, Receipts
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory

FIRST, LAST = date(2026, 5, 1), date(2026, 5, 31)


@pytest.fixture
def chain(card: Client, sell: Sell, seller: Employee, other_store: Store) -> None:
    """Receipts by their numbers: a regular's, a newcomer's two, one of nobody, one brought back, one of another store."""
    newcomer = ClientFactory.create()
    sell(card, date(2026, 4, 30), 1, receipt_number="before")
    sell(card, FIRST, 100, receipt_number="regular")
    sell(newcomer, FIRST, 100, receipt_number="new"), sell(newcomer, LAST, 100, receipt_number="again")
    sell(None, LAST, 100, receipt_number="nobody", no_card_reason="hurry")
    back = sell(card, LAST, 100, receipt_number="back")
    services.return_pieces(back, back.pieces.all(), by=seller)
    sell(ClientFactory.create(), LAST, 100, receipt_number="there", at=other_store)
    Purchase.objects.filter(receipt_number="before").update(sold_on=date(2026, 4, 30))


@pytest.mark.parametrize(
    ("group", "numbers"),
    [
        ("everything", {"regular", "new", "again", "nobody", "back"}), ("regular", {"regular"}), ("newcomer", {"new", "again"}),
        ("converted", {"new", "again"}), ("without_card", {"nobody"}), ("", {"regular", "new", "again"}), ("voided", set()),
    ],
)  # fmt: skip
def test_a_number_leads_to_the_receipts_that_it_counts(chain: None, store: Store, group: str, numbers: set[str]) -> None:
    found = selectors.receipts_behind(Receipts(FIRST, LAST, group=group), [store])

    assert {receipt.receipt_number for receipt in found} == numbers


def test_one_store_or_all_of_ones_own(chain: None, store: Store, other_store: Store) -> None:
    both = [store, other_store]

    found = [selectors.receipts_behind(Receipts(FIRST, LAST, where, "newcomer"), both) for where in (None, other_store)]

    assert [{receipt.receipt_number for receipt in rows} for rows in found] == [{"new", "again", "there"}, {"there"}]


def test_receipts_of_a_client_come_newest_first_in_two_queries(
    chain: None, card: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        told = [(r.receipt_number, r.kept_sum, len(r.pieces.all()), r.store.name) for r in selectors.purchases_of(card)]  # type: ignore[attr-defined]

    assert told == [
        ("back", 0, 1, "Роскошь-Luxury"), ("regular", 100, 1, "Роскошь-Luxury"), ("before", 1, 1, "Роскошь-Luxury"),
    ]  # fmt: skip


def test_the_last_kept_pieces_of_a_client(chain: None, card: Client) -> None:
    assert [piece.price for piece in selectors.pieces_of(card)] == [100, 1]
    assert [piece.price for piece in selectors.pieces_of(card, limit=1)] == [100]


def test_an_article_is_known_by_its_last_sale_before_the_discount(card: Client, sell: Sell) -> None:
    sell(card, FIRST, 100), sell(card, LAST, 200)
    Purchase.objects.get(sold_on=LAST).pieces.update(discount=50)

    assert selectors.article_facts("R1000-0000") == ArticleFacts("ring", Decimal(250))


def test_an_article_of_the_catalogue_is_what_the_catalogue_says(card: Client, sell: Sell, store: Store) -> None:
    sell(card, LAST, 200)
    catalogue_services.upsert_articles(
        [catalogue_services.ArticleFacts("R1000-0000", name="Серьги", kind="earrings", tariff="weight")]
    )
    catalogue_services.set_stock([catalogue_services.StockFacts("R1000-0000", store, 2)])
    known = Article.objects.get()

    without_price = selectors.article_facts("r1000-0000", store)
    Article.objects.update(price=300)

    assert without_price == ArticleFacts("earrings", None, "weight", "Серьги", "здесь: 2\xa0шт.", known.pk)
    assert selectors.article_facts("R1000-0000", store).price == 300
    Article.objects.update(price=None)
    assert selectors.article_facts("R1000-0000", store).price == 200


@pytest.mark.parametrize(("article", "kind"), [("E777", "earrings"), ("e777", "earrings"), ("X777", "other"), ("", "")])
def test_an_unknown_article_is_of_its_first_letters_kind(db: None, article: str, kind: str) -> None:
    assert selectors.article_facts(article) == ArticleFacts(kind, None)


def test_a_voided_receipt_is_behind_no_other_number(chain: None, store: Store) -> None:
    Purchase.objects.filter(receipt_number="new").update(voided_at="2026-06-01T00:00Z", void_reason="ошибка")

    found = {
        group: {r.receipt_number for r in selectors.receipts_behind(Receipts(FIRST, LAST, group=group), [store])}
        for group in ("everything", "newcomer", "voided")
    }

    assert found == {"everything": {"regular", "again", "nobody", "back"}, "newcomer": {"again"}, "voided": {"new"}}
    assert selectors.whole_receipts().count() == 7


def test_who_bought_an_article_and_kept_it_the_newest_first(card: Client, sell: Sell, seller: Employee) -> None:
    newer, back = ClientFactory.create(), ClientFactory.create()
    sell(card, date(2026, 3, 3), 100)
    sell(newer, date(2026, 5, 5), 100)
    sell(newer, date(2026, 5, 4), 100)
    returned = sell(back, date(2026, 5, 6), 100)
    services.return_pieces(returned, list(returned.pieces.all()), by=seller, on=date(2026, 5, 6))

    bought = selectors.buyers_of(["R1000-0000"])

    assert [(one.client, one.on) for one in bought] == [(newer, date(2026, 5, 5)), (card, date(2026, 3, 3))]
    assert selectors.buyers_of(["R1000"], begun=["R1000"]) == bought
    assert [selectors.buyers_of([text], begun=[text]) for text in ("R1", "Иванова", "1000", "")] == [[], [], [], []]
