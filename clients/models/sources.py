"""Where a card's facts came from: keys of lists, who wrote what, and what contradicts it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models.card import Client
from imports.models import ListImport


class ClientKey(models.Model):
    """What a source calls a client by: its own code, or the fingerprint of a row that has nothing better."""

    source = models.CharField(_("source"), max_length=40)
    key = models.CharField(_("code"), max_length=64)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="keys")
    list_import = models.ForeignKey(
        ListImport, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        verbose_name = _("code of a client")
        verbose_name_plural = _("codes of clients")
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "key"], name="client_key_once_in_source")]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"


class FactSource(models.Model):
    """Where facts of a card came from: which fields, from what, by whom and when. Append-only."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="sources")
    fields = models.CharField(_("fields"), max_length=200)
    origin = models.CharField(_("from"), max_length=60, help_text="counter, service desk, list 12 row 7")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.fields} ← {self.origin}"


class ContactConflict(models.Model):
    """A value that differs from the card's; the card keeps its own until a person decides."""

    class Decision(models.TextChoices):
        OPEN = "open", _("to decide")
        KEPT = "kept", _("kept as it was")
        TAKEN = "taken", _("new value taken")

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="conflicts")
    field = models.CharField(_("field"), max_length=20)
    offered = models.CharField(_("offered"), max_length=254)
    origin = models.CharField(_("from"), max_length=60)
    decision = models.CharField(_("decision"), max_length=5, choices=Decision, default=Decision.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("conflict of contacts")
        verbose_name_plural = _("conflicts of contacts")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client", "field", "offered"], condition=Q(decision="open"), name="conflict_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.offered}"
