"""What a drill does inside Carat, in a process with the drill's settings: ``fill N GATEWAY``, ``states``, ``doubts``, ``secret``."""

import json
import sys
from datetime import date, timedelta

import django

django.setup()

from django.db.models import Count
from django.utils import timezone

from clients.models import Client, Consent, Purpose
from messaging.gateways import registry
from messaging.models import Budget, Message, MessageState, Reason, Route

ROUTES = {"kannel": "kannel", "stub": "smsc"}


def fill(count: int, through: str) -> None:
    """So many clients who agreed, each with a message that names itself."""
    Budget.objects.update(segments=None, money=None)
    Route.objects.update(is_on=False)
    Route.objects.update_or_create(channel="sms", gateway=ROUTES[through], defaults={"is_on": True, "price": "2.10"})
    people = [
        Client(
            last_name="Иванова",
            first_name="Елена",
            birth_date=date(1985, 7, 3),
            phone=f"+7914{number:07}",
            email=f"c{number}@example.ru",
        ).prepare()
        for number in range(count)
    ]
    clients = Client.objects.bulk_create(people, batch_size=1_000)
    now = timezone.now()
    Consent.objects.bulk_create(
        [Consent(client=client, purpose=Purpose.ADVERTISING_SMS, given=True, at=now) for client in clients], batch_size=1_000
    )
    messages = [
        Message(
            client=client, occasion_key=f"drill:2026:{client.pk}", source="drill", purpose=Purpose.ADVERTISING_SMS,
            recipient=client.phone or "", text=f"Ура №{client.pk}", send_after=now, expires_at=now + timedelta(days=1),
        )
        for client in clients
    ]  # fmt: skip
    Message.objects.bulk_create(messages, batch_size=1_000)


def states() -> None:
    """Messages by state; waits out a database that is just coming back."""
    print(json.dumps(dict(Message.objects.order_by().values_list("state").annotate(times=Count("pk")))))


def doubts() -> None:
    print(Message.objects.filter(state=MessageState.UNKNOWN).exclude(reason=Reason.LOST).count())


def secret(name: str) -> None:
    print(registry.callback_secret(name))


if __name__ == "__main__":
    name, *words = sys.argv[1:]
    if name == "fill":
        fill(int(words[0]), words[1])
    elif name == "secret":
        secret(words[0])
    else:
        {"states": states, "doubts": doubts}[name]()
