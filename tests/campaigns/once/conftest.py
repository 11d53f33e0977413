"""A draft about everybody, and clients who agreed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Protocol
from uuid import uuid4

import pytest

from campaigns.models import Campaign
from clients.models import Client
from clients.services import record_consents
from messaging.models import Topic
from stores.models import Employee, Store
from tests import factories

# 12:00 in Vladivostok.
NOON = datetime(2026, 11, 21, 2, tzinfo=UTC)
TODAY = date(2026, 11, 21)


class Draft(Protocol):
    """``draft(way="sms")``: a campaign about everybody, without anybody left out to compare with."""

    def __call__(self, **more: Any) -> Campaign: ...


@pytest.fixture
def draft(store: Store, manager: Employee) -> Draft:
    def made(**more: Any) -> Campaign:
        facts: dict[str, Any] = {
            "title": "Новая коллекция", "question": {"definition": []}, "sentence": "Все клиенты.", "store": store, "by": manager,
            "occasion": "Новая коллекция", "occasion_until": date(2026, 12, 10), "offer": "Скидка 10 %", "holdout": 0,
            "script": "{name}, приглашаем примерить.", "text": "{name}, приглашаем!", "form_key": uuid4(), **more,
        }  # fmt: skip
        return Campaign.objects.create(**facts)

    return made


@pytest.fixture
def newsletter(draft: Draft) -> Draft:
    """``newsletter()``: a letter about new pieces to everybody."""

    def made(**more: Any) -> Campaign:
        body = [{"kind": "heading", "text": "Новая коллекция"}, {"kind": "text", "text": "{name}, **приходите**."}]
        facts = {
            "topic": Topic.objects.get(key="new"),
            "subject": "{first_name}, новинки",
            "body": body,
            "text": "",
            "script": "",
        }
        return draft(way="email", **{**facts, **more})

    return made


@pytest.fixture
def agreed(store: Store) -> Callable[..., Client]:
    """A client of the store who agreed to what is named."""

    def made(*purposes: str, **more: Any) -> Client:
        client = factories.ClientFactory.create(**{"home_store": store, **more})
        record_consents(client, dict.fromkeys(purposes, True), by=None, where=None)
        return client

    return made
