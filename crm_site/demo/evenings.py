"""What a demo chain has of evenings: a club, two evenings that were, and one to come with its calls."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils.formats import date_format

from campaigns.models import Answer, Arm, Club, ClubMember, Evening, Invitation, Touch, TouchState, Way
from clients.models import CardState, Client, Purpose
from messaging import errands
from messaging.models import Errand
from stores.models import Employee, Role, Store

PAST = ((95, "Вечер жемчуга", 24), (48, "Новая коллекция обручальных колец", 30))
AHEAD, COMING, SEATS, CALLS = 9, "Вечер цветных камней", 16, 6
SCRIPT = "{dear}, приглашаем вас на закрытый вечер в «{store}». Можно взять с собой одного гостя."
WHY = "Клуб «Жемчуг»"


def hold(clients: Sequence[Client], store: Store, today: date, chance: Random) -> None:
    """Of the store's whole cards; a demo that is too small for it has none."""
    whole = [client for client in clients if client.home_store_id == store.pk and client.state == CardState.COMPLETE]
    by = Employee.objects.filter(role=Role.MANAGER, is_active=True).order_by("pk").first()
    if by is None or len(whole) < 2 * max(seats for _days, _title, seats in PAST):
        return
    _club(whole[:20], store, by, today)
    for number, (days, title, seats) in enumerate(PAST):
        made = _evening(number, title, store, by, today - timedelta(days=days), seats)
        _past(made, chance.sample(whole, seats * 2 - 10), by, chance)
    made = _evening(len(PAST), COMING, store, by, today + timedelta(days=AHEAD), SEATS)
    agreed = set(Client.objects.filter(home_store=store).agreed_to(Purpose.CALLS).values_list("pk", flat=True))
    chosen = sorted(chance.sample(whole, len(whole)), key=lambda client: client.pk not in agreed)[:18]
    _coming(made, chosen, by, today)


def _club(clients: Sequence[Client], store: Store, by: Employee, today: date) -> None:
    club = Club.objects.create(title="Жемчуг", store=store, by=by, form_key=UUID(int=700))
    members = [ClubMember(club=club, client=one, since=today - timedelta(days=120), why="любит жемчуг", by=by) for one in clients]
    ClubMember.objects.bulk_create(members)


def _evening(number: int, title: str, store: Store, by: Employee, day: date, seats: int) -> Evening:
    starts = datetime.combine(day, time(19), tzinfo=store.zone)
    return Evening.objects.create(
        title=title, store=store, starts_at=starts, ends_at=starts + timedelta(hours=3), seats=seats, plus=1, script=SCRIPT,
        by=by, form_key=UUID(int=701 + number),
    )  # fmt: skip


def _past(evening: Evening, clients: Sequence[Client], by: Employee, chance: Random) -> None:
    """Two in five said yes as long as there were seats, most of them came."""
    asked, left, made = evening.starts_at - timedelta(days=9), evening.seats, []
    for client in clients:
        one = Invitation(evening=evening, client=client, why=WHY, by=by, answer=Answer.CALLED)
        guests, luck = int(chance.random() < 0.4), chance.random()
        if luck < 0.8:
            one.reached_at = one.answered_at = asked
            one.answer, one.answered_by = Answer.DECLINED, by
        if luck < 0.45 and 1 + guests <= left:
            one.answer, one.guests = Answer.ACCEPTED, guests
            left -= 1 + guests
        if one.answer == Answer.ACCEPTED and chance.random() < 0.8:
            one.came_at, one.came_guests = evening.starts_at, guests
        made.append(one)
    Invitation.objects.bulk_create(made)
    _touches(evening, clients)


def _coming(evening: Evening, clients: Sequence[Client], by: Employee, today: date) -> None:
    """Some have answered, the others are to be called."""
    asked = evening.starts_at - timedelta(days=AHEAD + 1)
    made = []
    for number, client in enumerate(clients):
        one = Invitation(evening=evening, client=client, why=WHY, by=by)
        if number >= CALLS:
            one.reached_at = one.answered_at = asked + timedelta(minutes=number)
            one.answer, one.answered_by = (Answer.DECLINED if number % 5 == 0 else Answer.ACCEPTED), by
            one.guests = number % 2 if one.answer == Answer.ACCEPTED else 0
        made.append(one)
    Invitation.objects.bulk_create(made)
    _touches(evening, clients)
    for client in clients[:CALLS]:
        errands.ask_for(
            client, store=evening.store, occasion_key=f"{evening.source}:1:{client.pk}:1", topic=Errand.Topic.INVITE,
            reason=f"{evening.title}, {date_format(evening.starts_here, 'j E, H:i')}", script="Пригласите на закрытый вечер.",
            due_on=today, is_service=False,
        )  # fmt: skip


def _touches(evening: Evening, clients: Sequence[Client]) -> None:
    Touch.objects.bulk_create(
        Touch(
            source=evening.source, round="1", client=client, store=evening.store, arm=Arm.TREATED, state=TouchState.MADE,
            stratum=f"{evening.day:%Y-%m}:0", counted_from=evening.day, way=Way.CALL,
        )
        for client in clients
    )  # fmt: skip
