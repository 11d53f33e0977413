"""Chats that clients opened with the chain in messengers: whose each is, the codes that connect them, what came from them.

A browser that takes notifications is such a chat too, of the messenger ``PUSH``, and a client may have several.
"""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client

# So long a chat that was disconnected by a slip can be connected again as it was.
UNDO = timedelta(days=1)
PUSH = "push"


class ChatQuerySet(models.QuerySet["Chat"]):
    def live(self) -> Self:
        return self.filter(ended_at=None)

    def shown(self, now: datetime) -> Self:
        """Those that hold, and those that a person disconnected and may connect again."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=now - UNDO, why_ended__in=UNDOABLE))


class Chat(models.Model):
    """A client's chat in a messenger; ``messenger`` is the gateway's name, ``number`` what the messenger calls the chat.

    Of a browser it is the digest of the address at which notifications are left.
    """

    class Why(models.TextChoices):
        STOP = "stop", _("the client wrote “stop”")
        BLOCKED = "blocked", _("the client blocked the bot")
        COUNTER = "counter", _("disconnected at the counter")
        PAGE = "page", _("disconnected on the client's page")
        REPLACED = "replaced", _("another chat took its place")
        MERGED = "merged", _("two cards became one")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="chats", db_index=False, verbose_name=_("client"))
    messenger = models.CharField(_("messenger"), max_length=20)
    number = models.CharField(_("chat"), max_length=64)
    linked_at = models.DateTimeField(_("connected"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(_("disconnected"), null=True)
    why_ended = models.CharField(_("why"), max_length=10, choices=Why, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = ChatQuerySet.as_manager()

    class Meta:
        verbose_name = _("chat in a messenger")
        verbose_name_plural = _("chats in messengers")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["messenger", "number"], condition=Q(ended_at__isnull=True), name="chat_of_one_client"
            ),
            models.UniqueConstraint(
                fields=["client", "messenger"],
                condition=Q(ended_at__isnull=True) & ~Q(messenger=PUSH),
                name="one_chat_of_a_messenger",
            ),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) ^ ~Q(why_ended=""), name="ended_chat_says_why"),
        ]
        indexes: ClassVar = [models.Index(fields=["client", "messenger"], name="chat_of_client")]

    def __str__(self) -> str:
        return f"{self.messenger} {self.pk}"


class PushDevice(models.Model):
    """What it takes to reach a browser with a notification: address and keys, sealed; gone with the browser's word for it."""

    chat = models.OneToOneField(Chat, primary_key=True, on_delete=models.CASCADE, related_name="device")
    sealed = models.TextField(editable=False)
    title = models.CharField(_("device"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("device with notifications")
        verbose_name_plural = _("devices with notifications")

    def __str__(self) -> str:
        return self.title


UNDOABLE = (Chat.Why.COUNTER, Chat.Why.PAGE)


class ChatCode(models.Model):
    """A code that connects the chat from which it comes back to the client to whom it was shown; a keyed digest of it is kept.

    ``chat`` is what came of it.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    messenger = models.CharField(_("messenger"), max_length=20)
    digest = models.CharField(max_length=64, editable=False, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(_("shown"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True)
    chat = models.ForeignKey(Chat, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("code that connects a chat")
        verbose_name_plural = _("codes that connect chats")
        ordering = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="chat_code_by_expiry")]

    def __str__(self) -> str:
        return f"{self.messenger} {self.pk}"


class ChatUpdate(models.Model):
    """Something done in a chat that was seen to, by the messenger's own number; what comes twice counts once."""

    messenger = models.CharField(max_length=20)
    number = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("word from a chat")
        verbose_name_plural = _("words from chats")
        ordering = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["messenger", "number"], name="chat_update_once")]
        indexes: ClassVar = [models.Index(fields=["at"], name="chat_update_by_age")]

    def __str__(self) -> str:
        return f"{self.messenger} {self.number}"
