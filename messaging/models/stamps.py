"""Which base is at work: a mark that moves on while messages go."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SendingStamp(models.Model):
    """The one row that the data folder must know for messages to go (``messaging/sending.py``)."""

    value = models.UUIDField(default=uuid4, editable=False)
    at = models.DateTimeField(_("moved on"))
    closed_at = models.DateTimeField(_("sending closed"), null=True, editable=False)

    class Meta:
        verbose_name = _("stamp of sending")
        verbose_name_plural = _("stamps of sending")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="sending_has_one_stamp")]

    def __str__(self) -> str:
        return str(self.value)

    @property
    def stops_at(self) -> datetime:
        """Until when something may have gone that this base does not know of."""
        return self.closed_at or self.at
