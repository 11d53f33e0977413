"""The list of orders: narrowed by its address, counted beside its filters, and as a file."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter

from imports.resources import SafeResource, column
from purchases.models import Order, OrderStatus
from stores.filters import KeyFilter, Narrowing
from stores.models import Store

DUE = {"overdue": _("overdue"), "today": _("due today"), "week": _("due within a week")}


def _pressing(today: date) -> dict[str, Q]:
    return {
        "overdue": Q(due_on__lt=today),
        "today": Q(due_on=today),
        "week": Q(due_on__range=(today, today + timedelta(days=6))),
    }


def orders_of(stores: list[Store]) -> QuerySet[Order]:
    """Orders of these stores with all that a list shows, those due first on top."""
    return (
        Order.objects.filter(store__in=stores)
        .select_related("client", "store", "seller")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


class OrderFilter(Narrowing):
    """Orders of the list. Closed ones only where their status, or a number, is asked for."""

    status = ChoiceFilter(choices=OrderStatus.choices)
    due = ChoiceFilter(choices=list(DUE.items()), method="pressing")
    store = KeyFilter()
    q = CharFilter(method="numbered")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def filter_queryset(self, orders: "QuerySet[Order]") -> "QuerySet[Order]":
        found: QuerySet[Order] = super().filter_queryset(orders)
        return found if self.asked.get("status") or self.asked.get("q") else found.exclude(closed_on__isnull=False)

    def pressing(self, orders: "QuerySet[Order]", name: str, due: str) -> "QuerySet[Order]":
        return orders.filter(_pressing(self.today)[due], closed_on=None)

    def numbered(self, orders: "QuerySet[Order]", name: str, text: str) -> "QuerySet[Order]":
        return orders.filter(pk__in=Order.objects.numbered(text))


def counts(orders: "QuerySet[Order]") -> Counter[str]:
    """How many stand at each status. One query."""
    return Counter(dict(orders.order_by().values_list("status").annotate(Count("pk"))))


def counts_due(orders: "QuerySet[Order]", today: date) -> dict[str, int]:
    """How many open ones hurry, by each way to hurry. One query."""
    hurrying = {name: Count("pk", filter=condition) for name, condition in _pressing(today).items()}
    return orders.order_by().filter(closed_on=None).aggregate(**hurrying)


def held_by(orders: "QuerySet[Order]") -> Decimal:
    """What these orders hold: money of clients, not revenue. One query."""
    return Decimal(orders.order_by().aggregate(held=Sum("held", default=Decimal(0)))["held"])


class OrderResource(SafeResource):
    """One row for an order."""

    has_contacts = False
    number = column(_("Order"), str)
    taken_on = column(_("Day"), "taken_on")
    store = column(_("Store"), "store__name")
    client = column(_("Client"), "client")
    what = column(_("Piece"), "what")
    price = column(_("Agreed price"), "price")
    held = column(_("Prepaid"), "held")
    due_on = column(_("Due"), "due_on")
    status = column(_("Status"), "get_status_display")
    seller = column(_("Seller"), "seller")
