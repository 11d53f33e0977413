"""What is offered beside a piece and a client."""

from datetime import timedelta
from itertools import count

import pytest
from pytest_django import DjangoAssertNumQueries

from catalogue.models import Article, Stock
from clients.models import Client
from purchases.companions import acts, arms, finding, offering
from purchases.companions.acts import Side
from stores.models import Employee, Store
from tests.factories import ClientFactory
from tests.purchases.companions.conftest import CHAIN, EARRINGS, RING, TODAY, buy


def one_who(sees: bool) -> Client:
    """A client of an arm."""
    return next(client for client in (ClientFactory.create() for _n in count()) if arms.sees(client.pk) is sees)


def whats(text: str, *others: str, client: Client | None = None, store: Store) -> list[str]:
    found = offering.beside_piece(text, others, client=client.pk if client else None, store=store, today=TODAY)
    return [one.what for one in found]


def test_what_receipts_tell_is_offered_with_its_reason_in_one_query(
    together: list[Client], store: Store, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    finding.find(TODAY)
    client = one_who(sees=True)

    with django_assert_num_queries(1):
        found = offering.beside_piece("r-100", [], client=client.pk, store=store, today=TODAY)

    assert [(one.what, one.reason) for one in found] == [
        ("Серьги с топазом E-200", "к кольцу R-100 берут E-200: 40 из 50 клиентов"),
    ]  # fmt: skip
    assert found[0].price == 5_000


def test_what_lies_in_the_store_comes_first(together: list[Client], catalogue: dict[str, Article], store: Store) -> None:
    finding.find(TODAY)
    Stock.objects.create(article=catalogue["E-201"], store=store, count=2)

    found = offering.beside_piece(RING, [], client=None, store=store, today=TODAY)

    assert [(one.what, one.here) for one in found] == [("серьги E-201", 2), ("Серьги с топазом E-200", 0)]


@pytest.mark.parametrize("how", ["bought", "scanned"])
def test_nothing_that_they_have_is_offered(together: list[Client], store: Store, how: str) -> None:
    finding.find(TODAY)
    client = one_who(sees=True)
    if how == "bought":
        buy(client, store, EARRINGS)

    assert whats(RING, *([EARRINGS] if how == "scanned" else []), client=client, store=store) == []


def test_earrings_of_long_ago_are_no_reason_against_others(together: list[Client], store: Store) -> None:
    finding.find(TODAY)
    client = one_who(sees=True)
    buy(client, store, EARRINGS, on=TODAY - timedelta(days=700))

    assert whats(RING, client=client, store=store) == ["серьги E-201"]


def test_a_fifth_sees_nothing(together: list[Client], store: Store, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    finding.find(TODAY)

    with django_assert_num_queries(0):
        assert (
            offering.beside_piece(RING, [], client=next(n for n in count(1) if not arms.sees(n)), store=store, today=TODAY) == []
        )
    assert 0.19 < sum(not arms.sees(n) for n in range(20_000)) / 20_000 < 0.21


def test_pairs_by_hand_come_first_with_what_the_seller_says(together: list[Client], store: Store, admin: Employee) -> None:
    finding.find(TODAY)
    acts.make(Side(kind="ring"), [Side(kind="chain")], "К кольцу примерьте цепь", on=TODAY, by=admin)

    found = offering.beside_piece(RING, [], client=None, store=store, today=TODAY)

    assert next((one.what, one.reason) for one in found) == ("цепь", "К кольцу примерьте цепь")
    assert len(found) == 2


def test_a_client_is_offered_what_goes_with_what_they_have(
    together: list[Client], store: Store, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    finding.find(TODAY)
    client, other = one_who(sees=True), one_who(sees=True)
    buy(client, store, RING)
    buy(other, store, CHAIN)

    with django_assert_num_queries(1):
        assert next(one.what for one in offering.beside_client(client.pk, store=store, today=TODAY)) == "Серьги с топазом E-200"
    assert offering.beside_client(other.pk, store=None, today=TODAY) == []
