"""Files of goods that 1C sent, and what it calls goods, warehouses and prices by."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.models.sources import Source
from stores.texts.kept_words import Words, WordsField


class FileState(models.TextChoices):
    ARRIVING = "arriving", pgettext_lazy("file", "arriving")
    RECEIVED = "received", pgettext_lazy("file", "received")
    READING = "reading", pgettext_lazy("file", "being read")
    APPLIED = "applied", pgettext_lazy("file", "applied")
    WAITS = "waits", pgettext_lazy("file", "waits")
    REFUSED = "refused", pgettext_lazy("file", "refused")


class GoodsFile(models.Model):
    """A file of an exchange of goods, and what became of it.

    ``path`` is where it lies below the folder of exchanges, ``member`` its name within an archive. ``counts`` are what came of
    it so far, ``refused`` its first rows that could not be taken, with their reasons. ``left`` is what waits for a person:
    warehouses by their ids, and types of prices to choose from.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="files", verbose_name=_("source"))
    exchange = models.CharField(max_length=40, help_text="The exchange that brought it, as its cookie names it.")
    name = models.CharField(_("file"), max_length=200)
    path = models.CharField(max_length=300)
    member = models.CharField(max_length=200, blank=True)
    size = models.BigIntegerField(_("size"), default=0)
    state = models.CharField(_("state"), max_length=8, choices=FileState, default=FileState.ARRIVING)
    words = WordsField(_("in words"), blank=True)
    counts = models.JSONField(default=dict, blank=True)
    refused = models.JSONField(default=list, blank=True)
    left = models.JSONField(default=dict, blank=True)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    touched_at = models.DateTimeField(_("read last"), null=True)

    class Meta:
        verbose_name = _("file of goods")
        verbose_name_plural = _("files of goods")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="goods_file_state_known"),
            models.UniqueConstraint(fields=["source", "exchange", "name"], name="goods_file_once_an_exchange"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(state__in=["received", "reading"]), name="goods_file_to_read"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state in (FileState.RECEIVED, FileState.READING)

    @property
    def turned(self) -> "list[dict[str, Words | str]]":
        """The rows that could not be taken, worded for whoever reads."""
        return [{**row, "say": Words.of_text(row["say"])} for row in self.refused]


class Ware(models.Model):
    """A good of 1C by its id, and which article it is."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    external_id = models.CharField(max_length=80)
    article = models.CharField(_("article"), max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "external_id"], name="ware_once"),
        ]

    def __str__(self) -> str:
        return f"{self.external_id}: {self.article}"


class Term(models.Model):
    """What 1C calls by an id in one file and means in another: a group, a property with its values, a price, a warehouse."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    external_id = models.CharField(max_length=80)
    name = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "kind", "external_id"], name="term_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}: {self.name}"
