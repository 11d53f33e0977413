"""Inquiries counted: how many came, how many bought since, and why others did not."""

from datetime import timedelta

from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from inquiries import selectors, winning
from inquiries.models import LostReason, Source
from inquiries.selectors import Line
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import phone_of
from tests.inquiries.conftest import Ask


def test_inquiries_are_counted(
    ask: Ask, card: Client, sell: Sell, store: Store, other_store: Store, seller: Employee,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    ask(phone=phone_of(card)), ask(lost_reason=LostReason.PRICE), ask(source=Source.PHONE, seller=None)
    ask(store=other_store)
    sell(card, store.today(), 100)
    winning.settle()
    today = store.today()

    with django_assert_num_queries(6):
        counted = selectors.counted(today, today, [store])

    assert counted.whole == Line("", 3, 1)
    assert (counted.stores, counted.sellers) == ([Line(store.name, 3, 1)], [Line(str(seller), 2, 1)])
    assert counted.sources == [Line("в магазине", 2, 1), Line("по телефону", 1, 0)]
    assert sorted(counted.reasons) == [("нет ответа или не сказали", 1), ("цена", 1)]
    assert selectors.counted(today - timedelta(days=2), today - timedelta(days=1), [store]).whole == Line("", 0, 0)
