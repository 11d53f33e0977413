"""Somebody whom lists are about."""

from datetime import date

import pytest

from clients.models import CardState, Client, Wearer
from stores.models import Store
from tests.factories import ClientFactory


@pytest.fixture
def orlova(db: None) -> Client:
    return ClientFactory.create(
        last_name="Орлова", first_name="Анна", middle_name="", birth_date=date(1980, 2, 1), phone="+79147012233", email="old@example.ru"
    )  # fmt: skip


@pytest.fixture
def two(store: Store) -> tuple[Client, Client]:
    first = ClientFactory.create(home_store=store)
    second = ClientFactory.create(home_store=store, last_name="Иваонва", phone=None, state=CardState.INCOMPLETE)
    return first, second


@pytest.fixture
def wife(card: Client) -> Wearer:
    return Wearer.objects.create(client=card, first_name="Мария", relation="wife", day=1206, ring_size="16.5", is_surprise=True)


@pytest.fixture
def twin(store: Store) -> Client:
    """Another card of the same person, made in another store with her maiden name and another phone."""
    return ClientFactory.create(last_name="Петрова", home_store=store, registered_on=date(2020, 1, 1))
