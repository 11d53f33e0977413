"""By what a message goes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    SMS = "sms", _("SMS")
    EMAIL = "email", _("e-mail")


# By hand and in an envelope: no gateway takes it (``messaging.paper``).
PAPER = "post"
EVERY_CHANNEL = [*Channel.choices, (PAPER, _("letter on paper"))]


class Lane(models.TextChoices):
    """What is urgent has workers of its own, so that a campaign never delays a code."""

    URGENT = "urgent", _("urgent")
    BULK = "bulk", _("bulk")
