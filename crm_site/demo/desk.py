"""What a demo chain has around its service desk: masters, terms, how requests went, answers, and people whom clients buy for."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from clients.models import CardState, Client, Wearer
from clients.sameness import pairs
from messaging import errands
from portal.models import Review
from workshop.models import Master, ServiceKind, ServiceRequest, ServiceStatus, ServiceTerm

MASTERS = ("Пётр Аверин", "Ринат Сафин", "Ольга Лескова")
DAYS = {ServiceKind.RESIZING: 7, ServiceKind.CLEANING: 1, ServiceKind.STONE_SETTING: 14, ServiceKind.ENGRAVING: 5}
NAMES = (("Мария", "wife"), ("Ольга", "mother"), ("Анна", "daughter"), ("Сергей", "husband"), ("Вера", "sister"))
HAPPY = ("Спасибо, быстро и красиво.", "Размер подошёл идеально.", "Всё понравилось.", "")
UNHAPPY = ("Ждать пришлось дольше, чем обещали.", "Камень снова шатается.")
READY = (ServiceStatus.READY, ServiceStatus.HANDED_OUT)
NEAR, WEARERS, TWINS = 14, 60, 6


def settle(requests: Sequence[ServiceRequest], today: date, chance: Random) -> None:
    """Give requests, not saved yet, their master and the days on which they became ready and were fetched."""
    masters = [Master.objects.get_or_create(name=name)[0] for name in MASTERS]
    for kind, days in DAYS.items():
        ServiceTerm.objects.get_or_create(kind=kind, defaults={"days": days})
    for request in requests:
        request.master = chance.choice(masters) if request.status != ServiceStatus.RECEIVED else None
        if request.status in READY:
            took = chance.choice((3, 4, 5, 6, 6, 7, 7, 8, 11))
            request.ready_on = min(request.accepted_on + timedelta(days=took), today)
        if request.status == ServiceStatus.HANDED_OUT and request.ready_on:
            request.closed_on = min(request.ready_on + timedelta(days=chance.randrange(1, 9)), today)


def answer(requests: Sequence[ServiceRequest], today: date, chance: Random) -> None:
    """Reviews of the last year; the newest unhappy client is still to be called."""
    asked = [r for r in requests if r.closed_on and 1 < (today - r.closed_on).days < 365]
    reviews = [_review(request, chance) for request in asked]
    Review.objects.bulk_create(reviews)
    low = next((r for r in sorted(reviews, key=lambda r: r.asked_on, reverse=True) if r.score is not None and r.score <= 6), None)
    if low:
        low.errand, _new = errands.ask_for(
            low.client, store=low.store, occasion_key=f"review:{low.pk}", reason=f"Клиент недоволен: {low.score} из 10",
            script=low.words, due_on=today, is_service=True,
        )  # fmt: skip
        low.save(update_fields=["errand"])


def _review(request: ServiceRequest, chance: Random) -> Review:
    asked = (request.closed_on or request.accepted_on) + timedelta(days=1)
    score = None if chance.random() < 0.4 else chance.choice((10, 10, 10, 9, 9, 8, 8, 7, 5, 3))
    words = "" if score is None else chance.choice(HAPPY if score > 6 else UNHAPPY)
    answered = datetime.combine(asked, time(15), tzinfo=request.store.zone) if score is not None else None
    return Review(
        client=request.client,
        store=request.store,
        request=request,
        asked_on=asked,
        score=score,
        words=words,
        answered_at=answered,
    )


def give(clients: Sequence[Client], today: date, chance: Random) -> None:
    """People whom some clients buy for; a few have their day soon."""
    wearers = []
    for number, client in enumerate(chance.sample(list(clients), min(WEARERS, len(clients)))):
        first, relation = chance.choice(NAMES)
        day = today + timedelta(days=chance.randrange(NEAR) if number % 6 == 0 else chance.randrange(365))
        wearer = Wearer(client=client, first_name=first, relation=relation, is_surprise=number % 7 == 0)
        wearer.day, wearer.ring_size = day.month * 100 + min(day.day, 28), Decimal(chance.randrange(62, 78)) / 4
        wearers.append(wearer)
    Wearer.objects.bulk_create(wearers)


def double(clients: Sequence[Client], chance: Random) -> None:
    """A few people have a second card, and the pairs wait for a manager."""
    whole = [client for client in clients if client.state == CardState.COMPLETE]
    chosen = chance.sample(whole, min(2 * TWINS, len(whole) // 2 * 2))
    for number, (client, twin) in enumerate(zip(chosen[::2], chosen[1::2], strict=True)):
        twin.last_name, twin.first_name, twin.birth_date = client.last_name, client.first_name, client.birth_date
        twin.middle_name = client.middle_name if number % 2 else ""
        twin.save()
    pairs.find_pairs()
