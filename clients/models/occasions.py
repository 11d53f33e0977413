"""Days of the year that the chain keeps with its clients besides the birthday."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clients.models.card import Client


class OccasionKindManager(models.Manager["OccasionKind"]):
    def birthday(self) -> "OccasionKind":
        """The birthday of those who never said the year: no birth date, but a day to greet on."""
        kind, _made = self.get_or_create(name="день рождения", defaults={"name_en": "birthday"})
        return kind


class OccasionKind(models.Model):
    """A day of the year that the chain keeps with its clients besides the birthday: a wedding day, a name day."""

    name = models.CharField(_("occasion"), max_length=60, unique=True)
    name_en = models.CharField(_("in English"), max_length=60, blank=True)

    objects = OccasionKindManager()

    class Meta:
        verbose_name = _("kind of occasion")
        verbose_name_plural = _("kinds of occasions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.called(get_language() or settings.LANGUAGE_CODE)

    def called(self, language: str) -> str:
        """The name in a language."""
        return self.name_en if language == "en" and self.name_en else self.name


class Occasion(models.Model):
    """A day that a client keeps every year; ``day`` is month × 100 + day, ``year`` the one it began in, if known."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="occasions")
    kind = models.ForeignKey(OccasionKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("occasion"))
    day = models.PositiveSmallIntegerField(_("day"))
    year = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        ordering = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client", "kind"],
                name="occasion_once_of_its_kind",
                violation_error_message=_("The card has a day of this kind already."),
            ),
            models.CheckConstraint(condition=Q(day__gte=101, day__lte=1231), name="occasion_is_a_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "day"], name="occasion_by_day")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.day % 100:02}.{self.day // 100:02}"

    @property
    def shown(self) -> str:
        """The day as people write it, with the year where it is known."""
        begun = f".{self.year}" if self.year else ""
        return f"{self.day % 100:02}.{self.day // 100:02}{begun}"
