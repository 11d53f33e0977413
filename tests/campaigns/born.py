"""Clients with a birthday who agreed to be written to, and a moment at which they are."""

from datetime import UTC, date, datetime
from typing import Any

from clients.models import Client, Purpose
from clients.services import record_consents
from stores.models import Store
from tests.factories import ClientFactory

# 10:05 in Vladivostok (UTC+10) on 21 November 2026.
TEN = datetime(2026, 11, 21, 0, 5, tzinfo=UTC)


def born(month: int, day: int, store: Store | None = None, *, purpose: Purpose = Purpose.ADVERTISING_SMS, **more: Any) -> Client:
    client = ClientFactory.create(birth_date=date(1980, month, day), home_store=store, **more)
    record_consents(client, {purpose: True}, by=None, where=None)
    return client
