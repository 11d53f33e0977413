"""What is done with pieces, how far it is, and what proves whose a piece is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ServiceKind(models.TextChoices):
    RESIZING = "resizing", _("resizing")
    REPAIR = "repair", _("repair")
    CHAIN_REPAIR = "chain_repair", _("chain repair")
    SOLDERING = "soldering", _("soldering")
    STONE_SETTING = "stone_setting", _("stone setting")
    POLISHING = "polishing", _("polishing")
    RHODIUM = "rhodium", _("rhodium plating")
    CLEANING = "cleaning", _("cleaning")
    ENGRAVING = "engraving", _("engraving")
    APPRAISAL = "appraisal", _("appraisal")
    OTHER = "other", pgettext_lazy("kind of service", "other")


class ServiceStatus(models.TextChoices):
    RECEIVED = "received", _("received")
    IN_WORK = "in_work", _("in work")
    READY = "ready", pgettext_lazy("service", "ready")
    HANDED_OUT = "handed_out", _("handed out")
    CANCELLED = "cancelled", _("cancelled")


class HandedBy(models.TextChoices):
    """What the person who fetched the piece showed."""

    TICKET = "ticket", _("the ticket")
    CODE = "code", _("a code from the client's phone")
    DOCUMENT = "document", _("a document")
