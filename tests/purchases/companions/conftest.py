"""A chain whose clients buy a ring with the earrings of its collection."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from catalogue.models import Article
from clients.models import Client
from purchases.models import Piece, Purchase
from stores.models import Store
from tests.factories import ClientFactory

TODAY = date(2026, 6, 1)
RING, EARRINGS, CHAIN = "R-100", "E-200", "C-300"


def buy(client: Client, store: Store, *articles: str, on: date = TODAY - timedelta(days=30), price: int = 1_000) -> Purchase:
    """A receipt, without what a sale does besides."""
    kinds = {"R": "ring", "E": "earrings", "C": "chain", "B": "bracelet"}
    receipt = Purchase.objects.create(store=store, client=client, sold_on=on)
    Piece.objects.bulk_create(
        Piece(purchase=receipt, article=text, kind=kinds[text[0].upper()], price=Decimal(price), occurrence=n)
        for n, text in enumerate(articles, 1)
    )
    return receipt


@pytest.fixture
def catalogue(db: None) -> dict[str, Article]:
    from catalogue.reading import article_key

    return {
        text: Article.objects.create(key=article_key(text), article=text, kind=kind, collection=collection, name=name, price=5_000)
        for text, kind, collection, name in (
            (RING, "ring", "Аврора", ""), (EARRINGS, "earrings", "Аврора", "Серьги с топазом"), ("E-201", "earrings", "Аврора", ""),
        )
    }  # fmt: skip


@pytest.fixture
def together(catalogue: dict[str, Article], store: Store) -> list[Client]:
    """40 of 50 who bought the ring bought the earrings too; 150 others a chain."""
    clients = ClientFactory.create_batch(200)
    for place, client in enumerate(clients):
        buy(client, store, *([RING, EARRINGS] if place < 40 else [RING] if place < 50 else [CHAIN]))
    return clients
