"""How the board of inquiries is narrowed by its address."""

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter

from inquiries.models import Inquiry, State
from stores.filters import KeyFilter, Narrowing

DUES: dict[str, str | Promise] = {"late": _("overdue"), "today": _("today"), "woken": _("the piece came")}


class InquiryFilter(Narrowing):
    """Inquiries by status, by when the next step is due, and by store; without a status the open ones."""

    state = CharFilter(method="of_state")
    due = CharFilter(method="of_due")
    store = KeyFilter()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def of_state(self, rows: QuerySet[Inquiry], _name: str, state: str) -> QuerySet[Inquiry]:
        return rows.filter(state=state) if state in State.values else rows

    def of_due(self, rows: QuerySet[Inquiry], _name: str, due: str) -> QuerySet[Inquiry]:
        match due:
            case "late":
                return rows.filter(next_on__lt=self.today)
            case "today":
                return rows.filter(next_on=self.today)
            case "woken":
                return rows.filter(woken_at__isnull=False)
        return rows

    def filter_queryset(self, rows: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
        found: QuerySet[Inquiry] = super().filter_queryset(rows)
        return found if self.asked.get("state") else found.open()  # type: ignore[attr-defined]

    def states(self) -> list[tuple[str, str, int]]:
        """Each status with how many there are of it. One query."""
        counts = dict(self.queryset.order_by().values_list("state").annotate(n=Count("pk")))
        return [(value, str(label), counts.get(value, 0)) for value, label in State.choices]

    def dues(self) -> list[tuple[str, str | Promise, int]]:
        """What hurries, with how many open ones there are of it. Three queries."""
        open_ = self.queryset.open().order_by()
        return [(due, label, self.of_due(open_, "", due).count()) for due, label in DUES.items()]
