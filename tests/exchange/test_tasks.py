"""Work in the background: lost tasks cost time, and never a document."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError

from exchange import tasks
from loyalty.models import Reservation
from purchases.models import Purchase
from stores.models import Store
from tests import factories
from tests.exchange.conftest import Till, only, sale


@pytest.fixture
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.apply_document, "apply_async", away)


def test_without_a_broker_a_document_is_kept_and_applied_by_the_beat(till: Till, store: Store, no_broker: None) -> None:
    answer = till.send(sale())
    before = only().state

    applied = tasks.apply_received()

    assert (answer.status_code, before, applied, only().state) == (202, "received", 1, "applied")


def test_twice_is_once(till: Till, store: Store, no_broker: None) -> None:
    till.send(sale())

    states = [tasks.apply_document(only().pk) for _time in range(2)]

    assert (states, Purchase.objects.count()) == (["applied", "applied"], 1)


def test_what_waits_is_tried_again(till: Till, store: Store) -> None:
    till.send(sale(store="later"))
    factories.StoreFactory.create(code="later")
    Reservation.objects.create(key="q", basket="b", until=timezone.now() - timedelta(days=2))

    assert tasks.apply_waiting() == 1
    assert (Purchase.objects.get().store.code, Reservation.objects.count()) == ("later", 0)
