"""The time in which a part of the clients gets no advertising of any kind, so that it shows what all of it brings together."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

MOST_QUIET = 20


class QuietQuerySet(models.QuerySet["Quiet"]):
    def on(self, day: object) -> Self:
        """The one that is in force on a day, if any."""
        return self.filter(is_standing=True, since__lte=day, until__gt=day)


class Quiet(models.Model):
    """``percent`` of the clients, by a hash with a ``salt`` of its own, from ``since`` to before ``until``; one at a time.

    Written down when it is turned on and when it is turned off, with who did: the rows are the history.
    """

    percent = models.PositiveSmallIntegerField(
        _("clients without advertising, %"), default=5, validators=[MinValueValidator(1), MaxValueValidator(MOST_QUIET)]
    )
    salt = models.CharField(max_length=32, editable=False)
    since = models.DateField(_("since"), editable=False)
    until = models.DateField(_("until"), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    is_standing = models.BooleanField(default=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )  # fmt: skip

    objects = QuietQuerySet.as_manager()

    class Meta:
        verbose_name = _("time without advertising")
        verbose_name_plural = _("times without advertising")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["is_standing"], condition=Q(is_standing=True), name="quiet_one_at_a_time"),
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=MOST_QUIET), name="quiet_few"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="quiet_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(is_standing=True, ended_on=None) | Q(is_standing=False, ended_on__isnull=False),
                name="quiet_stands_until_it_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}: {self.percent} %"
