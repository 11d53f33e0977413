from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from clients.models import Client, Purpose
from clients.services import record_consents
from crm_site.pages import calling
from messaging.beside import Fact
from stores.models import Store
from tests import factories
from tests.conftest import Sell
from workshop.models import ServiceRequest


def test_before_a_call_one_sees_what_they_have_and_want(
    card: Client, store: Store, sell: Sell, ticket: list[ServiceRequest]
) -> None:
    sell(card, store.today() - timedelta(days=400), 5_000)
    sell(card, store.today() - timedelta(days=40), 10_000)
    Client.objects.filter(pk=card.pk).update(ring_size=Decimal("17.5"), likes="жёлтое золото")
    record_consents(card, {Purpose.CALLS: True}, by=None, where=None)

    told = {fact.name: fact for fact in calling.facts([Client.objects.get(pk=card.pk)])[card.pk]}

    assert told["Последняя покупка"].words.endswith("кольцо R1000-0000, 10\xa0000\xa0₽")
    assert told["Размер кольца"].words == "17,5 · EU\xa055 · US\xa07,25"
    assert told["Нравится"] == Fact("Нравится", "жёлтое золото")
    assert told["Звонки"].tone == "good"
    assert told["У нас"].words.startswith(f"№ {ticket[0].number}, ")


@pytest.mark.parametrize("number", [1, 3])
def test_five_queries_however_many_clients(
    number: int, store: Store, sell: Sell, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    clients = factories.ClientFactory.create_batch(number, home_store=store)
    for client in clients:
        sell(client, store.today(), 10_000)

    with django_assert_num_queries(5):
        calling.facts(clients)
