"""How a client gets to their page; a piece that was handed out yesterday, and the question about it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from clients.models import Client
from messaging.models import Message
from portal import reviews
from portal.models import Review
from stores.models import Store
from tests.messaging.sending import code_in
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


def sign_in(card: Client, browser: Browser | None = None) -> Browser:
    browser = browser or Browser()
    browser.post("/s/ask/", {"contact": card.phone})
    browser.post("/s/enter/", {"code": sent_code()})
    return browser


def sent_code() -> str:
    return code_in(Message.objects.filter(source="sign-in").latest("pk"))


@pytest.fixture
def mine(card: Client) -> Browser:
    return sign_in(card)
