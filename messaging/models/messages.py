"""The outbox: each message once, with its state, its story and what it cost; and what forbids a message."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.models import Client, Consent, Purpose
from messaging import texts
from messaging.models.channels import EVERY_CHANNEL, PAPER, Channel, Lane
from messaging.models.letters import Letter
from messaging.models.templates import Template
from stores.models import Employee, Store


class MessageState(models.TextChoices):
    PENDING = "pending", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown whether it arrived")
    EXPIRED = "expired", _("expired")
    SUPPRESSED = "suppressed", _("suppressed")


# Messages from these carry one-time codes, which nobody of the chain may read.
SECRET_SOURCES = ("sign-in", "code", "register")
# Messages to somebody of whom there is no card: a trial of a gateway, a code for who registers.
NOBODYS = ("test", "register")
FINAL = (MessageState.DELIVERED, MessageState.FAILED, MessageState.EXPIRED, MessageState.SUPPRESSED)
# A message in one of these has reached the client, or may have.
GONE = (MessageState.SENDING, MessageState.SENT, MessageState.DELIVERED, MessageState.UNKNOWN)


class Reason(models.TextChoices):
    """Why a message did not go, waits, or is in doubt."""

    CONSENT = "consent", _("no consent")
    STOP = "stop", _("on the stop list")
    PAUSE = "pause", _("advertising to the client is paused")
    CAP = "cap", _("the client has been contacted often enough")
    HOLDOUT = "holdout", _("compared without a message")
    CARD = "card", _("the card is incomplete")
    CONTACT = "contact", _("nowhere to send to")
    ROAD = "road", _("the program has no way to reach the client")
    LENGTH = "length", _("longer than the operator takes")
    NIGHT = "night", _("waits for the morning")
    LATE = "late", _("not sent in time")
    GATEWAY = "gateway", _("the gateway did not take it")
    REJECTED = "rejected", _("rejected for good")
    UNDELIVERED = "undelivered", _("not delivered")
    DOUBT = "doubt", _("no clear answer")
    LOST = "lost", _("the worker stopped while sending")
    DECIDED = "decided", _("decided by a person")
    RESTORED = "restored", _("restored: may have gone")
    MERGED = "merged", _("two cards became one")
    BOUGHT = "bought", _("the client has come or complained since")
    TOPIC = "topic", _("the client wants no letters about this topic")


def may_have_gone(since: datetime, until: datetime) -> Q:
    """In a copy of ``since``, while the chain went on until ``until``: what waited or was on its way, and came due by then."""
    waited = Q(state=MessageState.PENDING, send_after__lte=until, expires_at__gt=since)
    return waited | Q(state=MessageState.SENDING)


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> Self:
        """What a gateway is to take; letters on paper wait for a printer."""
        return self.filter(state=MessageState.PENDING, send_after__lte=now).exclude(channel=PAPER)

    def of_stores(self, stores: list[Store]) -> Self:
        """Messages to clients of the stores, and to those whose home nobody knows."""
        return self.filter(Q(store__in=stores) | Q(store=None))


class Message(models.Model):
    """One SMS, e-mail or letter on paper in the outbox. The table is the truth; the broker only wakes workers.

    ``claim`` names the run of a worker that took it; ``token`` is what a gateway's receipt must know.
    ``cost`` is in the chain's currency. ``store`` is the client's home when the message was queued.
    """

    client = models.ForeignKey(
        Client, null=True, on_delete=models.PROTECT, related_name="messages", db_index=False, verbose_name=_("client")
    )
    store = models.ForeignKey(
        Store, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("home store")
    )
    occasion_key = models.CharField(_("occasion"), max_length=80)
    source = models.CharField(_("from"), max_length=50, blank=True, help_text="The program or what else queued it.")
    occasion_on = models.DateField(_("day of the occasion"), null=True)
    counted_from = models.DateField(null=True, editable=False, help_text="Store-local day from which visits count as its effect.")
    template = models.ForeignKey(Template, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(_("goes by"), max_length=5, choices=EVERY_CHANNEL, default=Channel.SMS)
    lane = models.CharField(_("queue"), max_length=6, choices=Lane, default=Lane.BULK)
    purpose = models.CharField(_("consent"), max_length=20, choices=Purpose, blank=True)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    recipient = models.CharField(_("recipient"), max_length=254)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text as sent"))
    state = models.CharField(
        pgettext_lazy("of a message", "state"), max_length=10, choices=MessageState, default=MessageState.PENDING
    )
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    words = models.CharField(_("the gateway's words"), max_length=200, blank=True)
    send_after = models.DateTimeField(_("not before"))
    expires_at = models.DateTimeField(_("not after"))
    drop_when_bought = models.BooleanField(
        default=False, db_default=False, editable=False, help_text="What the client does meanwhile makes it needless."
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    segments = models.PositiveSmallIntegerField(_("segments"), default=1)
    cost = models.DecimalField(_("cost"), max_digits=9, decimal_places=2, default=0)
    gateway = models.CharField(_("gateway"), max_length=20, blank=True)
    provider_id = models.CharField(max_length=120, blank=True, editable=False)
    token = models.UUIDField(default=uuid4, editable=False)
    claim = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(_("queued"), auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["occasion_key"], name="message_occasion_once"),
            models.UniqueConstraint(fields=["token"], name="message_token_once"),
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("send_after")), name="message_expires_after_due"),
            models.CheckConstraint(condition=Q(client__isnull=False) | Q(source__in=NOBODYS), name="message_has_a_client"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["lane", "send_after", "id"], condition=Q(state="pending"), name="message_due"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="message_on_its_way"),
            # The work lists. The many that go their way are found by their key; an index on each state would be written thrice.
            models.Index(
                fields=["state", "-id"],
                condition=Q(state__in=["unknown", "failed", "expired", "suppressed"]),
                name="message_to_look_at",
            ),
            models.Index(fields=["store", "state", "-id"], name="message_of_store"),
            models.Index(fields=["client", "-id"], name="message_of_client"),
            models.Index(fields=["source", "occasion_on"], name="message_of_source"),
            models.Index(fields=["sent_at"], condition=Q(sent_at__isnull=False), name="message_by_sending"),
        ]

    def __str__(self) -> str:
        return self.occasion_key

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    @property
    def text_shown(self) -> str:
        """The text for the chain's people: a one-time code is nobody's but the client's."""
        return texts.masked(self.text) if self.source in SECRET_SOURCES else self.text


class MessageEvent(models.Model):
    """A step in the story of a message. Append-only."""

    class Kind(models.TextChoices):
        CLAIMED = "claimed", _("taken by a worker")
        SENT = "sent", _("handed over")
        REFUSED = "refused", _("not taken; to be tried again")
        REJECTED = "rejected", _("rejected for good")
        DOUBT = "doubt", _("no clear answer")
        LOST = "lost", _("the worker stopped while sending")
        RECEIPT = "receipt", _("receipt")
        WAITS = "waits", _("put off")
        SUPPRESSED = "suppressed", _("suppressed")
        EXPIRED = "expired", _("expired")
        DECIDED = "decided", _("decided by a person")
        RESTORED = "restored", _("the base was restored from a copy")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="events", db_index=False)
    at = models.DateTimeField(_("at"))
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind)
    gateway = models.CharField(_("gateway"), max_length=20, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    words = models.CharField(_("words"), max_length=200, blank=True)
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("step of a message")
        verbose_name_plural = _("steps of messages")
        ordering = ["pk"]
        indexes: ClassVar = [models.Index(fields=["message", "id"], name="event_of_message")]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.kind}"


TEST = "test"
