"""What is known about a contact beside that it is written on the card; and cards that were erased at the person's wish."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ContactProof(models.Model):
    """A phone or e-mail was confirmed by a code, or a contact failed. Append-only; the newest about the card's present value
    holds.
    """

    class Field(models.TextChoices):
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")
        POSTAL = "postal_address", _("postal address")

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        DOUBTFUL = "doubtful", _("doubtful")

    # A reason that a manager gives and not a gateway: the page words it itself.
    INVENTED = "looks invented"

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="proofs")
    field = models.CharField(_("field"), max_length=14, choices=Field)
    value = models.CharField(_("contact"), max_length=254)
    state = models.CharField(_("is"), max_length=9, choices=State)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("word about a contact")
        verbose_name_plural = _("words about contacts")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=["confirmed", "doubtful"]), name="proof_state_known"),
            models.CheckConstraint(condition=Q(field__in=["phone", "email", "postal_address"]), name="proof_field_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["client", "field", "-id"], name="proof_newest")]

    def __str__(self) -> str:
        return f"{self.field} {self.state}"


class Erasure(models.Model):
    """The act about a card that was anonymised. ``card`` is a bare number: it holds in a restored base too."""

    card = models.BigIntegerField(_("card"), unique=True)
    number = models.CharField(_("act"), max_length=20, unique=True)
    basis = models.CharField(_("on the ground of"), max_length=200)
    kept = models.JSONField(default=dict, help_text="What stays without a name, counted.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("act of erasure")
        verbose_name_plural = _("acts of erasure")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number


class ErasedMark(models.Model):
    """A keyed hash of a contact, a code or a name with its birth date that an erased person had (``clients.forgotten``)."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("mark of an erasure")
        verbose_name_plural = _("marks of erasures")

    def __str__(self) -> str:
        return self.digest[:8]
