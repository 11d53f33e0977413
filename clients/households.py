"""Who belongs to one household: linked and parted by people, followed by merging and erasure. Public."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from clients.models import LIVE, OTHER_WAY, Client, Kin, Kinship
from stores.models import Employee

UNDO = timedelta(days=1)


class Relative(NamedTuple):
    """Somebody of the household as a card shows them; ``kinship`` is what they are to its client, in words."""

    kin: int
    client: Client
    kinship: str
    is_parted: bool


def seen_from(kin: Kin, pk: int) -> str:
    """What the other is to the client with this key."""
    return kin.kinship if kin.first_id == pk else OTHER_WAY.get(kin.kinship, kin.kinship)


def rows_of(pk: int) -> "QuerySet[Kin]":
    return Kin.objects.filter(Q(first=pk) | Q(second=pk))


def of(client: Client) -> list[Relative]:
    """The household of a card, those parted a moment ago too. One query."""
    told = []
    for kin in rows_of(client.pk).select_related("first", "second"):
        other = kin.second if kin.first_id == client.pk else kin.first
        if other.state in LIVE:
            told.append(Relative(kin.pk, other, str(Kinship(seen_from(kin, client.pk)).label), kin.parted_at is not None))
    return told


@transaction.atomic
def link(client: Client, other: Client, kinship: str, *, by: Employee, now: datetime) -> Kin:
    """``other`` is so to the client; said again, the newer word stands. Raises ValueError of one card alone."""
    if client.pk == other.pk:
        raise ValueError("a card is no household")
    (first, second), word = sorted((client.pk, other.pk)), kinship
    if first != client.pk:
        word = OTHER_WAY.get(kinship, kinship)
    said = {"kinship": word, "by": by, "at": now, "parted_at": None}
    return Kin.objects.update_or_create(first_id=first, second_id=second, defaults=said)[0]


def part(client: Client, pk: int, *, now: datetime) -> Relative | None:
    """They are no household; a day long ``bring_back`` undoes it. None where there is no such link."""
    rows_of(client.pk).filter(pk=pk, parted_at=None).update(parted_at=now)
    return next((relative for relative in of(client) if relative.kin == pk), None)


def bring_back(client: Client, pk: int) -> Relative | None:
    """It was a slip."""
    rows_of(client.pk).filter(pk=pk).update(parted_at=None)
    return next((relative for relative in of(client) if relative.kin == pk), None)


def sweep(now: datetime) -> int:
    """What was parted a day ago goes. Returns how many."""
    return Kin.objects.filter(parted_at__lte=now - UNDO).delete()[0]


def described(client: Client) -> list[dict[str, Any]]:
    """For the person to read: what somebody is to them, and whose card it is by its number alone."""
    return [{relative.kinship: f"№ {relative.client.pk}"} for relative in of(client) if not relative.is_parted]


def move(absorbed: int, survivor: int) -> list[int]:
    """The absorbed card's household becomes the survivor's, but for whom it has already, and for itself. Returns what moved."""
    theirs = {_other(kin, survivor) for kin in rows_of(survivor)}
    moved = [kin for kin in rows_of(absorbed) if _other(kin, absorbed) not in {survivor, *theirs}]
    for kin in moved:
        _turn(kin, absorbed, survivor)
    return [kin.pk for kin in moved]


def restore(keys: Iterable[int], absorbed: int, survivor: int) -> None:
    """Give back what ``move`` moved, as far as it stands."""
    for kin in rows_of(survivor).filter(pk__in=list(keys)):
        _turn(kin, survivor, absorbed)


def _other(kin: Kin, pk: int) -> int:
    return kin.second_id if kin.first_id == pk else kin.first_id


def _turn(kin: Kin, was: int, now: int) -> None:
    """One end of a link is another card from now on; the older card stays first."""
    other, word = _other(kin, was), seen_from(kin, was)
    kin.first_id, kin.second_id = sorted((now, other))
    kin.kinship = word if kin.first_id == now else OTHER_WAY.get(word, word)
    kin.save(update_fields=["first", "second", "kinship"])
