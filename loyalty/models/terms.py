"""What the chain promises: terms by version, and their tiers."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loyalty.models.kept import Kept, KeptQuerySet
from loyalty.pricing import UNIT, Mode, Rules
from loyalty.tiers import called, hundredths
from stores.models import Employee


class TermsQuerySet(KeptQuerySet):
    def live_on(self, day: date) -> Self:
        """The version that holds on a day, first of those before it."""
        return self.filter(since__lte=day).order_by("-since", "-pk")


class Terms(Kept):
    """One version of the terms, from ``since`` on. A lot keeps the version that it was born under."""

    since = models.DateField(_("holds since"))
    mode = models.CharField(_("gives"), max_length=8, choices=Mode)
    earn_percent = models.DecimalField(_("earns, %"), max_digits=5, decimal_places=2, default=Decimal(0))
    spend_share_percent = models.DecimalField(_("bonuses pay up to, %"), max_digits=5, decimal_places=2, default=Decimal(30))
    least_paid = models.DecimalField(_("paid in money a piece, at least"), max_digits=12, decimal_places=2, default=Decimal(1))
    delay_days = models.PositiveSmallIntegerField(_("can be spent after, days"), default=14)
    life_days = models.PositiveSmallIntegerField(_("lives, days"), default=365)
    welcome = models.PositiveIntegerField(_("for the first card"), default=0)
    welcome_life_days = models.PositiveSmallIntegerField(_("for the first card, lives, days"), default=90)
    birthday = models.PositiveIntegerField(_("for the birthday"), default=0)
    birthday_before_days = models.PositiveSmallIntegerField(_("days before the birthday"), default=7)
    birthday_life_days = models.PositiveSmallIntegerField(_("for the birthday, lives, days"), default=30)
    code_from = models.PositiveIntegerField(_("a code by SMS above"), null=True, blank=True)
    tells_came = models.BooleanField(_("tells that bonuses came"), default=False)
    tells_spent = models.BooleanField(_("tells what was spent"), default=False)
    tells_ends = models.BooleanField(_("tells that a certificate ends"), default=False, db_default=False)
    by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = TermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of loyalty")
        verbose_name_plural = _("terms of loyalty")
        ordering = ["-since", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="terms_mode_known"),
            models.CheckConstraint(
                condition=Q(earn_percent__range=(0, 100)) & Q(spend_share_percent__range=(0, 100)),
                name="terms_percents_are_shares",
                violation_error_message=_("A percent is from 0 to 100."),
            ),
            models.CheckConstraint(
                condition=Q(least_paid__gte=1),
                name="terms_leave_something_to_pay",
                violation_error_message=_("At least 1 rouble of a piece is paid in money."),
            ),
            models.CheckConstraint(
                condition=Q(life_days__gte=1, welcome_life_days__gte=1, birthday_life_days__gte=1),
                name="terms_lots_live",
                violation_error_message=_("Bonuses live a day at least."),
            ),
            models.CheckConstraint(
                condition=Q(birthday_before_days__lte=60),
                name="terms_birthday_is_near",
                violation_error_message=_("At most 60 days before the birthday."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since}: {self.mode}"

    @property
    def gives_bonuses(self) -> bool:
        return self.mode in (Mode.BONUSES, Mode.BOTH)

    @property
    def gives_discount(self) -> bool:
        return self.mode in (Mode.DISCOUNT, Mode.BOTH)

    def wants_code(self, bonuses: int) -> bool:
        """Whether so many bonuses are spent that the client confirms it by a code."""
        return self.code_from is not None and bonuses > self.code_from

    @property
    def rules(self) -> Rules:
        """What a bill needs of the terms."""
        share = hundredths(self.spend_share_percent) if self.gives_bonuses else 0
        return Rules(share, int(self.least_paid * UNIT))


class Tier(Kept):
    """A step of the terms, reached by what was spent and kept in 365 days. What it does not say, the terms say."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="tiers", verbose_name=_("terms of loyalty"))
    name = models.CharField(_("name"), max_length=40, blank=True)
    from_spent = models.DecimalField(_("from a spend of"), max_digits=12, decimal_places=2)
    earn_percent = models.DecimalField(_("earns, %"), max_digits=5, decimal_places=2, null=True, blank=True)
    discount_percent = models.DecimalField(_("discount, %"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["from_spent"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_spent__gte=0)
                & (Q(earn_percent=None) | Q(earn_percent__range=(0, 100)))
                & (Q(discount_percent=None) | Q(discount_percent__range=(0, 100))),
                name="tier_percents_are_shares",
                violation_error_message=_("A percent is from 0 to 100."),
            ),
            models.UniqueConstraint(fields=["terms", "from_spent"], name="tier_once_a_spend"),
        ]

    def __str__(self) -> str:
        return self.name or called(self.from_spent)
