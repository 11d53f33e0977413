"""A wish wakes when the catalogue gets the piece, the size or the price; once."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from catalogue import services as catalogue
from catalogue.models import Article
from catalogue.services import ArticleFacts, StockFacts
from clients.models import Client
from inquiries import waking
from inquiries.models import Inquiry
from messaging.models import Errand
from stores.models import Store
from tests.factories import phone_of
from tests.inquiries.conftest import Ask

RING = ArticleFacts("R5387-6925", kind="ring", metal="white_gold", price=Decimal(60_000))


@pytest.fixture
def now(db: None) -> datetime:
    """The catalogue has been looked at long ago."""
    now = timezone.now() + timedelta(hours=1)
    waking.wake(timezone.now() - timedelta(hours=1))
    return now


def test_a_wish_wakes_when_its_size_comes_and_its_price_falls(ask: Ask, card: Client, store: Store, now: datetime) -> None:
    inquiry = ask("кольцо 17,5 до 50 тыс", phone=phone_of(card))
    catalogue.upsert_articles([RING])
    catalogue.set_stock([StockFacts(RING.article, store, 1, "18")])
    assert waking.wake(now) == 0
    catalogue.set_stock([StockFacts(RING.article, store, 1, "17,5")])
    assert waking.wake(now) == 0
    Errand.objects.all().delete()

    catalogue.upsert_articles([RING._replace(price=Decimal(50_000))])
    Article.objects.update(changed_at=now + timedelta(minutes=1))
    assert (waking.wake(now + timedelta(minutes=2)), waking.wake(now + timedelta(minutes=3))) == (1, 0)

    inquiry.refresh_from_db()
    errand = Errand.objects.get()
    assert (inquiry.woken_by, inquiry.errand, inquiry.next_on) == (Article.objects.get(), errand, store.today(now))
    assert errand.reason == "Появилось то, что хотели: R5387-6925, 50\xa0000\xa0₽"


def test_what_did_not_change_wakes_nothing(ask: Ask, store: Store, now: datetime) -> None:
    catalogue.upsert_articles([RING])
    catalogue.set_stock([StockFacts(RING.article, store, 1, "17,5")])
    waking.wake(now)

    ask("кольцо 17,5", phone="+79147012233")

    assert waking.wake(now + timedelta(days=1)) == 0


def test_a_wish_of_nobodys_card_wakes_on_the_board(ask: Ask, store: Store, now: datetime) -> None:
    inquiry = ask("R5387-6925", phone="+79147012233")
    catalogue.upsert_articles([RING])
    catalogue.set_stock([StockFacts(RING.article, store, 1)])

    assert waking.wake(now) == 1

    inquiry.refresh_from_db()
    assert (inquiry.next_on, inquiry.woken_at, Errand.objects.count()) == (store.today(now), now, 0)


@pytest.mark.parametrize("wish", ["серьги", "кольцо серебро", "просто смотрели"])
def test_other_wishes_go_on_sleeping(ask: Ask, store: Store, now: datetime, wish: str) -> None:
    ask(wish, phone="+79147012233")
    catalogue.upsert_articles([RING])
    catalogue.set_stock([StockFacts(RING.article, store, 1)])

    assert waking.wake(now) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_many_sleeping_wishes_cost_what_one_costs(
    ask: Ask, store: Store, now: datetime, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        ask("кольцо 19", phone="+79147012233")
    catalogue.upsert_articles([RING._replace(article=f"R{number}-1") for number in range(count)])

    with django_assert_num_queries(6):
        waking.wake(now)


def test_what_lies_in_the_stores_now_is_found(ask: Ask, store: Store) -> None:
    catalogue.upsert_articles([RING, RING._replace(article="R2-2", metal="silver"), RING._replace(article="R3-3")])
    catalogue.set_stock(
        [StockFacts(RING.article, store, 1, "17,5"), StockFacts("R2-2", store, 1, "17,5"), StockFacts("R3-3", store, 0, "17,5")]
    )

    assert waking.found_for(ask("кольцо белое золото 17,5")) == [Article.objects.get(article=RING.article)]
    assert waking.found_for(ask("R5387-6925")) == [Article.objects.get(article=RING.article)]
    assert waking.found_for(ask("кольцо до 10")) == waking.found_for(ask("просто")) == []
    assert Inquiry.objects.count() == 4
