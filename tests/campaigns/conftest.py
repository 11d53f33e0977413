"""The birthday program, and clients whom it has chosen."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from campaigns.models import Campaign, Program
from clients.models import Client, Purpose
from clients.services import record_consents
from messaging.models import Message, MessageState, Reason
from stores.models import Employee, Store
from tests.factories import ClientFactory, phone_of

OCTOBER = date(2026, 10, 10)
TurnOn = Callable[..., Program]
Reachable = Callable[..., Client]


@pytest.fixture
def program(db: None) -> Program:
    return Program.objects.get(key="birthday")


@pytest.fixture
def planned(program: Program, store: Store) -> Callable[..., Client]:
    """``planned(day, held=True)``: a client with a message of the program on a day."""

    def plan(
        day: date = OCTOBER,
        *,
        home: Store | None = store,
        held: bool = False,
        state: str = "delivered",
        counted_from: date | None = None,
    ) -> Client:
        client = ClientFactory.create(home_store=home)
        Message.objects.create(
            client=client, store=home, occasion_key=f"birthday:{day.year}:{client.pk}", source=program.key, occasion_on=day,
            counted_from=counted_from or day, recipient=phone_of(client), text="Ура", send_after=f"{day}T00:00Z",
            expires_at=f"{day}T12:00Z", state=MessageState.SUPPRESSED if held else state, reason=Reason.HOLDOUT if held else "",
        )  # fmt: skip
        return client

    return plan


@pytest.fixture
def frozen(store: Store, manager: Employee) -> Callable[..., Campaign]:
    """``frozen(as_of, window_days=60)``: a campaign that was frozen on a day, without its touches."""

    def freeze(as_of: date | None = OCTOBER, **more: Any) -> Campaign:
        return Campaign.objects.create(
            title="Новая коллекция", sentence="Все клиенты.", store=store, by=manager, occasion="Новая коллекция",
            occasion_until=date(2026, 12, 31), form_key=uuid4(), as_of=as_of, **{"state": "measuring", "judge_on": as_of, **more},
        )  # fmt: skip

    return freeze


@pytest.fixture
def turn_on(db: None) -> TurnOn:
    def turn(key: str, **facts: object) -> Program:
        Program.objects.filter(key=key).update(**{"is_on": True, "since": date(2026, 1, 1), "holdout": 0, **facts})
        return Program.objects.select_related("template", "email_template").get(key=key)

    return turn


@pytest.fixture
def reachable(store: Store) -> Reachable:
    """A client of the store who agreed to what is named."""

    def make(*purposes: str, **facts: object) -> Client:
        client = ClientFactory.create(**{"home_store": store, **facts})
        record_consents(client, dict.fromkeys(purposes or (Purpose.CALLS,), True), by=None, where=None)
        return client

    return make
