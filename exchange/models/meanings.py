"""What a source's words mean, said once by a person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.models.sources import Source
from stores.models import Employee, Store


class Subject(models.TextChoices):
    """What a word may stand for."""

    STORE = "store", _("store")
    SELLER = "seller", _("seller")
    KIND = "kind", _("kind of piece")
    ARTICLE = "article", _("article")
    WAREHOUSE = "warehouse", _("warehouse")


class Meaning(models.Model):
    """A word of tills and what it means: of one source, or of all where ``source`` is null.

    A store, a seller (None: nobody in particular), for a word of kinds and for an article the kind of piece, for a warehouse the
    store whose stock lies there (None: no store's, what lies there is left out).
    """

    subject = models.CharField(_("what it is"), max_length=9, choices=Subject)
    word = models.CharField(_("word"), max_length=120)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.CASCADE, related_name="meanings")
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("store"))
    seller = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("seller")
    )
    kind = models.CharField(_("kind of piece"), max_length=10, blank=True)
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("what a till's word means")
        verbose_name_plural = _("what words of tills mean")
        ordering: ClassVar = ["subject", "word"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(subject__in=Subject.values), name="meaning_subject_known"),
            models.UniqueConstraint(fields=["subject", "word"], condition=Q(source=None), name="meaning_once_for_all"),
            models.UniqueConstraint(fields=["subject", "word", "source"], name="meaning_once_in_source"),
            models.CheckConstraint(
                condition=Q(subject="store", store__isnull=False, seller=None, kind="")
                | Q(subject="seller", store=None, kind="")
                | Q(subject__in=["kind", "article"], store=None, seller=None) & ~Q(kind="")
                | Q(subject="warehouse", seller=None, kind=""),
                name="meaning_fits_its_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.word}"
