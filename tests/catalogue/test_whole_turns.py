"""Two who count in one store at once wait in turn, not for each other."""

import threading
from collections.abc import Callable

from django.db import connections

from catalogue import services
from catalogue.models import Stock
from catalogue.services import ArticleFacts, StockFacts
from stores.models import Store
from tests import factories
from tests.together import SEVERAL_CONNECTIONS

pytestmark = SEVERAL_CONNECTIONS
ARTICLES = [f"R{number:04}-1" for number in range(40)]


def test_two_whole_packages_of_one_store_do_not_wait_in_a_circle() -> None:
    store = factories.StoreFactory.create(code="luxury")
    services.upsert_articles([ArticleFacts(article) for article in ARTICLES])
    services.set_stock([StockFacts(article, store, 1) for article in ARTICLES])

    faults = _at_once(_package(store, ARTICLES[:20]), _package(store, ARTICLES[20:][::-1]), _package(store, ARTICLES[10:30]))

    assert faults == []
    assert Stock.objects.filter(count__gt=0).count() == 20


def _package(store: Store, articles: list[str]) -> Callable[[], None]:
    """The same package again and again, in batches so small that a call locks several times."""

    def said() -> None:
        for count in range(2, 8):
            services.set_stock([StockFacts(article, store, count) for article in articles], whole=[store])

    return said


def _at_once(*works: Callable[[], None]) -> list[Exception]:
    faults: list[Exception] = []
    ready = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        try:
            ready.wait(10)
            work()
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return faults
