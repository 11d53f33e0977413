"""Rights to a better price: coupons, personal offers, gifts; and their uses."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.kinds import PieceKind
from clients.models import Client
from loyalty import codes
from loyalty.pricing import UNIT, Benefit, Offer, Refused
from loyalty.tiers import hundredths
from stores.models import Employee
from stores.texts import writing


class RightQuerySet(models.QuerySet["Right"]):
    def open_on(self, day: date) -> Self:
        """Which can be used on a day."""
        return self.filter(uses_left__gt=0, revoked_at=None, from_on__lte=day, until_on__gte=day)

    def of_code(self, text: str) -> Self:
        """Whose code a text is, typed or scanned."""
        return self.filter(code_key__in=codes.readings(text))


class Right(models.Model):
    """A coupon (open: whoever has its code), or a personal offer (of ``client``): what it gives, on what, from when to when.

    ``value``: a percent, roubles, or for a gift the highest tag of a piece that is given. ``kinds`` are the only ones that it is
    for (none: all), ``not_on`` those that it is not for. ``uses_left`` goes down by a conditional UPDATE alone.
    """

    occasion_key = models.CharField(max_length=80, unique=True)
    code_key = models.CharField(_("code"), max_length=codes.RIGHT, unique=True)
    name = models.CharField(pgettext_lazy("of a coupon", "name"), max_length=80)
    client = models.ForeignKey(
        Client, null=True, blank=True, on_delete=models.PROTECT, related_name="rights", verbose_name=_("client")
    )
    benefit = models.CharField(_("gives"), max_length=7, choices=Benefit)
    value = models.DecimalField(_("how much"), max_digits=12, decimal_places=2)
    floor = models.DecimalField(_("from a sum of"), max_digits=12, decimal_places=2, default=Decimal(0))
    kinds = models.JSONField(_("only for"), default=list, blank=True)
    not_on = models.JSONField(_("not for"), default=list, blank=True)
    with_tier = models.BooleanField(_("together with the discount of the tier"), default=False)
    from_on = models.DateField(_("holds from"))
    until_on = models.DateField(_("holds until"))
    uses = models.PositiveIntegerField(_("uses"), default=1)
    uses_left = models.PositiveIntegerField(_("uses left"), default=1)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("issued"), default=timezone.now)

    objects = RightQuerySet.as_manager()

    class Meta:
        verbose_name = _("coupon")
        verbose_name_plural = _("coupons")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(code_key__regex=rf"^[{codes.ALPHABET}]{{8}}$"), name="right_code_is_readable"),
            models.CheckConstraint(condition=Q(benefit__in=Benefit.values), name="right_benefit_known"),
            models.CheckConstraint(
                condition=Q(value__gt=0) & (~Q(benefit=Benefit.PERCENT) | Q(value__lte=100)),
                name="right_gives_something",
                violation_error_message=_("Type a sum above zero, or a percent up to 100."),
            ),
            models.CheckConstraint(condition=Q(floor__gte=0), name="right_floor_not_negative"),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="right_ends_after_it_begins",
                violation_error_message=_("The last day is before the first one. Put one of the two right."),
            ),
            models.CheckConstraint(
                condition=Q(uses__gte=1) & Q(uses_left__gte=0) & Q(uses_left__lte=F("uses")), name="right_uses_left_within_uses"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["client", "until_on"], condition=Q(client__isnull=False), name="right_of_client")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """As it is printed."""
        return codes.shown(self.code_key)

    @property
    def gives(self) -> str:
        """What it gives, in words."""
        is_percent = self.benefit == Benefit.PERCENT
        words = _("a gift with a tag up to %(sum)s") if self.benefit == Benefit.GIFT else _("%(sum)s off")
        told = f"{writing.shortest(self.value)}{writing.NBSP}%" if is_percent else writing.money(self.value)
        return str(words % {"sum": told})

    @property
    def only_for(self) -> str:
        return ", ".join(str(PieceKind(kind).label) for kind in self.kinds)

    @property
    def but_for(self) -> str:
        return ", ".join(str(PieceKind(kind).label) for kind in self.not_on)

    @property
    def offer(self) -> Offer:
        """What a bill needs of it."""
        value = hundredths(self.value) if self.benefit == Benefit.PERCENT else int(self.value * UNIT)
        kinds = frozenset(self.kinds), frozenset(self.not_on)
        return Offer(Benefit(self.benefit), value, int(self.floor * UNIT), *kinds, self.with_tier)

    def refused_to(self, client: int | None, day: date) -> Refused:
        """Why it cannot be used by a client (None: nobody known) on a day, whatever is bought."""
        reasons = [
            (Refused.REVOKED, self.revoked_at is not None),
            (Refused.OTHERS, self.client_id is not None and self.client_id != client),
            (Refused.USED, not self.uses_left),
            (Refused.EARLY, day < self.from_on),
            (Refused.LATE, day > self.until_on),
        ]
        return next((reason for reason, holds in reasons if holds), Refused.NOT)


class RightUseQuerySet(models.QuerySet["RightUse"]):
    def standing(self) -> Self:
        return self.filter(back_on=None)


class RightUse(models.Model):
    """A right used in a receipt, until what it gave came back (``back_on``).

    ``is_drawn``: it took one of the uses. One that stands again after somebody else had the last use takes none.
    """

    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="used", verbose_name=_("coupon"))
    receipt_key = models.CharField(max_length=60, unique=True)
    amount = models.DecimalField(_("taken off"), max_digits=12, decimal_places=2)
    on = models.DateField(_("day"))
    back_on = models.DateField(_("given back"), null=True, blank=True)
    is_drawn = models.BooleanField(default=True)
    by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(auto_now_add=True)

    objects = RightUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a coupon")
        verbose_name_plural = _("uses of coupons")
        ordering = ["-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gte=0), name="use_takes_nothing_below_zero")]

    def __str__(self) -> str:
        return f"{self.right_id}: {self.receipt_key}"

    @property
    def receipt(self) -> int | None:
        """The key of the receipt's row."""
        number = self.receipt_key.rpartition(":")[2]
        return int(number) if number.isdecimal() else None
