"""Who may send documents and ask, and with which keys."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from stores.models import Store


class Source(models.Model):
    """A till, a 1C base or another system. It may do no more than is said here, and sees nothing that others sent."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    store = models.ForeignKey(
        Store, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("of this store alone")
    )
    may_send = models.BooleanField(_("sends receipts and returns"), default=True)
    may_quote = models.BooleanField(_("asks for bills"), default=True)
    may_look_up = models.BooleanField(_("looks clients up"), default=True)
    may_fill = models.BooleanField(_("fills the catalogue and stock"), default=False)
    may_count = models.BooleanField(_("counts visitors at the door"), default=False, db_default=False)
    a_minute = models.PositiveIntegerField(_("requests a minute"), default=3_000, validators=[MinValueValidator(1)])
    look_ups_an_hour = models.PositiveIntegerField(_("look-ups an hour"), default=600, validators=[MinValueValidator(1)])
    price_type = models.CharField(
        _("type of prices"),
        max_length=200,
        blank=True,
        help_text="Which of 1C's prices is the tag's; empty: the retail one.",
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("source of documents")
        verbose_name_plural = _("sources of documents")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SourceKey(models.Model):
    """A key of a source; only a digest of it is kept. Two may hold at once, so that a till changes its key without a pause."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="keys")
    beginning = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("key of a source")
        verbose_name_plural = _("keys of sources")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.beginning}…"
