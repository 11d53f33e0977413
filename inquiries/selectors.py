"""Inquiries for a screen, and counted. Public."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet

from catalogue.models import Article
from clients.models import Client
from inquiries import waking
from inquiries.models import Inquiry, State
from stores.models import Employee, Store


class Wished(NamedTuple):
    """An inquiry on the card, with what lies in the stores for it now."""

    inquiry: Inquiry
    found: list[Article]


def of_card(client: Client) -> list[Wished]:
    """Open inquiries of a client, at most five, the newest first. One query, and two for each."""
    return [Wished(one, waking.found_for(one)) for one in client.inquiries.open().select_related("store")[:5]]


def board(stores: list[Store]) -> QuerySet[Inquiry]:
    """Inquiries of the stores and of none yet, due first on top, with all that a row shows. One query."""
    rows = Inquiry.objects.visible_to(stores).filter(erased_at=None)
    return rows.select_related("client", "store", "seller", "purchase", "woken_by").order_by(
        F("next_on").asc(nulls_last=True), "-came_on", "-pk"
    )


class Line(NamedTuple):
    """A line of the figures: how many asked, and how many of them bought."""

    name: Any
    asked: int
    won: int


class Counted(NamedTuple):
    """Inquiries of a period: together, by store, seller and source; and why nothing was bought."""

    whole: Line
    stores: list[Line]
    sellers: list[Line]
    sources: list[Line]
    reasons: list[tuple[str, int]]


def counted(first: date, last: date, stores: list[Store]) -> Counted:
    """Inquiries that came on first..last, both included; won ones count by the day on which they came. Six queries."""
    rows = Inquiry.objects.visible_to(stores).filter(came_on__range=(first, last))
    whole = rows.aggregate(asked=Count("pk"), won=Count("pk", filter=Q(state=State.WON)))
    why = rows.filter(state=State.LOST).values("lost_reason").annotate(n=Count("pk")).order_by("-n")
    reason = dict(Inquiry._meta.get_field("lost_reason").flatchoices)
    source = dict(Inquiry._meta.get_field("source").flatchoices)
    sellers = {seller.pk: str(seller) for seller in Employee.objects.filter(pk__in=rows.values("seller"))}
    return Counted(
        Line("", whole["asked"], whole["won"]),
        [line for line in _grouped(rows, "store__name") if line.name],
        [line._replace(name=sellers[line.name]) for line in _grouped(rows, "seller") if line.name],
        [line._replace(name=str(source[line.name])) for line in _grouped(rows, "source")],
        [(str(reason[one["lost_reason"]]), one["n"]) for one in why],
    )


def _grouped(rows: QuerySet[Inquiry], by: str) -> list[Line]:
    counts = rows.values(by).annotate(asked=Count("pk"), won=Count("pk", filter=Q(state=State.WON))).order_by("-asked", by)
    return [Line(one[by], one["asked"], one["won"]) for one in counts]
