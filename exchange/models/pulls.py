"""MoySklad, asked for its documents."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.models.sources import Source
from stores.texts.kept_words import WordsField


class Pull(models.Model):
    """An account of MoySklad whose retail sales and returns are asked for; they come as documents of ``source``.

    ``token`` is sealed (``exchange.sealing``). ``reached`` is, a kind, the moment of its last change up to which all is here.
    """

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="pull", verbose_name=_("source"))
    token = models.CharField(max_length=1_000)
    since = models.DateTimeField(_("from"))
    reached = models.JSONField(default=dict)
    due_at = models.DateTimeField(_("next time"), default=timezone.now)
    taken_at = models.DateTimeField(_("last taken"), null=True)
    failing_since = models.DateTimeField(_("fails since"), null=True)
    words = WordsField(_("last answer"), blank=True)
    off_at = models.DateTimeField(_("switched off"), null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pulling from MoySklad")
        verbose_name_plural = _("pulling from MoySklad")
        ordering: ClassVar = ["source__name"]

    def __str__(self) -> str:
        return str(self.source)

    def reached_by(self, kind: str) -> datetime:
        """The moment from which a kind is to be asked for."""
        return datetime.fromisoformat(self.reached[kind]) if kind in self.reached else self.since
