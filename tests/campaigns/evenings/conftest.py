"""An evening of the store, and clients who agreed to calls."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4

import pytest

from campaigns.evenings import inviting
from campaigns.models import Evening, Invitation
from clients.models import Client
from clients.services import record_consents
from stores.models import Employee, Store
from tests import factories

# 12:00 in Vladivostok; the evening is two weeks later, at 19:00.
NOON = datetime(2026, 11, 21, 2, tzinfo=UTC)
STARTS = datetime(2026, 12, 5, 9, tzinfo=UTC)


class Make(Protocol):
    """``evening(seats=2)``: an evening of the store, whom nobody is left out of."""

    def __call__(self, **more: Any) -> Evening: ...


Agreed = Callable[..., Client]
Invited = Callable[..., Invitation]


@pytest.fixture
def evening(store: Store, manager: Employee) -> Make:
    def made(**more: Any) -> Evening:
        starts = more.pop("starts_at", STARTS)
        facts: dict[str, Any] = {
            "title": "Жемчуг", "store": store, "by": manager, "starts_at": starts, "ends_at": starts + timedelta(hours=3),
            "seats": 10, "plus": 2, "script": "{name}, приглашаем в «{store}».", "form_key": uuid4(), **more,
        }  # fmt: skip
        return Evening.objects.create(**facts)

    return made


@pytest.fixture
def agreed(store: Store) -> Agreed:
    def made(*purposes: str, **more: Any) -> Client:
        client = factories.ClientFactory.create(**{"home_store": store, **more})
        record_consents(client, dict.fromkeys(purposes or ("calls",), True), by=None, where=None)
        return client

    return made


@pytest.fixture
def invited(agreed: Agreed, manager: Employee) -> Invited:
    """``invited(evening)``: a client of the store with a call about it."""

    def made(of: Evening, **more: Any) -> Invitation:
        client = agreed(**more)
        inviting.invite(of, Client.objects.filter(pk=client.pk), why="Клуб", by=manager, now=NOON)
        return Invitation.objects.get(evening=of, client=client)

    return made
