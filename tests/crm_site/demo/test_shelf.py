"""What lies in a demo chain's stores."""

from datetime import date
from random import Random

from catalogue.models import Article, Stock
from clients.models import Client
from crm_site.demo import shelf
from stores.models import Store
from tests.conftest import Sell


def test_what_was_sold_last_lies_in_the_stores(card: Client, sell: Sell, store: Store) -> None:
    sell(card, date(2026, 3, 5), 100)

    shelf.lay([store], Random(1))
    shelf.lay([store], Random(1))

    article = Article.objects.get()
    assert (article.article, article.kind, article.price) == ("R1000-0000", "ring", 100)
    assert set(Stock.objects.values_list("size", flat=True)) < set(shelf.RING_SIZES)
