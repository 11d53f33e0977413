"""At the door: found by the last digits of a phone or by a name, came by one key, with guests; undone when it was a slip."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, F, Q, Sum

from campaigns.evenings import answering
from campaigns.models import Evening, Invitation
from clients import selectors as clients_selectors
from clients.models import Client
from clients.writing import names
from stores.models import Employee

MOST_STRANGERS = 500
UNINVITED = 6


class Found(NamedTuple):
    """Who of the invited is meant, and who else in the chain."""

    invited: list[Invitation]
    others: list[Client]


def find(evening: Evening, text: str) -> Found:
    """By digits at the end of a phone, or by the beginnings of names. Two or three queries."""
    listed = list(evening.invitations.select_related("client").order_by("client__name_key", "pk"))
    found = [one for one in listed if _is_meant(one.client, text)]
    invited = {one.client_id for one in listed}
    others = [client for client in clients_selectors.find_clients(text) if client.pk not in invited]
    return Found(found, others[:UNINVITED])


def _is_meant(client: Client, text: str) -> bool:
    digits = "".join(letter for letter in text if letter.isdigit())
    if digits:
        return str(client.phone or "").endswith(digits[-10:])
    own = client.name_key.split()
    return all(any(name.startswith(word) for name in own) for word in names.key(text).split())


class Room(NamedTuple):
    """Who is there: clients, their guests, strangers; how many are expected still; seats."""

    clients: int
    guests: int
    strangers: int
    expected: int
    seats: int

    @property
    def people(self) -> int:
        return self.clients + self.guests + self.strangers

    @property
    def is_over(self) -> bool:
        """More people than seats."""
        return self.people > self.seats


def room(evening: Evening) -> Room:
    """One query."""
    came, will = Q(came_at__isnull=False), Q(came_at=None, answer="accepted")
    told = evening.invitations.aggregate(
        clients=Count("pk", filter=came), with_them=Sum("came_guests", filter=came, default=0),
        expected=Count("pk", filter=will), more=Sum("guests", filter=will, default=0),
    )  # fmt: skip
    return Room(told["clients"], told["with_them"], evening.strangers, told["expected"] + told["more"], evening.seats)


@transaction.atomic
def came(invitation: Invitation, *, guests: int, now: datetime) -> None:
    """They are there, with so many; said again it corrects the guests."""
    answering.lock(invitation.evening_id)
    one = Invitation.objects.select_for_update().get(pk=invitation.pk)
    one.came_at, one.came_guests = one.came_at or now, guests
    one.save(update_fields=["came_at", "came_guests"])


@transaction.atomic
def did_not_come(invitation: Invitation) -> None:
    """It was a slip; who was let in without an invitation is on no list any more."""
    answering.lock(invitation.evening_id)
    if invitation.is_uninvited:
        Invitation.objects.filter(pk=invitation.pk, is_uninvited=True).delete()
    else:
        Invitation.objects.filter(pk=invitation.pk).update(came_at=None, came_guests=0)


@transaction.atomic
def let_in(evening: Evening, client: Client, *, by: Employee, now: datetime) -> Invitation:
    """Somebody who was not invited, by a person's word. Twice is once."""
    answering.lock_clients([client.pk])
    answering.lock(evening.pk)
    facts = {"is_uninvited": True, "by": by, "came_at": now, "reached_at": now, "answer": "called"}
    made, _new = Invitation.objects.get_or_create(evening=evening, client=client, defaults=facts)
    return made


def count_stranger(evening: Evening, *, more: bool) -> None:
    """A guest without a card came, or was counted by a slip; one conditional statement."""
    rows = Evening.objects.filter(pk=evening.pk)
    if more:
        rows.filter(strangers__lt=MOST_STRANGERS).update(strangers=F("strangers") + 1)
    else:
        rows.filter(strangers__gt=0).update(strangers=F("strangers") - 1)


def latest(evening: Evening, pk: int) -> Invitation | None:
    """Who has just been let in, to be undone if it was a slip. One query."""
    return evening.invitations.select_related("client").filter(pk=pk, came_at__isnull=False).first()


def expected(evening: Evening) -> Sequence[Invitation]:
    """Everybody on the list by name, for the door and for paper. One query."""
    listed = evening.invitations.select_related("client", "by").order_by("client__name_key", "pk")
    return list(listed)
