"""What the base itself refuses of one-time codes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from clients.models import Client
from messaging.models import OneTimeCode
from tests.messaging.conftest import NOON


def test_a_code_is_for_something_known(card: Client) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OneTimeCode.objects.create(
            purpose="gift", client=card, channel="sms", recipient="+7", created_at=NOON, expires_at=NOON + timedelta(minutes=5)
        )

    assert not OneTimeCode.objects.exists()
