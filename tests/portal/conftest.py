"""A piece that was handed out yesterday, and the question about it."""

from datetime import UTC, datetime, timedelta

import pytest

from clients.models import Client
from portal import reviews
from portal.models import Review
from stores.models import Store
from workshop.models import ServiceRequest, ServiceStatus

# Noon in Vladivostok.
NOON = datetime(2026, 11, 24, 2, tzinfo=UTC)
TODAY = NOON.date()


@pytest.fixture
def handed_out(card: Client, store: Store) -> ServiceRequest:
    return ServiceRequest.objects.create(
        store=store, client=card, number="1-000001", accepted_on=TODAY - timedelta(days=8), kind="resizing",
        status=ServiceStatus.HANDED_OUT, closed_on=TODAY - timedelta(days=1),
    )  # fmt: skip


@pytest.fixture
def asked(handed_out: ServiceRequest) -> Review:
    reviews.ask_all(NOON)
    return Review.objects.get()
