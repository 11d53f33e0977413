"""The birthday compliment: whose day it is where they live, and the message that greets them, once a year."""

from datetime import datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.models import Program
from clients import selectors as clients_selectors
from clients.models import Client, Purpose
from messaging import services as messaging_services
from messaging import texts
from messaging.models import Message
from stores.models import Store

BATCH = 1_000


def queue_birthdays(program: Program, *, now: datetime) -> int:
    """Queue a greeting to each client whose birthday it is, wherever the sending hour has come.

    Twice a day, or by two workers at once, it still makes one message a client and year
    (``birthday:<year>:<client>``). A card completed at noon is greeted by the next run. Returns messages queued.
    """
    queued = 0
    for zone in _zones():
        local = now.astimezone(zone)
        if program.hour <= local.hour < settings.QUIET_FROM:
            queued += _queue_in_zone(program, zone, local)
    return queued


def _zones() -> list[ZoneInfo]:
    """Time zones of the stores, and the chain's own for clients without a home."""
    names = {str(store.time_zone) for store in Store.objects.all()} | {settings.CHAIN_TIME_ZONE}
    return [ZoneInfo(name) for name in sorted(names)]


def _queue_in_zone(program: Program, zone: ZoneInfo, local: datetime) -> int:
    midnight = datetime.combine(local.date() + timedelta(days=1), time(0), tzinfo=zone)
    quiet_from = datetime.combine(local.date(), time(settings.QUIET_FROM), tzinfo=zone)
    queued = 0
    clients = iter(_celebrating(zone, local).iterator(chunk_size=BATCH))
    while batch := list(islice(clients, BATCH)):
        messages = [_greeting(program, client, local, min(midnight, quiet_from)) for client in batch if client.takes_sms]
        with transaction.atomic():
            queued += messaging_services.queue(messages)
    return queued


def _celebrating(zone: ZoneInfo, local: datetime) -> QuerySet[Client]:
    home = Q(home_store__time_zone=str(zone))
    if str(zone) == settings.CHAIN_TIME_ZONE:
        home |= Q(home_store=None)
    greeted = Message.objects.filter(occasion_key__startswith=f"birthday:{local.year}:", client=OuterRef("pk"))
    return (
        Client.objects.complete()
        .filter(home, clients_selectors.birthdays_on(local.date()))
        .agreed_to(Purpose.ADVERTISING_SMS)
        .filter(~Exists(greeted))
        .select_related("home_store")
        .order_by("pk")
    )


def _greeting(program: Program, client: Client, local: datetime, expires_at: datetime) -> Message:
    text = texts.fill(program.template.text, placeholders(client))
    return Message(
        client=client,
        occasion_key=f"birthday:{local.year}:{client.pk}",
        template=program.template,
        purpose=Purpose.ADVERTISING_SMS,
        recipient=client.phone or "",
        text=text,
        segments=texts.length(text).segments,
        send_after=local,
        expires_at=expires_at,
    )


def placeholders(client: Client) -> dict[str, str]:
    """What ``{name}`` and ``{store}`` stand for: first name and patronymic, the home store or the chain."""
    return {"name": client.address_name, "store": client.home_store.name if client.home_store else settings.CHAIN_NAME}
