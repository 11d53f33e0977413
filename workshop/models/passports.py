"""Passport data, sealed, and who opened them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stores.models import Employee
from workshop.models.requests import ServiceRequest


class Passport(models.Model):
    """Passport data of who left a piece, sealed by a key outside the database; deleted on its day."""

    request = models.OneToOneField(ServiceRequest, on_delete=models.CASCADE, related_name="passport")
    sealed = models.BinaryField()
    delete_on = models.DateField(_("deleted on"), db_index=True)
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("passport data")
        verbose_name_plural = _("passport data")

    def __str__(self) -> str:
        return f"{self.request_id}"


class PassportView(models.Model):
    """Who opened the passport data of a request, when and why. Append-only, and outlives the data."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="passport_views")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("why"), max_length=200)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("view of passport data")
        verbose_name_plural = _("views of passport data")
        ordering = ["-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(why=""), name="passport_view_says_why")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.by_id}"
