"""What people answer, and who must never be written to again."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from clients.writing import phones


class StopEntry(models.Model):
    """A phone (E.164) or address (lower case) that must never be written to again."""

    recipient = models.CharField(_("recipient"), max_length=254, unique=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("entry of the stop list")
        verbose_name_plural = _("stop list")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.recipient

    def clean(self) -> None:
        """As cards have it; a number typed in another way would match nobody."""
        written = self.recipient.strip()
        self.recipient = written.lower() if "@" in written else phones.normalise(written) or written


class Reply(models.Model):
    """What somebody answered to a message; ``provider_id`` keeps one that comes twice from counting twice."""

    sender = models.CharField(_("sender"), max_length=254)
    text = models.TextField(_("text"), blank=True)
    gateway = models.CharField(_("gateway"), max_length=20)
    provider_id = models.CharField(max_length=120)
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="replies", verbose_name=_("client"))
    is_stop = models.BooleanField(_("asks to stop"), default=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["gateway", "provider_id"], name="reply_once")]

    def __str__(self) -> str:
        return f"{self.sender}: {self.text[:40]}"
