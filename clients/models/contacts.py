"""Phones and e-mails of a client beside those that they are written to at."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.card import Client
from clients.writing import phones
from imports.models import ListImport


class ContactBesideQuerySet(models.QuerySet["ContactBeside"]):
    def kept(self) -> "ContactBesideQuerySet":
        """Without those that were removed and wait a day for an undo."""
        return self.filter(removed_at=None)


class ContactBeside(models.Model):
    """A further phone (E.164) or e-mail (lower case) of a client: found by, and matched by where the name agrees.

    Nothing goes to it unless ``is_written_to``; several clients may have the same one.
    """

    class Kind(models.TextChoices):
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="contacts_beside")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    value = models.CharField(_("contact"), max_length=254, db_index=True)
    words = models.CharField(_("whose, or when to call"), max_length=100, blank=True)
    is_written_to = models.BooleanField(_("is written to"), default=False)
    list_import = models.ForeignKey(
        ListImport, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False, db_constraint=False
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"))
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    objects = ContactBesideQuerySet.as_manager()
    history = HistoricalRecords(no_db_index=["value", "list_import", "by"])

    class Meta:
        verbose_name = _("further contact")
        verbose_name_plural = _("further contacts")
        ordering = ["-kind", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client", "kind", "value"], condition=Q(removed_at__isnull=True), name="contact_beside_kept_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=["phone", "email"]), name="contact_beside_kind_known"),
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """The contact as people read it."""
        return phones.national(self.value) if self.kind == self.Kind.PHONE else self.value

    @classmethod
    def kind_of(cls, value: str) -> str:
        return (cls.Kind.EMAIL if "@" in value else cls.Kind.PHONE).value
