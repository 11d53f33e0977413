"""Messages of programs to clients."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from clients.models import Client
from messaging.models import Message
from tests.factories import phone_of


def queued(client: Client, key: str, **more: Any) -> Message:
    now = timezone.now()
    return Message.objects.create(
        client=client, occasion_key=key, source="birthday", recipient=phone_of(client), text="Поздравляем!", purpose="advertising_sms",
        send_after=now, expires_at=now + timedelta(hours=5), **more,
    )  # fmt: skip
