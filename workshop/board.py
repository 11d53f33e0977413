"""The workshop's board: open requests of one's stores, narrowed, with how many stand behind each filter."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models import prefetch_related_objects as prefetch

from stores.models import Store
from workshop import services
from workshop.models import HandOver, ServiceKind, ServiceRequest, ServiceStatus
from workshop.selectors import OPEN_STATUSES

DUE = ("overdue", "today", "urgent", "asked", "coming")
# Cards of one column; the rest stand in the list.
SHOWN = 30


class Wanted(NamedTuple):
    """What the board is narrowed to; empty is no matter. ``due`` is one of ``DUE``; ``store`` and ``master`` are keys."""

    status: str = ""
    due: str = ""
    kind: str = ""
    store: int = 0
    master: int = 0
    text: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        number = {
            name: int(text) if (text := asked.get(name, "")).isdecimal() and len(text) < 10 else 0 for name in ("store", "master")
        }
        return cls(
            asked.get("status", "") if asked.get("status", "") in ServiceStatus.values else "",
            asked.get("due", "") if asked.get("due", "") in DUE else "",
            asked.get("kind", "") if asked.get("kind", "") in ServiceKind.values else "",
            number["store"], number["master"], asked.get("q", "").strip()[:40],
        )  # fmt: skip


def _due(stores: Sequence[Store], today: date) -> dict[str, Q]:
    at_work = ~Q(status=ServiceStatus.READY)
    return {
        "overdue": at_work & Q(due_on__lt=today),
        "today": at_work & Q(due_on=today),
        "urgent": at_work & Q(is_urgent=True),
        "asked": Q(is_asked=True),
        "coming": Q(is_coming=True),
    }


def of_stores(stores: Sequence[Store]) -> "QuerySet[ServiceRequest]":
    """Requests that the stores took in, that lie there, or that are on their way to them."""
    coming = HandOver.objects.filter(request=OuterRef("pk"), received_at=None, to_store__in=stores)
    found = ServiceRequest.objects.alias(to_us=Exists(coming))
    return found.filter(Q(store__in=stores) | Q(lies_in__in=stores) | Q(to_us=True))


def board(wanted: Wanted, stores: Sequence[Store], today: date) -> "QuerySet[ServiceRequest]":
    """Requests as narrowed, urgent and soon due first. Closed ones only where their status, or a ticket, is asked for."""
    found = _all(wanted, stores)
    if wanted.due:
        found = found.filter(_due(stores, today)[wanted.due])
    if wanted.status:
        found = found.filter(status=wanted.status)
    elif not wanted.text:
        found = found.filter(status__in=OPEN_STATUSES)
    return found.select_related("client", "store", "lies_in", "master").order_by("-is_urgent", "due_on", "pk")


class Column(NamedTuple):
    """The requests of a status, the most pressing first, each with the steps that one click takes."""

    status: ServiceStatus
    cards: list[tuple[ServiceRequest, list[ServiceStatus]]]


def columns(wanted: Wanted, stores: Sequence[Store], today: date) -> list[Column]:
    """The board as a table of what is open. One query a column and one for the photos."""
    found = {status: list(board(wanted._replace(status=status), stores, today)[:SHOWN]) for status in OPEN_STATUSES}
    prefetch([request for requests in found.values() for request in requests], "photos")
    return [Column(status, [(request, _steps(request)) for request in requests]) for status, requests in found.items()]


def _steps(request: ServiceRequest) -> list[ServiceStatus]:
    """The next, or one back from ready; what wants a proof or an answer is done on the request's own page."""
    if request.is_asked:  # type: ignore[attr-defined]
        return []
    return [
        ServiceStatus(step) for step in services.STEPS[request.status] if step in (ServiceStatus.IN_WORK, ServiceStatus.READY)
    ]


def counts(wanted: Wanted, stores: Sequence[Store], today: date) -> dict[str, int]:
    """How many open requests each status and each filter of days would show. One query."""
    by_status = {status.value: Count("pk", filter=Q(status=status)) for status in OPEN_STATUSES}
    by_due = {name: Count("pk", filter=condition) for name, condition in _due(stores, today).items()}
    found = _all(wanted, stores).filter(status__in=OPEN_STATUSES)
    return found.order_by().aggregate(all=Count("pk"), **by_status, **by_due)


def _all(wanted: Wanted, stores: Sequence[Store]) -> "QuerySet[ServiceRequest]":
    coming = HandOver.objects.filter(request=OuterRef("pk"), received_at=None, to_store__in=stores)
    asked = ServiceRequest.objects.filter(pk=OuterRef("pk"), offers__answer="open")
    found = of_stores(stores).annotate(is_coming=Exists(coming), is_asked=Exists(asked))
    if wanted.store:
        found = found.filter(Q(lies_in=wanted.store) | Q(lies_in=None, store=wanted.store))
    if wanted.master:
        found = found.filter(master=wanted.master)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    return found.filter(number__startswith=wanted.text) if wanted.text else found
