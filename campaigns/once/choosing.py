"""Whom a campaign's question means, by what each is contacted, and who is not and why: asked of the database at once."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, Protocol

from django.db.models import Exists, OuterRef, Q

from analytics.asking import segments
from campaigns import quiet
from campaigns.models import Campaign, Touch, Way, WhyOut
from campaigns.standing import complaints
from campaigns.touching import Table
from clients import selectors as clients_selectors
from clients.models import Client, ClientQuerySet
from messaging import reaching
from messaging.models import Reason, TurnedOff
from messaging.reaching import Reach
from stores.chain_day import day_of
from stores.models import Store
from visits import dialect
from workshop.models import ServiceRequest

FOUND = 500
# Who was chosen by anything so lately, to be contacted or to compare with, is left alone.
REST = timedelta(days=14)
# Of several hindrances the one that a person would name.
WORST_FIRST = (reaching.NEARER, Reason.STOP, Reason.CONSENT, Reason.TOPIC, Reason.CARD, Reason.CONTACT)
# Rows of clients with what the rules know; why each is left alone and what hinders each way; what becomes of each.
TABLE = """
WITH {facts},
hindered AS MATERIALIZED (SELECT client, home, {alone} AS alone, {hindrances} FROM facts),
tried AS (SELECT client, home, alone, {names}, CASE WHEN alone <> '' THEN '' {ways} ELSE '' END AS way FROM hindered),
chosen AS MATERIALIZED (
  SELECT client, home, CASE WHEN reason = '{quiet_word}' THEN '' ELSE way END AS way, reason
  FROM (
    SELECT client, home, way, CASE WHEN alone <> '' THEN alone WHEN way <> '' AND {quiet} THEN '{quiet_word}'
        WHEN way <> '' THEN '' {worst} ELSE '{road}' END AS reason
    FROM tried) AS told)
"""
ALONE = """CASE WHEN unhappy THEN '{complaint}' WHEN {hindered} <> '' THEN {hindered}
WHEN in_service THEN '{repair}' WHEN busy OR called_now THEN '{busy}' ELSE '' END"""


class Plan(Protocol):
    """What chooses: by what clients are contacted, best first, and which store calls those without one of their own."""

    @property
    def source(self) -> str: ...
    @property
    def ways(self) -> list[str]: ...
    @property
    def store_id(self) -> int | None: ...
    @property
    def topic_id(self) -> int | None: ...


class Choice(NamedTuple):
    """What becomes of a client: a way, or a reason (of ``WhyOut``) why not."""

    client: int
    home: int | None
    way: str
    reason: str = ""


def meant(campaign: Campaign, today: date) -> ClientQuerySet:
    """Live cards that the question means, in the stores of the campaign. One query for the stores."""
    return clients_of(campaign.question, today=today, stores=list(campaign.stores.all()) or None)


def clients_of(question: dict[str, Any], *, today: date, stores: list[Store] | None) -> ClientQuerySet:
    """Live cards that a question of ``asking`` means; ``stores`` None is the chain."""
    if "ticked" in question:
        live = Client.objects.live() if stores is None else Client.objects.live().of_stores(stores)
        return live.filter(pk__in=question["ticked"])
    found: ClientQuerySet = segments.clients_of(question.get("definition", []), today=today, stores=stores)
    if words := question.get("words"):
        found = found.filter(pk__in=[client.pk for client in clients_selectors.find_clients(words, limit=FOUND)])
    return found


def choose(campaign: Campaign, *, now: datetime) -> Table:
    """A choice for everybody who is meant. Two queries, and the one that the table is."""
    found = meant(campaign, day_of(now)).order_by()
    # Nothing is joined that could make two rows of a client; a join that was trimmed away is still in the map, asked by nobody.
    is_plain = sum(times > 0 for times in found.query.alias_refcount.values()) <= 1
    return _table(campaign, found if is_plain else Client.objects.filter(pk__in=found.values("pk")), now)


def choose_among(campaign: Plan, clients: Collection[int], *, now: datetime) -> list[Choice]:
    """A choice for each of the clients that there still is. Two queries."""
    return rows(_table(campaign, Client.objects.filter(pk__any=set(clients)), now))


def rows(found: Table) -> list[Choice]:
    """The choices of a table, for those who want them one by one. One query."""
    return [
        Choice(*row) for row in dialect.fetch(f"{found.begins} SELECT client, home, way, reason FROM {found.name}", found.params)
    ]


def _table(campaign: Plan, clients: ClientQuerySet, now: datetime) -> Table:
    facts, params = reaching.table(clients, now, **_known(campaign, now))
    is_quiet, drawn = quiet.in_sql(day_of(now), "client")
    ways = campaign.ways
    names = [f"by_{way}" for way in ways]
    alone = {"hindered": reaching.hindered_in_sql(), "complaint": WhyOut.COMPLAINT, "repair": WhyOut.REPAIR, "busy": WhyOut.BUSY}
    begins = TABLE.format(
        facts=facts,
        alone=ALONE.format(**alone),
        hindrances=", ".join(f"{_hinders(campaign, way)} AS {name}" for way, name in zip(ways, names, strict=True)),
        names=", ".join(names),
        ways=" ".join(f"WHEN {name} = '' THEN '{way}'" for way, name in zip(ways, names, strict=True)),
        worst=" ".join(f"WHEN '{reason}' IN ({', '.join(names)}) THEN '{WhyOut(reason)}'" for reason in WORST_FIRST[:-1]),
        road=WhyOut.ROAD,
        quiet=is_quiet,
        quiet_word=WhyOut.QUIET,
    )
    return Table(begins, "chosen", [*params, *drawn])


def _known(campaign: Plan, now: datetime) -> dict[str, Any]:
    """What keeps a client from an offer, as expressions over clients."""
    mine = {"client": OuterRef("pk")}
    lately = Touch.objects.compared().filter(counted_from__gt=day_of(now) - REST).exclude(source=campaign.source)
    unhappy = Q()
    for told in complaints.told(now):
        unhappy |= Q(Exists(told.filter(**mine)))
    in_service = ServiceRequest.objects.open().filter(**mine)
    known = {"unhappy": unhappy, "in_service": Exists(in_service), "busy": Exists(lately.filter(**mine))}
    if campaign.topic_id:
        known["unwanted"] = Exists(TurnedOff.objects.filter(**mine, topic=campaign.topic_id))
    return known


def _hinders(campaign: Plan, way: str) -> str:
    """``hinders`` of a row."""
    told = reaching.hinders_in_sql(way)
    if campaign.topic_id and way == Way.EMAIL:
        # Who wants no letters at all has said more than who wants none of this topic.
        return f"CASE WHEN {told} <> '' THEN {told} WHEN unwanted THEN '{Reason.TOPIC}' ELSE '' END"
    if way != Way.CALL or campaign.store_id:
        return told
    return f"CASE WHEN home IS NULL THEN '{Reason.CONTACT}' ELSE {told} END"


def hinders(campaign: Plan, reach: Reach, way: str) -> str:
    """Why a client cannot be contacted by a way; empty where they can. A call needs a store that makes it."""
    if way == Way.CALL and not (reach.home or campaign.store_id):
        return Reason.CONTACT
    return reach.hinders(way)
