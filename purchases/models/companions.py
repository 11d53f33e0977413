"""What goes together: pairs that the chain made by hand, and those that its receipts tell of."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.kinds import PieceKind
from stores.models import Employee


class Origin(models.TextChoices):
    """Who says that two things go together."""

    HAND = "hand", pgettext_lazy("a pair", "by hand")
    FOUND = "found", pgettext_lazy("a pair", "by receipts")


class CompanionQuerySet(models.QuerySet["Companion"]):
    def standing(self) -> Self:
        return self.filter(ended_on=None)

    def by_hand(self) -> Self:
        return self.filter(origin=Origin.HAND)


PAIR = ("base_article", "base_collection", "base_kind", "with_article", "with_collection", "with_kind")


class Companion(models.Model):
    """Who buys the one is offered the other.

    Each side is an article (by its key), a kind of pieces of a collection, or a kind. A row holds on the days from ``first_on``
    up to ``ended_on``, not included, so that a figure knows what was shown on a day. Of a pair that receipts tell of:
    ``took_both`` of the ``buyers`` of the one bought the other, which ``others`` bought, of all ``clients`` who bought anything;
    ``lift_low`` is the lower bound of the lift.
    """

    origin = models.CharField(_("origin"), max_length=5, choices=Origin)
    base_article = models.CharField(max_length=40, blank=True, default="", editable=False)
    base_collection = models.CharField(max_length=100, blank=True, default="", editable=False)
    base_kind = models.CharField(_("to what"), max_length=10, choices=PieceKind, blank=True, default="")
    with_article = models.CharField(max_length=40, blank=True, default="", editable=False)
    with_collection = models.CharField(max_length=100, blank=True, default="", editable=False)
    with_kind = models.CharField(_("what is offered"), max_length=10, choices=PieceKind, blank=True, default="")
    base_written = models.CharField(_("article"), max_length=40, blank=True, default="")
    with_written = models.CharField(_("offered article"), max_length=40, blank=True, default="")
    words = models.CharField(_("what the seller says"), max_length=120, blank=True, default="")
    took_both = models.PositiveIntegerField(null=True, blank=True, editable=False)
    buyers = models.PositiveIntegerField(null=True, blank=True, editable=False)
    others = models.PositiveIntegerField(null=True, blank=True, editable=False)
    clients = models.PositiveIntegerField(null=True, blank=True, editable=False)
    lift_low = models.FloatField(null=True, blank=True, editable=False)
    seen_on = models.DateField(null=True, blank=True, editable=False)
    first_on = models.DateField(_("since"))
    ended_on = models.DateField(_("until"), null=True, blank=True)
    made_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False)
    ended_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = CompanionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair that goes together")
        verbose_name_plural = _("what goes together")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="companion_origin_known"),
            models.CheckConstraint(
                condition=~Q(base_article="", base_kind="") & ~Q(with_article="", with_kind=""),
                name="companion_has_two_sides",
                violation_error_message=_("Say to what, and what is offered."),
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.HAND, made_by__isnull=False)
                | Q(origin=Origin.FOUND, took_both__isnull=False, buyers__isnull=False, lift_low__isnull=False),
                name="companion_made_or_counted",
            ),
            models.UniqueConstraint(
                fields=["origin", *PAIR],
                condition=Q(ended_on=None),
                name="companion_stands_once",
                violation_error_message=_("This pair is there already."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["base_article", "base_kind", "base_collection"], condition=Q(ended_on=None), name="companion_of_a_base"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base_written or self.get_base_kind_display()} → {self.with_written or self.get_with_kind_display()}"


class ArticleWriting(models.Model):
    """How an article stands on receipts, and the key by which the catalogue knows it; SQL cannot make the one of the other."""

    text = models.CharField(max_length=40, primary_key=True)
    key = models.CharField(max_length=40, db_index=True)

    def __str__(self) -> str:
        return self.text
