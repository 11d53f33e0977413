"""A store that is open from ten to twenty, on a Monday morning."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from clients.models import Client
from inquiries.appointments import services
from inquiries.models import Appointment
from stores.models import Employee, Store

DAY = date(2026, 6, 2)
Book = Callable[..., Appointment]


@pytest.fixture
def now(store: Store) -> datetime:
    return datetime(2026, 6, 1, 9, tzinfo=store.zone)


@pytest.fixture
def at(store: Store) -> Callable[..., datetime]:
    """``at(14, 30)``: that hour of the next day."""
    return lambda hour, minute=0, day=DAY: datetime(day.year, day.month, day.day, hour, minute, tzinfo=store.zone)


@pytest.fixture
def book(store: Store, card: Client, seller: Employee, now: datetime, at: Callable[..., datetime]) -> Book:
    def booked(hour: int = 14, minute: int = 0, **said: Any) -> Appointment:
        facts: dict[str, Any] = {"client": card, "by": seller, "now": now} | said
        return services.book(facts.pop("store", store), at(hour, minute), **facts)

    return booked
