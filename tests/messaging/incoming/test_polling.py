"""Gateways asked about messages that they have not told of."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from messaging.incoming import polling
from messaging.models import Message
from tests.messaging.conftest import NOON, Put
from tests.messaging.sending import state
from tests.messaging.stub import Asked, Said, Stub

AN_HOUR_AGO = NOON - timedelta(hours=1)


class Provider:
    """status.php of smsc.ru: every message was delivered, until it is ``away``."""

    away = False

    def __call__(self, asked: Asked) -> Said:
        return Said(500, "<html>") if self.away else Said(200, json.dumps({"status": 1}))


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def stub(settings: Settings, provider: Provider) -> Iterator[Stub]:
    with Stub(provider).running() as running:
        settings.SMSC_LOGIN, settings.SMSC_PASSWORD, settings.SMSC_URL = "carat", "secret", running.url
        yield running


def taken(put: Put, **more: Any) -> Message:
    return put(**{"state": "sent", "attempts": 1, "gateway": "smsc", "claimed_at": AN_HOUR_AGO, **more})


def test_what_was_sent_or_is_in_doubt_is_asked_about_the_doubtful_first(put: Put, stub: Stub) -> None:
    sent, doubtful = taken(put), taken(put, state="unknown", reason="doubt")

    assert polling.ask_gateways(NOON) == 2

    assert [state(sent), state(doubtful)] == ["delivered", "delivered"]
    assert [asked.fields["id"] for asked in stub.asked] == [str(doubtful.pk), str(sent.pk)]


def test_what_is_too_young_or_too_old_told_or_went_by_another_is_not_asked_about(put: Put, stub: Stub) -> None:
    for age in (timedelta(minutes=9), timedelta(days=3, minutes=1)):
        taken(put, claimed_at=NOON - age)
    taken(put, state="delivered"), taken(put, gateway="kannel")

    assert (polling.ask_gateways(NOON), stub.asked) == (0, [])


def test_a_provider_that_is_away_is_asked_once(put: Put, stub: Stub, provider: Provider) -> None:
    messages = [taken(put) for _message in range(3)]
    provider.away = True

    assert (polling.ask_gateways(NOON), len(stub.asked)) == (0, 1)
    assert {state(message) for message in messages} == {"sent"}


def test_a_gateway_that_is_not_described_is_not_asked(put: Put, settings: Settings) -> None:
    settings.SMSC_LOGIN = ""
    message = taken(put)

    assert (polling.ask_gateways(NOON), state(message)) == (0, "sent")
