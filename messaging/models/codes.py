"""One-time codes: six digits that prove who holds a phone or an address."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from messaging.models.channels import Channel


class CodePurpose(models.TextChoices):
    SIGN_IN = "sign_in", _("the client's own page")
    CONTACT = "contact", _("confirming a contact")
    HAND_OUT = "hand_out", _("handing out")
    SPEND = "spend", _("spending bonuses")
    REGISTER = "register", _("registering by one's own phone")


class OneTimeCode(models.Model):
    """A code that was asked for; only a keyed digest of it is kept. ``client`` is null where nobody has the contact, and where
    somebody registers, who is a stranger yet and is written to in ``language``.

    ``browser`` is the digest of what the asking browser holds; empty at the counter. ``subject`` is what the code is about
    (a ticket's primary key). ``caller`` is a digest of where it was asked from: a device on which the contact signed in before
    (``is_known``), else an address; empty at the counter.
    """

    purpose = models.CharField(_("for"), max_length=8, choices=CodePurpose)
    client = models.ForeignKey("clients.Client", null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("goes by"), max_length=5, choices=Channel)
    recipient = models.CharField(_("recipient"), max_length=254)
    language = models.CharField(max_length=5, blank=True, default="", db_default="", editable=False)
    digest = models.CharField(max_length=64, editable=False)
    browser = models.CharField(max_length=64, blank=True, editable=False)
    subject = models.CharField(max_length=40, blank=True)
    caller = models.CharField(max_length=64, blank=True, editable=False)
    is_known = models.BooleanField(default=False, editable=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    created_at = models.DateTimeField(_("asked for"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True)
    message = models.ForeignKey("messaging.Message", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        ordering = ["-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(purpose__in=CodePurpose.values), name="code_purpose_known")]
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="code_by_expiry")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
