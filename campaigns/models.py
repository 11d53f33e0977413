"""Standing rules that queue messages."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from messaging.models import Template


class Program(models.Model):
    """A standing rule; the birthday compliment is the first. ``hour`` is local to the client's home store."""

    class Kind(models.TextChoices):
        BIRTHDAY = "birthday", _("birthday compliment")

    kind = models.CharField(_("program"), max_length=20, choices=Kind, unique=True)
    is_on = models.BooleanField(_("on"), default=True)
    hour = models.PositiveSmallIntegerField(_("sent from"), default=settings.BIRTHDAY_HOUR)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, verbose_name=_("template"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(hour__gte=9, hour__lt=21),
                name="program_in_decent_hours",
                violation_error_message=_("Messages go between 9:00 and 21:00."),
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
