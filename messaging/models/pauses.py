"""Advertising to a client stops for a reason."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client


class PauseQuerySet(models.QuerySet["Pause"]):
    def live(self, today: date) -> Self:
        """Holds that stop advertising on a day: not ended, and their last day is not over."""
        return self.filter(Q(until=None) | Q(until__gte=today), ended_at=None)


class Pause(models.Model):
    """Advertising to a client stops for a reason until a day (included), or until somebody ends it."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="pauses", verbose_name=_("client"))
    reason = models.CharField(_("why"), max_length=200)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty: until somebody ends it."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause of advertising")
        verbose_name_plural = _("pauses of advertising")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.reason
