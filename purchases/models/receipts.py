"""Receipts, pieces and service requests; the tables derived from them are in ``derived_tables``."""

import uuid
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalogue.kinds import PieceKind, Tariff
from clients.models import Client, Wearer
from stores.models import Employee, Store


class NoCardReason(models.TextChoices):
    """Why a sale has no card; the first is always allowed and never held against a seller."""

    DECLINED = "declined", _("the client declined")
    HURRY = "hurry", _("no time: a queue")
    TOURIST = "tourist", _("passing through, will not return")
    LIST = "list", _("the list names no client")
    TILL = "till", _("the till knew no card")


class Occasion(models.TextChoices):
    """What a receipt was bought for, where the client says."""

    BIRTHDAY = "birthday", _("birthday")
    ANNIVERSARY = "anniversary", _("anniversary")
    WEDDING = "wedding", _("engagement, wedding")
    CHILD = "child", _("birth of a child")
    HOLIDAY = "holiday", _("a holiday")
    NO_OCCASION = "none", _("no occasion, just so")
    OTHER = "other", _("another occasion")


class PurchaseQuerySet(models.QuerySet["Purchase"]):
    def voided(self) -> Self:
        """Receipts that were saved by mistake; only ``Purchase.written`` has them."""
        return self.exclude(voided_at=None)

    def sold_between(self, first: date, last: date) -> Self:
        """Receipts of the store-local days first..last, both included."""
        return self.filter(sold_on__range=(first, last))

    def of_stores(self, stores: models.QuerySet[Store] | list[Store]) -> Self:
        return self.filter(store__in=stores)

    def kept(self) -> Self:
        """Receipts of which something was not returned."""
        return self.filter(models.Exists(Piece.objects.filter(purchase=models.OuterRef("pk"), returned_on=None)))

    def with_sums(self) -> Self:
        """Adds ``kept_items`` and ``kept_sum``: what was not returned."""
        kept = Q(pieces__returned_on=None)
        return self.annotate(
            kept_items=Count("pieces", filter=kept), kept_sum=Sum("pieces__price", filter=kept, default=Decimal(0))
        )


_Receipts = models.Manager.from_queryset(PurchaseQuerySet)


class StandingManager(_Receipts["Purchase"]):
    """Receipts that stand: a voided one is as if it had never been, for every reader that does not ask for it by name."""

    def get_queryset(self) -> PurchaseQuerySet:
        return super().get_queryset().filter(voided_at=None)  # type: ignore[return-value]


class Purchase(models.Model):
    """One till receipt of one client; sums are in the chain's currency, discounts taken off.

    ``objects``, and so ``client.purchases``, leave voided receipts out; ``written`` has every receipt that was written down.
    ``version`` goes up with each change: a form that was opened with another one is stale. ``till_key`` names the till's document
    that it was written by; two tills of a store print the same numbers on one day.
    """

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="purchases", verbose_name=_("store"))
    client = models.ForeignKey(
        Client, null=True, blank=True, on_delete=models.PROTECT, related_name="purchases", verbose_name=_("client")
    )
    no_card_reason = models.CharField(_("why without a card"), max_length=20, choices=NoCardReason, blank=True)
    sold_on = models.DateField(_("day of sale"))
    receipt_number = models.CharField(_("receipt number"), max_length=40, null=True, blank=True)  # noqa: DJ001 — null is "no number" for UNIQUE
    seller = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="sales", verbose_name=_("seller")
    )
    wearer = models.ForeignKey(
        Wearer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False, verbose_name=_("for whom")
    )
    occasion = models.CharField(_("occasion"), max_length=12, choices=Occasion, blank=True, default="", db_default="")
    voided_at = models.DateTimeField(_("voided"), null=True, blank=True, editable=False)
    void_reason = models.CharField(_("why it was voided"), max_length=200, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    till_key = models.CharField(max_length=140, blank=True, default="", db_default="", editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="One filled form is one sale.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StandingManager()
    written = PurchaseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")
        ordering = ["-sold_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(client__isnull=False, no_card_reason="") | Q(client__isnull=True) & ~Q(no_card_reason=""),
                name="purchase_has_a_card_or_a_reason",
                violation_error_message=_("Choose the client, or say why there is no card."),
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, void_reason="") | Q(voided_at__isnull=False) & ~Q(void_reason=""),
                name="purchase_voided_with_a_reason",
                violation_error_message=_("Say why the receipt is voided."),
            ),
            models.UniqueConstraint(
                fields=["store", "sold_on", "receipt_number", "till_key"],
                condition=Q(voided_at=None),
                name="purchase_receipt_once_a_day",
                violation_error_message=_("This receipt is already in the base for this store and day."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["client", "sold_on"], name="purchase_of_client"),
            models.Index(fields=["store", "-sold_on", "-id"], name="purchase_of_store"),
            models.Index(fields=["-sold_on", "-id"], name="purchase_newest"),
            models.Index(fields=["sold_on", "store"], condition=Q(client=None), name="purchase_without_card"),
        ]

    def __str__(self) -> str:
        return self.receipt_number or f"#{self.pk}"

    @property
    def loyalty_key(self) -> str:
        """The receipt as loyalty knows it, which knows no receipts."""
        return f"receipt:{self.pk}"

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None


class PieceQuerySet(models.QuerySet["Piece"]):
    def standing(self) -> Self:
        """Pieces of receipts that were not voided, returned ones too."""
        return self.filter(purchase__voided_at=None)

    def kept(self) -> Self:
        return self.standing().filter(returned_on=None)


class Piece(models.Model):
    """One line of a receipt. ``price`` is what was paid, ``discount`` what was taken off; a gift costs 0.

    ``exchanged_in`` is the receipt with which something else was taken for this piece. ``pictured`` is the key of the article
    whose photo shows it, where somebody has asked the catalogue.
    """

    pictured: int | None = None

    purchase = models.ForeignKey(Purchase, on_delete=models.CASCADE, related_name="pieces")
    article = models.CharField(_("article"), max_length=40, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=PieceKind)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    discount = models.DecimalField(_("discount"), max_digits=12, decimal_places=2, default=Decimal(0))
    occurrence = models.PositiveSmallIntegerField(default=1, editable=False, help_text="n-th of its article and price.")
    tariff = models.CharField(_("sold"), max_length=10, choices=Tariff, default=Tariff.TAG, db_default=Tariff.TAG)
    earned = models.PositiveIntegerField(_("bonuses earned"), default=0, db_default=0, editable=False)
    returned_on = models.DateField(_("returned"), null=True, blank=True)
    exchanged_in = models.ForeignKey(
        Purchase, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="taken_back", db_index=False
    )

    objects = PieceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("piece")
        verbose_name_plural = _("pieces")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(price__gte=0) & Q(discount__gte=0),
                name="piece_price_not_negative",
                violation_error_message=_("A price is zero or more."),
            ),
            models.CheckConstraint(condition=Q(kind__in=PieceKind.values), name="piece_kind_known"),
            models.CheckConstraint(condition=Q(tariff__in=Tariff.values), name="piece_tariff_known"),
            models.UniqueConstraint(fields=["purchase", "article", "price", "occurrence"], name="piece_line_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "-price"], condition=Q(returned_on=None), name="piece_highest_of_kind"),
            models.Index(fields=["exchanged_in"], condition=Q(exchanged_in__isnull=False), name="piece_exchanged"),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.price}"

    @property
    def tag(self) -> Decimal:
        """What it would cost without anything taken off."""
        return self.price + self.discount

    @property
    def bonuses(self) -> int:
        """Bonuses that paid for a part of it: what a return gives back. One query, unless its deductions were fetched."""
        return sum(int(row.amount) for row in self.deductions.all() if row.source == "bonus")

    @property
    def by_coupon(self) -> Decimal:
        """What a coupon took off it. One query, unless its deductions were fetched."""
        return sum((row.amount for row in self.deductions.all() if row.source == "right"), Decimal(0))


class Uin(models.Model):
    """The state's number of a marked piece: 16 digits."""

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="uins")
    number = models.CharField(_("UIN"), max_length=16, db_index=True)

    class Meta:
        verbose_name = _("UIN")
        verbose_name_plural = _("UINs")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{16}$"),
                name="uin_is_16_digits",
                violation_error_message=_("A UIN is 16 digits."),
            ),
            models.UniqueConstraint(fields=["piece", "number"], name="uin_once_on_a_piece"),
        ]

    def __str__(self) -> str:
        return self.number
