"""The people whom a client buys for."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Relation(models.TextChoices):
    """Who the wearer is to the client."""

    WIFE = "wife", _("wife")
    HUSBAND = "husband", _("husband")
    MOTHER = "mother", _("mother")
    FATHER = "father", _("father")
    DAUGHTER = "daughter", _("daughter")
    SON = "son", _("son")
    SISTER = "sister", _("sister")
    BROTHER = "brother", _("brother")
    FRIEND = "friend", pgettext_lazy("a relation", "friend")
    OTHER = "other", pgettext_lazy("a relation", "somebody else")


class WearerQuerySet(models.QuerySet["Wearer"]):
    def kept(self) -> "WearerQuerySet":
        """Without those who were forgotten and wait a day for an undo."""
        return self.filter(forgotten_at=None)


class Wearer(models.Model):
    """Somebody the client buys for: a third party, so no contacts, and never written to.

    ``day`` is month × 100 + day of ``occasion`` (null: the birthday); ``ring_size`` an inner diameter in mm.
    """

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="wearers")
    first_name = models.CharField(_("first name"), max_length=80)
    relation = models.CharField(_("is the client's"), max_length=10, choices=Relation, default=Relation.OTHER)
    occasion = models.ForeignKey(
        "clients.OccasionKind", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("occasion")
    )
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    ring_size = models.DecimalField(_("ring size"), max_digits=4, decimal_places=2, null=True, blank=True)
    is_surprise = models.BooleanField(_("a surprise: do not mention"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    forgotten_at = models.DateTimeField(_("forgotten"), null=True, blank=True)

    objects = WearerQuerySet.as_manager()

    class Meta:
        verbose_name = _("somebody the client buys for")
        verbose_name_plural = _("people whom clients buy for")
        ordering = ["first_name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(first_name=""), name="wearer_has_a_name"),
            models.CheckConstraint(condition=Q(day__isnull=True) | Q(day__gte=101, day__lte=1231), name="wearer_day_is_a_day"),
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="wearer_relation_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["day"], condition=Q(day__isnull=False), name="wearer_by_day")]

    def __str__(self) -> str:
        return f"{self.first_name} ({self.get_relation_display()})"

    @property
    def day_shown(self) -> str:
        """The day as people write it, empty where it is not known."""
        if not self.day:
            return ""
        begun = f".{self.year}" if self.year else ""
        return f"{self.day % 100:02}.{self.day // 100:02}{begun}"
