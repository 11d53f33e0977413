"""Another price than the one agreed on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stores.models import Employee
from workshop.models.requests import ServiceRequest


class PriceOffer(models.Model):
    """Another price than the one agreed on: it holds only after the client's yes, and ``how`` says how that was given."""

    class Answer(models.TextChoices):
        OPEN = "open", _("waits for the client")
        AGREED = "agreed", _("the client agreed")
        DECLINED = "declined", _("the client declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class How(models.TextChoices):
        PHONE = "phone", _("by phone")
        IN_PERSON = "in_person", _("in person")
        PAGE = "page", _("on the client's page")

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="offers")
    price = models.DecimalField(_("new price"), max_digits=12, decimal_places=2)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"))
    answer = models.CharField(_("answer"), max_length=9, choices=Answer, default=Answer.OPEN)
    how = models.CharField(_("how"), max_length=9, choices=How, blank=True)
    answered_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("offer of a price")
        verbose_name_plural = _("offers of prices")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request"], condition=Q(answer="open"), name="offer_open_once"),
            models.CheckConstraint(
                condition=Q(price__gte=0), name="offer_not_negative", violation_error_message=_("A price is zero or more.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.price}"
