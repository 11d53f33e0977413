"""By which gateways messages go, at what price, and what a day may cost and has cost."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from messaging.models.channels import Channel, Lane


class Route(models.Model):
    """A gateway that a channel may go by, in the order of ``position``, with its price and its circuit breaker.

    The breaker is open until ``open_until``; then one message tries the gateway. ``failures`` are in a row, and so are
    ``rejections``: messages refused for good with none taken between them.
    """

    channel = models.CharField(_("goes by"), max_length=5, choices=Channel)
    gateway = models.CharField(_("gateway"), max_length=20)
    is_on = models.BooleanField(_("in use"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=1, help_text=_("The first that works is taken."))
    price = models.DecimalField(_("price of a segment"), max_digits=7, decimal_places=2, default=0)
    failures = models.PositiveIntegerField(default=0, editable=False)
    rejections = models.PositiveIntegerField(default=0, editable=False)
    open_until = models.DateTimeField(null=True, editable=False)
    trouble = models.CharField(max_length=200, blank=True, editable=False)
    trouble_at = models.DateTimeField(null=True, editable=False)
    history = HistoricalRecords(excluded_fields=["failures", "rejections", "open_until", "trouble", "trouble_at"])

    class Meta:
        verbose_name = _("gateway in use")
        verbose_name_plural = _("gateways in use")
        ordering = ["channel", "position", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "gateway"], name="route_once")]

    def __str__(self) -> str:
        return f"{self.channel}: {self.gateway}"


class Budget(models.Model):
    """The most that a queue may spend on a day of the chain; null is no limit. Its row is locked while messages are claimed."""

    lane = models.CharField(_("queue"), max_length=6, choices=Lane, unique=True)
    segments = models.PositiveIntegerField(_("segments a day"), null=True, blank=True)
    money = models.DecimalField(_("money a day"), max_digits=10, decimal_places=2, null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("daily budget")
        verbose_name_plural = _("daily budgets")
        ordering = ["-lane"]

    def __str__(self) -> str:
        return self.get_lane_display()

    def left(self, spent: "tuple[int, Any]") -> "tuple[float, float]":
        """Segments and money that may still be spent today; infinite without a limit."""
        segments = float("inf") if self.segments is None else float(self.segments - spent[0])
        money = float("inf") if self.money is None else float(self.money - spent[1])
        return segments, money


class Spending(models.Model):
    """What a queue has spent through a gateway on a day of the chain, reserved when a message is claimed."""

    day = models.DateField(_("day"))
    lane = models.CharField(_("queue"), max_length=6, choices=Lane)
    gateway = models.CharField(_("gateway"), max_length=20)
    messages = models.IntegerField(_("messages"), default=0)
    segments = models.IntegerField(_("segments"), default=0)
    money = models.DecimalField(_("money"), max_digits=12, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("spending of a day")
        verbose_name_plural = _("spending of days")
        ordering = ["-day"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "lane", "gateway"], name="spending_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.lane} {self.gateway}"
