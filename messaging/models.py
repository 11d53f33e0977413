"""The outbox: each message once, with its state and the text as sent; templates; the stop list."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from clients.models import Client, Purpose
from messaging import texts


class MessageState(models.TextChoices):
    PENDING = "pending", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown whether it arrived")
    EXPIRED = "expired", _("expired")
    SUPPRESSED = "suppressed", _("suppressed")


REASONS = {
    "not sent in time": _("not sent in time"),
    "the worker stopped while sending": _("the worker stopped while sending"),
}


class Template(models.Model):
    """A text with fixed placeholders; never a template language over what people typed."""

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), validators=[texts.validate_placeholders])
    purpose = models.CharField(_("needs consent to"), max_length=20, choices=Purpose, default=Purpose.ADVERTISING_SMS, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=MessageState.PENDING, send_after__lte=now)

    def permitted(self, quiet_zones: list[str]) -> Self:
        """Messages that may go now: a live consent, no stop, and no quiet hours where the client lives.

        ``quiet_zones`` are the time zones in which it is night; a client without a home store has the chain's.
        """
        clients = Client.objects.complete().agreed_to(Purpose.ADVERTISING_SMS)
        agreed = Exists(clients.filter(pk=OuterRef("client")))
        stopped = Exists(StopEntry.objects.filter(recipient=OuterRef("recipient")))
        quiet = Q(client__home_store__time_zone__in=quiet_zones)
        if settings.CHAIN_TIME_ZONE in quiet_zones:
            quiet |= Q(client__home_store=None)
        advertising = Q(purpose=Purpose.ADVERTISING_SMS)
        return self.filter(~stopped).exclude(advertising & ~agreed).exclude(advertising & quiet)


class Message(models.Model):
    """One SMS in the outbox. The table is the truth; the broker only wakes workers."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="messages", verbose_name=_("client"))
    occasion_key = models.CharField(_("occasion"), max_length=80, unique=True)
    template = models.ForeignKey(Template, null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("consent"), max_length=20, choices=Purpose, blank=True)
    recipient = models.CharField(_("recipient"), max_length=254)
    text = models.TextField(_("text as sent"))
    state = models.CharField(
        pgettext_lazy("of a message", "state"), max_length=10, choices=MessageState, default=MessageState.PENDING
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    send_after = models.DateTimeField(_("not before"))
    expires_at = models.DateTimeField(_("not after"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    segments = models.PositiveSmallIntegerField(_("segments"), default=1)
    provider_id = models.CharField(max_length=80, blank=True, editable=False)
    created_at = models.DateTimeField(_("queued"), auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("send_after")), name="message_expires_after_due"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["send_after"], condition=Q(state="pending"), name="message_due"),
            models.Index(fields=["state", "-id"], name="message_by_state"),
            models.Index(fields=["client", "-id"], name="message_of_client"),
        ]

    def __str__(self) -> str:
        return self.occasion_key

    @property
    def reason_shown(self) -> str:
        """Why it ended so, in words where they are ours."""
        return str(REASONS.get(self.reason, self.reason))


class StopEntry(models.Model):
    """A phone or address that must never be written to again."""

    recipient = models.CharField(_("recipient"), max_length=254, unique=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("entry of the stop list")
        verbose_name_plural = _("stop list")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.recipient
