"""What an evening and an invitation cannot be."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import Invitation
from clients.models import Client
from stores.models import Employee
from tests.campaigns.evenings.conftest import NOON, STARTS, Make, evening

__all__ = ["evening"]


@pytest.mark.parametrize("wrong", [{"ends_at": STARTS}, {"seats": 0}, {"holdout": 51}])
def test_an_evening_that_cannot_be_is_refused(evening: Make, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        evening(**wrong)


@pytest.mark.parametrize("wrong", [{"guests": 1}, {"answer": "maybe"}, {"answer": "accepted"}, {"came_guests": 1}])
def test_an_invitation_that_cannot_be_is_refused(evening: Make, card: Client, seller: Employee, wrong: dict[str, Any]) -> None:
    made = evening()

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(evening=made, client=card, by=seller, **wrong)


def test_a_client_is_invited_once(evening: Make, card: Client, seller: Employee) -> None:
    made = evening()
    Invitation.objects.create(evening=made, client=card, by=seller, answer="waiting", guests=2, answered_at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(evening=made, client=card, by=seller)


def test_the_hours_are_those_of_the_store(evening: Make) -> None:
    made = evening()

    assert (made.when, made.day.isoformat(), made.source) == ("5\xa0декабря, 19:00–22:00", "2026-12-05", f"event:{made.pk}")
