"""How the board is narrowed by its address."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter

from stores.filters import KeyFilter, Narrowing
from workshop import board
from workshop.models import ServiceKind, ServiceRequest, ServiceStatus
from workshop.selectors import OPEN_STATUSES


class BoardFilter(Narrowing):
    """Requests of the board. Closed ones only where their status, or a ticket, is asked for."""

    status = ChoiceFilter(choices=ServiceStatus.choices)
    due = ChoiceFilter(choices=[(name, name) for name in board.DUE], method="pressing")
    kind = ChoiceFilter(choices=ServiceKind.choices)
    store = KeyFilter(method="lying_in")
    master = KeyFilter()
    q = CharFilter(field_name="number", lookup_expr="startswith")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def filter_queryset(self, requests: "QuerySet[ServiceRequest]") -> "QuerySet[ServiceRequest]":
        found: QuerySet[ServiceRequest] = super().filter_queryset(requests)
        return found if self.asked.get("status") or self.asked.get("q") else found.filter(status__in=OPEN_STATUSES)

    def pressing(self, requests: "QuerySet[ServiceRequest]", name: str, due: str) -> "QuerySet[ServiceRequest]":
        return requests.filter(board.pressing(self.today)[due])

    def lying_in(self, requests: "QuerySet[ServiceRequest]", name: str, store: int) -> "QuerySet[ServiceRequest]":
        return requests.filter(board.lying_in(store))
