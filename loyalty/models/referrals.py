"""Friends who bring friends: who brought whom, and what came of it."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.models import Client
from loyalty.models.kept import Kept, KeptQuerySet
from stores.models import Employee


class ReferralTermsQuerySet(KeptQuerySet):
    def live_on(self, day: date) -> Self:
        """The version that holds on a day, first of those before it."""
        return self.filter(since__lte=day).order_by("-since", "-pk")


class ReferralTerms(Kept):
    """What a friend brings, from ``since`` on: bonuses for both after the friend's first purchase from ``floor`` that was kept.

    Both sums zero: nothing any more.
    """

    since = models.DateField(_("holds since"))
    for_referrer = models.PositiveIntegerField(_("to who brought the friend"), default=0)
    for_friend = models.PositiveIntegerField(_("to the friend"), default=0)
    floor = models.DecimalField(_("first purchase from"), max_digits=12, decimal_places=2, default=Decimal(0))
    delay_days = models.PositiveSmallIntegerField(_("days after the purchase"), default=14)
    most_a_year = models.PositiveSmallIntegerField(_("friends a year, at most"), default=10)
    life_days = models.PositiveSmallIntegerField(_("bonuses live, days"), default=365)
    by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = ReferralTermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms for friends")
        verbose_name_plural = _("terms for friends")
        ordering = ["-since", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(floor__gte=0) & Q(life_days__gte=1), name="referral_terms_make_sense")
        ]

    def __str__(self) -> str:
        return f"{self.since}: {self.for_referrer} + {self.for_friend}"

    @property
    def gives(self) -> bool:
        return bool(self.for_referrer or self.for_friend)


class ReferralStatus(models.TextChoices):
    REGISTERED = "registered", pgettext_lazy("a friend", "has not bought yet")
    REWARDED = "rewarded", pgettext_lazy("a friend", "bonuses are given")
    VOID = "void", pgettext_lazy("a friend", "no bonuses")


class VoidReason(models.TextChoices):
    """Why a friend brings nothing."""

    NONE = "", ""
    SAME = "same", _("both cards are one person's, or one family's")
    LIMIT = "limit", _("more friends than the terms allow in a year")
    RETURNED = "returned", _("the purchase came back")
    ERASED = "erased", _("the data of one of the two were erased")


class Referral(models.Model):
    """A client came by another's word. A friend is brought once."""

    referrer = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="brought", verbose_name=_("who brought"))
    friend = models.OneToOneField(Client, on_delete=models.PROTECT, related_name="brought_by", verbose_name=_("friend"))
    status = models.CharField(_("status"), max_length=10, choices=ReferralStatus, default=ReferralStatus.REGISTERED)
    reason = models.CharField(_("why none"), max_length=8, choices=VoidReason, blank=True)
    on = models.DateField(_("day"))
    rewarded_on = models.DateField(_("bonuses given on"), null=True, blank=True)
    by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("friend brought by a friend")
        verbose_name_plural = _("friends brought by friends")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=ReferralStatus.values), name="referral_status_known"),
            models.CheckConstraint(condition=Q(status=ReferralStatus.VOID) | Q(reason=""), name="referral_void_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(referrer=F("friend")) | Q(status=ReferralStatus.VOID), name="referral_is_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referrer_id} → {self.friend_id}"
