"""What is usual at the desk: masters, terms of services, the wording of the agreement."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from stores.models import Store
from workshop.models.kinds import ServiceKind


class Master(models.Model):
    """Somebody of the workshop; they need not sign in. Without a store they work for all."""

    name = models.CharField(_("name"), max_length=80)
    store = models.ForeignKey(
        Store, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("works for")
    )
    is_active = models.BooleanField(_("works"), default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("master")
        verbose_name_plural = _("masters")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ServiceTerm(models.Model):
    """What is usual for a kind of service: whether it is taken in, days of work, price, whether a passport is asked for."""

    kind = models.CharField(_("what to do"), max_length=15, choices=ServiceKind, unique=True)
    is_offered = models.BooleanField(_("we take it in"), default=True, db_default=True)
    days = models.PositiveSmallIntegerField(_("usual days"), default=7)
    price = models.DecimalField(_("usual price"), max_digits=12, decimal_places=2, null=True, blank=True)
    asks_passport = models.BooleanField(_("always asks for a passport"), default=False)
    passport_from = models.DecimalField(
        _("asks for a passport from a declared value of"), max_digits=12, decimal_places=2, null=True, blank=True
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("term of a service")
        verbose_name_plural = _("terms of services")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.get_kind_display()


class AgreementText(models.Model):
    """What client and chain agree on at intake, word for word; a new wording is a new version."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    text = models.TextField(_("text"))
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("text of the agreement")
        verbose_name_plural = _("texts of the agreement")
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"v{self.version}"
