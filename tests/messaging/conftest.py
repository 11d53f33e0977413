"""A message that waits, and the hours of the day where its client lives."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest
from pytest_django import Settings

from clients.models import Client, Purpose
from clients.services import record_consents
from messaging import errands, services
from messaging.gateways import pacing
from messaging.gateways.telegram import pace_of
from messaging.models import Chat, Errand, Message, Route
from stores import places
from stores.models import Store
from tests.messaging import push
from tests.messaging.telegram import ANNA, BotApi
from tests.messaging.telegram import running as bot_api

# 12:00 in Vladivostok, and 23:00 there.
NOON = datetime(2026, 11, 21, 2, tzinfo=UTC)
NIGHT = datetime(2026, 11, 21, 13, tzinfo=UTC)


class Put(Protocol):
    """``put(lane="urgent", purpose="")``: a message in the outbox, due an hour before noon, for a day."""

    def __call__(self, client: Client | None = None, **more: Any) -> Message: ...


@pytest.fixture
def agreed(card: Client) -> Client:
    """A client who agreed to advertising by SMS and e-mail."""
    record_consents(card, {Purpose.ADVERTISING_SMS: True, Purpose.ADVERTISING_EMAIL: True}, by=None, where=None)
    return card


@pytest.fixture
def put(agreed: Client) -> Put:
    numbers = count(1)

    def queue_one(client: Client | None = None, **more: Any) -> Message:
        to = client or agreed
        facts: dict[str, Any] = {
            "client": to, "store": to.home_store, "occasion_key": f"birthday:2026:{next(numbers)}", "text": "Ура",
            "purpose": Purpose.ADVERTISING_SMS, "recipient": to.phone or "", "send_after": NOON - timedelta(hours=1),
            "expires_at": NOON + timedelta(days=1), **more,
        }  # fmt: skip
        services.queue([Message(**facts)])
        return Message.objects.get(occasion_key=facts["occasion_key"])

    return queue_one


@pytest.fixture
def queued(put: Put) -> Message:
    return put()


@pytest.fixture
def errand(card: Client, store: Store) -> Errand:
    made, is_new = errands.ask_for(
        card,
        store=store,
        occasion_key="call:1",
        reason="Позвонить",
        script="Спросить о кольце",
        due_on=store.today(),
        is_service=True,
    )
    assert is_new
    return made


@pytest.fixture
def telegram(settings: Settings) -> Iterator[BotApi]:
    """The Bot API on loopback, at no pace of its own."""
    pace_of.cache_clear()
    with bot_api(settings) as api:
        yield api


@pytest.fixture
def push_service(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[push.Service]:
    """A push service on loopback, which stands for the internet; and our own key."""
    monkeypatch.setattr(places, "is_public", lambda _number: True)
    with push.running(tmp_path) as service:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "service.pem"))
        settings.PUSH_KEY = "xBgcVCNxtO9Kyf3-2jlOl4sBOpDq_FBXGLtzXtDBxnY"
        yield service


@pytest.fixture
def connected(agreed: Client, telegram: BotApi, at_once: None) -> Client:
    """The client who agreed to advertising by SMS and e-mail, with a chat that was asked nothing yet; Telegram goes first."""
    Chat.objects.create(client=agreed, messenger="telegram", number=str(ANNA), linked_at=NOON)
    for channel in ("sms", "email"):
        Route.objects.create(channel=channel, gateway="telegram", is_on=True, position=0)
    return agreed


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a turn."""
    monkeypatch.setattr(pacing, "sleep", lambda _seconds: None)
