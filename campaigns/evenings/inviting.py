"""Whom to invite: a club, a question, clients ticked in a list, or one client. Who may not be called is said, with the reason.

preview = inviting.preview(evening, clients, now=now)     # who can be called, and why not the others
inviting.invite(evening, clients, why="Жемчуг", by=user)  # touches, invitations and calls, once however often
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import translation

from campaigns import touching
from campaigns.evenings import answering
from campaigns.models import ROUND, Arm, Club, Evening, Invitation, Touch, WhyOut
from campaigns.once import choosing
from campaigns.once.choosing import Choice
from campaigns.touching import Chosen
from clients.models import Client, ClientQuerySet
from messaging import address, errands, texts
from messaging.address import Addressee
from messaging.models import Errand
from stores.models import Employee, Store

PHASE = "1"
# So many are called at most at one go: more are not an evening but a campaign.
MOST = 500


class TooManyError(Exception):
    """The question means more clients than an evening calls at once."""


class Left(NamedTuple):
    """Clients who are not called, for one reason."""

    label: str
    clients: list[Client]


class Preview(NamedTuple):
    """Of those who are meant: who can be called, who are on the list already, and who are not called and why."""

    can: list[Client]
    listed: int
    left: list[Left]
    is_cut: bool

    @property
    def out(self) -> int:
        return sum(len(left.clients) for left in self.left)


def members_of(club: Club, stores: list[Store] | None) -> ClientQuerySet:
    """Live cards of a club, of these stores; None is the chain."""
    live = Client.objects.live() if stores is None else Client.objects.live().of_stores(stores)
    return live.filter(pk__in=club.members.present().values("client"))


def preview(evening: Evening, clients: ClientQuerySet, *, now: datetime) -> Preview:
    """Six queries, however many clients."""
    found = list(clients.select_related("home_store").order_by("name_key", "pk")[: MOST + 1])
    keys = [client.pk for client in found]
    known = _known(evening, keys)
    reasons = {choice.client: choice.reason for choice in _choose(evening, set(keys) - known, now)}
    left: dict[str, list[Client]] = {}
    for client in found:
        if reason := reasons.get(client.pk, ""):
            left.setdefault(reason, []).append(client)
    can = [client for client in found if reasons.get(client.pk) == ""]
    told = [Left(str(WhyOut(reason).label), some) for reason, some in sorted(left.items(), key=lambda pair: -len(pair[1]))]
    return Preview(can[:MOST], len(known), told, len(found) > MOST)


def _known(evening: Evening, clients: Sequence[int]) -> set[int]:
    """Who is invited already, or compared with. Two queries."""
    invited = Invitation.objects.filter(evening=evening, client__in=clients).values_list("client", flat=True)
    drawn = Touch.objects.compared().filter(source=evening.source, client__in=clients).values_list("client", flat=True)
    return {*invited, *drawn}


def _choose(evening: Evening, clients: Collection[int], now: datetime) -> list[Choice]:
    return choosing.choose_among(evening, clients, now=now) if clients else []


@transaction.atomic
def invite(evening: Evening, clients: ClientQuerySet, *, why: str, by: Employee, now: datetime) -> int:
    """Write everybody down: in their arm with a call for who is invited, or out with the reason. Returns how many are invited.

    Whoever was left out before is looked at once more: a reason may be gone. Twice is as once. Raises TooManyError.
    """
    keys = list(clients.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        raise TooManyError
    answering.lock_clients(keys)
    held = answering.lock(evening.pk)
    choices = _choose(held, set(keys) - _known(held, keys), now)
    free = [choice.client for choice in choices if not choice.reason]
    Touch.objects.filter(source=held.source, arm=Arm.OUT, client__in=[choice.client for choice in choices]).delete()
    touching.write(held.source, [_chosen(held, choice) for choice in choices], phase=PHASE, holdout=held.holdout, is_made=True)
    treated = set(Touch.objects.filter(source=held.source, arm=Arm.TREATED, client__in=free).values_list("client", flat=True))
    return _call(held, sorted(treated), why, by, now)


def _chosen(evening: Evening, choice: Choice) -> Chosen:
    return Chosen(choice.client, ROUND, evening.day, choice.home, choice.way, choice.reason)


def _call(evening: Evening, clients: Sequence[int], why: str, by: Employee, now: datetime) -> int:
    """An invitation and a call for each. Five queries."""
    Invitation.objects.bulk_create(
        [Invitation(evening=evening, client_id=client, why=why[:200], by=by) for client in clients], ignore_conflicts=True
    )
    asked = list(Client.objects.filter(pk__in=clients).select_related("home_store").order_by("pk"))
    errands.give_out(_spread(evening, [_errand(evening, client) for client in asked], now), is_shared=True)
    return len(asked)


def _errand(evening: Evening, client: Client) -> Errand:
    to = Addressee(client.first_name, client.middle_name, client.language, evening.store)
    with translation.override(settings.LANGUAGE_CODE):
        words = answering.in_words(evening)
    values = address.values_for(to, occasion=evening.title, day=evening.day)
    return Errand(
        client=client, store=client.home_store or evening.store, occasion_key=f"{evening.source}:{ROUND}:{client.pk}:1",
        reason=words[:200], script=texts.fill(evening.script, values), is_service=False, topic=Errand.Topic.INVITE,
    )  # fmt: skip


def _spread(evening: Evening, calls: list[Errand], now: datetime) -> list[Errand]:
    """So many calls a day in a store, beginning today and done by the day before the evening."""
    there: Counter[int | None] = Counter(
        Errand.objects.filter(occasion_key__startswith=f"{evening.source}:").order_by().values_list("store", flat=True)
    )
    for call in calls:
        first = (call.store or evening.store).today(now)
        last = max(evening.day - timedelta(days=1), first)
        call.due_on = min(first + timedelta(days=there[call.store_id] // evening.calls_a_day), last)
        there[call.store_id] += 1
    return calls


@transaction.atomic
def invite_one(evening: Evening, client: Client, *, why: str, by: Employee, now: datetime) -> Invitation:
    """A client who stands here, or asked: on the list without a call, as a person has told them. Twice is once.

    Who was drawn to be compared with stays in that arm: the comparison counts what was drawn.
    """
    answering.lock_clients([client.pk])
    answering.lock(evening.pk)
    chosen = Chosen(client.pk, ROUND, evening.day, client.home_store_id, evening.ways[0])
    Touch.objects.filter(source=evening.source, arm=Arm.OUT, client=client).delete()
    touching.write(evening.source, [chosen], phase=PHASE, holdout=0, is_made=True)
    facts = {"why": why[:200], "by": by, "reached_at": now, "answer": "called"}
    made, _new = Invitation.objects.get_or_create(evening=evening, client=client, defaults=facts)
    return made


def left_out(evening: Evening) -> list[Left]:
    """Who was meant and is not called, by reason, whoever was not invited by hand since. One query."""
    out = Touch.objects.filter(source=evening.source, arm=Arm.OUT).exclude(
        client__in=Invitation.objects.filter(evening=evening).values("client")
    )
    found: dict[str, list[Client]] = {}
    for touch in out.select_related("client__home_store").order_by("client__name_key", "pk"):
        found.setdefault(touch.reason, []).append(touch.client)
    return [Left(str(WhyOut(reason).label), some) for reason, some in sorted(found.items(), key=lambda pair: -len(pair[1]))]
