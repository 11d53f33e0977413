"""A ticket of two envelopes, and a folder of its own for photos."""

from decimal import Decimal

import pytest

from workshop import tickets
from workshop.models import ServiceRequest


@pytest.fixture
def ticket(store, card, seller):
    made = [
        ServiceRequest(store=store, client=card, kind="cleaning", description=words, price=Decimal(1000), prepayment=Decimal(200))
        for words in ("кольцо", "цепь")
    ]
    return tickets.take_in_together(made, by=seller)


@pytest.fixture(autouse=True)
def _own_photos(settings, tmp_path):
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = {**settings.STORAGES, "default": place}
