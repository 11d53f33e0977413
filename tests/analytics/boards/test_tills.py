"""The till day by day against that of Today, which asks another way."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from analytics.boards import tills
from analytics.figures import today
from clients.models import Client
from stores.models import Store
from tests.conftest import Sell
from visits.models import CHAIN

DAY = date(2026, 6, 17)


def test_it_is_the_till_of_today_for_the_chain_and_each_store(store: Store, other_store: Store, card: Client, sell: Sell) -> None:
    for back, price, where in ((0, 5_000, store), (1, 3_000, other_store), (6, 700, store), (380, 2_000, store)):
        sell(card, DAY - timedelta(days=back), price, at=where)
    sell(None, DAY, 1_500, at=other_store, no_card_reason="declined")

    found = tills.by_day([CHAIN, store.pk, other_store.pk], DAY)

    for scope, stores in ((CHAIN, None), (store.pk, [store]), (other_store.pk, [other_store])):
        for one in today.compared(DAY, stores):
            assert (found[scope].revenue(one.period), found[scope].items(one.period)) == (one.now.revenue, one.now.items)


def test_two_queries_however_many_stores(store: Store, other_store: Store) -> None:
    def asked(scopes: list[int]) -> int:
        with CaptureQueriesContext(connection) as queries:
            tills.by_day(scopes, DAY)
        return len(queries)

    assert (asked([store.pk]), asked([CHAIN, store.pk, other_store.pk])) == (2, 2)
