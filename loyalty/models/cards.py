"""Cards of plastic: their numbers as they are written, zeros included."""

import re
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.writing import names
from loyalty.models.accounts import Account
from stores.models import Employee

# A scanner may frame a number by these, and people part it so.
_SIGNS = re.compile(r"[\s№#%;?.\-–—]+")
_ALIKE = str.maketrans({cyrillic: latin for latin, cyrillic in names.LOOKALIKES.items()})
SHORTEST, LONGEST = 4, 40


def key_of(number: str, *, shortest: int = SHORTEST) -> str:
    """What of a number stays the same however it is written: its signs in Latin capitals, zeros too. "" for what is no number."""
    key = _SIGNS.sub("", number).upper().translate(_ALIKE)
    return key if shortest <= len(key) <= LONGEST and key.isascii() and key.isalnum() and re.search(r"\d", key) else ""


class CardStatus(models.TextChoices):
    ISSUED = "issued", pgettext_lazy("a plastic card", "holds")
    BLOCKED = "blocked", pgettext_lazy("a plastic card", "blocked")
    REPLACED = "replaced", pgettext_lazy("a plastic card", "replaced")


class LoyaltyCardQuerySet(models.QuerySet["LoyaltyCard"]):
    def of_client(self, client: int) -> Self:
        """Of the account in which a client has a share."""
        return self.filter(account__members__client=client, account__members__until=None)


class LoyaltyCard(models.Model):
    """A number that a chain has printed on plastic. It names an account; a number that was replaced still finds its client."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="cards", verbose_name=_("bonus account"))
    number_key = models.CharField(max_length=LONGEST, unique=True)
    shown = models.CharField(_("number"), max_length=LONGEST)
    status = models.CharField(_("status"), max_length=8, choices=CardStatus, default=CardStatus.ISSUED)
    issued_on = models.DateField(_("issued"))
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = LoyaltyCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("plastic card")
        verbose_name_plural = _("plastic cards")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=CardStatus.values), name="plastic_status_known"),
            models.CheckConstraint(condition=~Q(number_key=""), name="plastic_has_a_number"),
            models.CheckConstraint(
                condition=Q(status=CardStatus.ISSUED, ended_on=None) | (~Q(status=CardStatus.ISSUED) & Q(ended_on__isnull=False)),
                name="plastic_ends_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.shown

    def ends(self, status: CardStatus, on: date) -> None:
        self.status, self.ended_on = status, on
        self.save(update_fields=["status", "ended_on"])

    def holds_again(self) -> None:
        self.status, self.ended_on = CardStatus.ISSUED, None
        self.save(update_fields=["status", "ended_on"])
