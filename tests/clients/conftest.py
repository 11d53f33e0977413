"""Somebody whom lists are about."""

from datetime import date

import pytest

from clients.models import Client
from tests.factories import ClientFactory


@pytest.fixture
def orlova(db: None) -> Client:
    return ClientFactory.create(
        last_name="Орлова", first_name="Анна", middle_name="", birth_date=date(1980, 2, 1), phone="+79147012233", email="old@example.ru"
    )  # fmt: skip
