"""Clubs: whom the question proposes, who is admitted, who left. Nobody enters or leaves by themselves."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from analytics.asking import segments
from campaigns.models import Club, ClubMember
from clients.models import Client, ClientQuerySet
from stores.models import Employee, Store


class Listed(NamedTuple):
    """A club and how many belong to it."""

    club: Club
    members: int


def listed(stores: list[Store]) -> list[Listed]:
    """Clubs that are seen from these stores. One query."""
    present = Count("members", filter=Q(members__until=None))
    found: QuerySet[Any] = Club.objects.visible_to(stores).select_related("store", "segment").annotate(present=present)
    return [Listed(club, int(club.present)) for club in found.order_by("title", "pk")]


def proposed(club: Club, stores: list[Store] | None, today: date) -> ClientQuerySet:
    """Who meets the club's question and has never been a member, nor left out; of these stores, None is the chain."""
    if club.segment is None:
        return Client.objects.none()
    own = [club.store] if club.store else stores
    meant = segments.clients_of(club.segment.definition, today=today, stores=own)
    known = ClubMember.objects.filter(club=club, client=OuterRef("pk"))
    return Client.objects.filter(~Exists(known), pk__in=meant.order_by().values("pk")).order_by("name_key", "pk")


def members(club: Club, *, left: bool = False) -> "QuerySet[ClubMember]":
    """Who belongs to it, or has left, by name."""
    found = club.members.left() if left else club.members.present()
    return found.select_related("client__home_store", "by", "left_by").order_by("client__name_key", "pk")


@transaction.atomic
def admit(club: Club, clients: Collection[int], *, why: str, by: Employee, today: date) -> int:
    """These are members from today on; whoever is one already stays as they are. Returns how many are new."""
    live = Client.objects.live().filter(pk__in=clients).order_by("pk")
    wanted = list(live.select_for_update(no_key=True).values_list("pk", flat=True))
    there = {one.client_id: one for one in club.members.select_for_update().filter(client__in=wanted)}
    again = [one for one in there.values() if one.until is not None]
    for one in again:
        one.since, one.why, one.by, one.until, one.why_left, one.left_by = today, why[:200], by, None, "", None
    ClubMember.objects.bulk_update(again, ["since", "why", "by", "until", "why_left", "left_by"])
    fresh = [ClubMember(club=club, client_id=pk, since=today, why=why[:200], by=by) for pk in wanted if pk not in there]
    ClubMember.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(again) + len(fresh)


@transaction.atomic
def leave(club: Club, client: Client, *, why: str, by: Employee, today: date) -> ClubMember:
    """A member leaves, or one who is proposed is left out: the question does not propose them any more."""
    facts = {"until": today, "why_left": why[:200], "by": by, "left_by": by}
    one, is_new = ClubMember.objects.select_for_update().get_or_create(club=club, client=client, defaults=facts)
    if not is_new and one.until is None:
        one.until, one.why_left, one.left_by = today, why[:200], by
        one.save(update_fields=["until", "why_left", "left_by"])
    return one


@transaction.atomic
def take_back(member: ClubMember) -> None:
    """It was a slip: who left is a member again; who was admitted or left out at once was not."""
    one = ClubMember.objects.select_for_update().filter(pk=member.pk).first()
    if one is None:
        return
    if one.until is not None and one.since is not None:
        one.until, one.why_left, one.left_by = None, "", None
        one.save(update_fields=["until", "why_left", "left_by"])
    else:
        one.delete()
