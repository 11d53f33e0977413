"""A base made fresh for each random history."""

from collections.abc import Callable

import pytest

from clients.models import Client
from stores.models import Store
from tests.factories import ClientFactory, StoreFactory
from visits.models import ClientActivity, LifeModel, Rhythm, StaleDay, TypicalInterval, Visit


@pytest.fixture
def transactional_base(db: None) -> Callable[[], tuple[list[Client], list[Store]]]:
    def fresh() -> tuple[list[Client], list[Store]]:
        for model in (Visit, ClientActivity, Rhythm, TypicalInterval, LifeModel, StaleDay):
            model.objects.all().delete()
        return [ClientFactory.create() for _ in range(4)], [StoreFactory.create() for _ in range(2)]

    return fresh
