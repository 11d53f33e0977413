"""Accounts, and who they belong to."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client


class Account(models.Model):
    """The bonuses of a client or of a family; the row is the lock of all that is written on it.

    ``owed``: what a return could not take back; new lots pay it first. It is the sum of the account's debts.
    """

    owed = models.PositiveIntegerField(_("owed"), default=0)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("bonus account")
        verbose_name_plural = _("bonus accounts")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(owed__gte=0), name="account_owes_nothing_below_zero")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class MemberQuerySet(models.QuerySet["Member"]):
    def present(self) -> Self:
        return self.filter(until=None)


class Member(models.Model):
    """A client has a share in an account from ``since`` until ``until``, a day on which they have it no more.

    Who leaves takes nothing along.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="members", verbose_name=_("bonus account"))
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("client"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    may_spend = models.BooleanField(_("may spend"), default=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a bonus account")
        verbose_name_plural = _("members of bonus accounts")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client"], condition=Q(until=None), name="member_of_one_account"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="member_leaves_after_joining"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} in {self.account_id}"

    def left_on(self, day: date) -> None:
        self.until = max(day, self.since)
        self.save(update_fields=["until"])
