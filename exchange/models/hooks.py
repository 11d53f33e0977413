"""Whom Carat tells what has happened, and each telling with its answer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stores.texts.kept_words import WordsField


class HookKind(models.TextChoices):
    """What may be told of."""

    RECEIPT = "receipt.saved", _("a receipt was saved")
    RETURNED = "receipt.returned", _("pieces of a receipt came back")
    UNDONE = "return.undone", _("a return was taken back")
    CORRECTED = "receipt.corrected", _("a receipt was corrected")
    VOIDED = "receipt.voided", _("a receipt was voided")
    RESTORED = "receipt.restored", _("a voided receipt stands again")
    CARD = "card.registered", _("a client was registered")
    READY = "request.ready", _("a piece in service is ready")
    BONUSES = "bonuses.moved", _("bonuses were earned or spent")


class CallState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("call", "waits")
    SENDING = "sending", pgettext_lazy("call", "is being sent")
    SENT = "sent", pgettext_lazy("call", "taken")
    FAILED = "failed", pgettext_lazy("call", "not taken")


class Hook(models.Model):
    """An address that is told. ``since`` is, a kind, the key up to which everything was told, or is too old to be.

    ``secret`` is sealed (``exchange.sealing``). Off while ``failing_since`` stands is off by itself: it took nothing for days.
    """

    name = models.CharField(_("name"), max_length=60, unique=True)
    address = models.URLField(_("address"), max_length=500)
    secret = models.CharField(max_length=255)
    kinds = models.JSONField(_("told of"), default=list)
    since = models.JSONField(default=dict)
    off_at = models.DateTimeField(_("switched off"), null=True)
    failing_since = models.DateTimeField(_("fails since"), null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class HookCall(models.Model):
    """One thing told to one address: made once, sent until it is taken."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="calls")
    kind = models.CharField(_("what happened"), max_length=20, choices=HookKind)
    key = models.BigIntegerField()
    body = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=8, choices=CallState, default=CallState.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    due_at = models.DateTimeField(_("next try"), default=timezone.now)
    answer = WordsField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    made_at = models.DateTimeField(_("happened"), auto_now_add=True)

    class Meta:
        verbose_name = _("call of a webhook")
        verbose_name_plural = _("calls of webhooks")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hook", "kind", "key"], name="hook_call_once"),
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="hook_call_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state__in=["waiting", "sending"]), name="hook_call_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
