"""Orders with prepayment and pieces put aside, and the money that they hold."""

import re
import uuid
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from catalogue.kinds import PieceKind
from clients.models import Client
from purchases.models.receipts import Purchase
from purchases.models.tenders import TenderKind
from stores.models import Employee, Store


class OrderStatus(models.TextChoices):
    NEW = "new", pgettext_lazy("an order", "new")
    ORDERED = "ordered", pgettext_lazy("an order", "ordered")
    ASIDE = "aside", pgettext_lazy("an order", "put aside")
    ARRIVED = "arrived", pgettext_lazy("an order", "arrived")
    SOLD = "sold", pgettext_lazy("an order", "sold")
    CANCELLED = "cancelled", pgettext_lazy("an order", "cancelled")


OPEN = (OrderStatus.NEW, OrderStatus.ORDERED, OrderStatus.ASIDE, OrderStatus.ARRIVED)


NUMBER = re.compile(
    r"[zя](?P<key>\d{1,9})|(?:(?:заказ|order)\s*)?(?:№|#)?\s*(?P<number>\d{1,9})(?:/(?P<year>\d\d))?", re.IGNORECASE
)


class OrderQuerySet(models.QuerySet["Order"]):
    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def numbered(self, text: str) -> Self:
        """``17`` of any year, ``17/26``, or ``Z204``, the code of its slip in whatever layout; none for what is no number."""
        found = NUMBER.fullmatch(text.strip())
        if not found:
            return self.none()
        if found["key"]:
            return self.filter(pk=int(found["key"]))
        of_year = {"year": 2000 + int(found["year"])} if found["year"] else {}
        return self.filter(number=int(found["number"]), **of_year)


class Order(models.Model):
    """One piece that a client ordered or had put aside, by its article or in words.

    ``price`` is the sum agreed on. ``held`` is what was prepaid and is neither given back nor spent: the sum of its payments,
    written under the order's lock, so that the base itself refuses a balance below zero. ``purchase`` of an order that is not
    sold is a receipt that was voided.
    """

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="orders", verbose_name=_("store"))
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="orders", verbose_name=_("client"))
    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveIntegerField(_("number"), editable=False)
    taken_on = models.DateField(_("taken"))
    article = models.CharField(_("article"), max_length=40, blank=True, default="", db_default="")
    kind = models.CharField(_("kind"), max_length=10, choices=PieceKind)
    description = models.CharField(_("in words"), max_length=300, blank=True, default="", db_default="")
    size = models.DecimalField(_("size"), max_digits=4, decimal_places=2, null=True, blank=True)
    wish = models.CharField(_("engraving or wish"), max_length=300, blank=True, default="", db_default="")
    price = models.DecimalField(_("agreed sum"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    held = models.DecimalField(
        _("prepaid"), max_digits=12, decimal_places=2, default=Decimal(0), db_default=Decimal(0), editable=False
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    note = models.CharField(_("note for ourselves"), max_length=500, blank=True, default="", db_default="")
    seller = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name=_("seller"))
    status = models.CharField(_("status"), max_length=10, choices=OrderStatus, default=OrderStatus.NEW, editable=False)
    closed_on = models.DateField(_("closed"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=200, blank=True, default="", db_default="")
    purchase = models.OneToOneField(
        Purchase, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="order", verbose_name=_("receipt")
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="One filled form is one order.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrderQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-taken_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["store", "year", "number"], name="order_number_once_a_year"),
            models.CheckConstraint(condition=Q(kind__in=PieceKind.values), name="order_kind_known"),
            models.CheckConstraint(condition=Q(status__in=OrderStatus.values), name="order_status_known"),
            models.CheckConstraint(condition=Q(price__gte=0), name="order_price_not_negative"),
            models.CheckConstraint(
                condition=~Q(article="") | ~Q(description=""),
                name="order_says_what",
                violation_error_message=_("Give the article, or say in words what is ordered."),
            ),
            models.CheckConstraint(condition=Q(held__gte=0), name="order_holds_nothing_below_zero"),
            models.CheckConstraint(condition=Q(status__in=OPEN) | Q(held=0), name="order_closed_holds_nothing"),
            models.CheckConstraint(
                condition=Q(status__in=OPEN, closed_on=None) | ~Q(status__in=OPEN) & Q(closed_on__isnull=False),
                name="order_closed_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="sold") | Q(purchase__isnull=False),
                name="order_sold_has_its_receipt",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=models.F("taken_on")),
                name="order_due_after_taken",
                violation_error_message=_("The due day is before the day of the order."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["client", "taken_on"], name="order_of_client"),
            models.Index(fields=["store", "status", "due_on"], name="order_board"),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year % 100:02d}"

    @property
    def code(self) -> str:
        """What a scanner reads on the order's slip."""
        return f"Z{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def what(self) -> str:
        """The piece as a list names it."""
        return " ".join(part for part in (self.article, self.description) if part)

    @property
    def left_to_pay(self) -> Decimal:
        return max(self.price - self.held, Decimal(0))


class OrderPayment(models.Model):
    """Money that came to an order, went back to its client, or became a part of its receipt. Append-only."""

    class Purpose(models.TextChoices):
        PAID = "paid", _("prepaid")
        REFUNDED = "refunded", _("given back")
        SPENT = "spent", _("went into the receipt")
        UNSPENT = "unspent", _("came back from a void receipt")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    purpose = models.CharField(max_length=8, choices=Purpose)
    kind = models.CharField(_("paid by"), max_length=12, choices=TenderKind)
    sum = models.DecimalField(_("sum"), max_digits=12, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=200, blank=True, default="", db_default="")
    paid_on = models.DateField(_("day"))
    seller = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name=_("seller"))
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="One filled form is one payment.")

    class Meta:
        verbose_name = _("payment of an order")
        verbose_name_plural = _("payments of orders")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purpose="paid", sum__gt=0, reason="")
                | Q(purpose="refunded", sum__lt=0) & ~Q(reason="")
                | Q(purpose="spent", sum__lt=0, reason="")
                | Q(purpose="unspent", sum__gt=0, reason=""),
                name="order_payment_by_its_purpose",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["spent", "unspent"], kind="prepayment")
                | Q(purpose__in=["paid", "refunded"]) & ~Q(kind="prepayment"),
                name="order_payment_kind_fits",
            ),
            models.CheckConstraint(condition=Q(kind__in=TenderKind.values), name="order_payment_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sum}"
