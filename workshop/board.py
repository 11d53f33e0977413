"""The workshop's board: open requests of one's stores, narrowed, with how many stand behind each filter."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models import prefetch_related_objects as prefetch

from stores.models import Store
from workshop import services
from workshop.models import HandOver, ServiceRequest, ServiceStatus
from workshop.selectors import OPEN_STATUSES

DUE = ("overdue", "today", "urgent", "asked", "coming")
# Cards of one column; the rest stand in the list.
SHOWN = 30


def pressing(today: date) -> dict[str, Q]:
    """What each way of hurrying means, by its name in ``DUE``."""
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


def lying_in(store: Store | int) -> Q:
    """Requests whose piece lies in a store: where it was taken in, unless it was brought elsewhere."""
    return Q(lies_in=store) | Q(lies_in=None, store=store)


def board(stores: Sequence[Store]) -> "QuerySet[ServiceRequest]":
    """Requests of the stores, urgent and soon due first, each with whether it is on its way and whether a price is asked."""
    coming = HandOver.objects.filter(request=OuterRef("pk"), received_at=None, to_store__in=stores)
    asked = ServiceRequest.objects.filter(pk=OuterRef("pk"), offers__answer="open")
    found = of_stores(stores).annotate(is_coming=Exists(coming), is_asked=Exists(asked))
    return found.select_related("client", "store", "lies_in", "master").order_by("-is_urgent", "due_on", "pk")


class Column(NamedTuple):
    """The requests of a status, the most pressing first, each with the steps that one click takes."""

    status: ServiceStatus
    cards: list[tuple[ServiceRequest, list[ServiceStatus]]]


def columns(requests: "QuerySet[ServiceRequest]") -> list[Column]:
    """The board as a table of what is open. One query a column and one for the photos."""
    found = {status: list(requests.filter(status=status)[:SHOWN]) for status in OPEN_STATUSES}
    prefetch([request for requests in found.values() for request in requests], "photos")
    return [Column(status, [(request, _steps(request)) for request in requests]) for status, requests in found.items()]


def _steps(request: ServiceRequest) -> list[ServiceStatus]:
    """The next, or one back from ready; what wants a proof or an answer is done on the request's own page."""
    if request.is_asked:  # type: ignore[attr-defined]
        return []
    return [
        ServiceStatus(step) for step in services.STEPS[request.status] if step in (ServiceStatus.IN_WORK, ServiceStatus.READY)
    ]


def counts(requests: "QuerySet[ServiceRequest]", today: date) -> dict[str, int]:
    """How many open ones of the requests each status and each way of hurrying would show. One query."""
    by_status = {status.value: Count("pk", filter=Q(status=status)) for status in OPEN_STATUSES}
    by_due = {name: Count("pk", filter=condition) for name, condition in pressing(today).items()}
    return requests.filter(status__in=OPEN_STATUSES).order_by().aggregate(all=Count("pk"), **by_status, **by_due)
