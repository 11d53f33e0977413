"""Cards of one household: two people who have a card each, and what one is to the other."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kinship(models.TextChoices):
    """What somebody is to the client whose card it stands on."""

    SPOUSE = "spouse", _("husband or wife")
    CHILD = "child", _("son or daughter")
    PARENT = "parent", _("father or mother")
    SIBLING = "sibling", _("brother or sister")
    OTHER = "other", pgettext_lazy("of a household", "one of the family")


# The same seen from the other card.
OTHER_WAY = {Kinship.CHILD.value: Kinship.PARENT.value, Kinship.PARENT.value: Kinship.CHILD.value}


class Kin(models.Model):
    """Two cards of one household, the older card first; ``kinship`` is what the second is to the first.

    Told apart by mistake or in earnest, the row stays a day (``parted_at``), so that it can be brought back.
    """

    first = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    kinship = models.CharField(_("is to the client"), max_length=8, choices=Kinship)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"))
    parted_at = models.DateTimeField(_("parted"), null=True, blank=True)

    class Meta:
        verbose_name = _("cards of one household")
        verbose_name_plural = _("cards of one household")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="kin_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="kin_older_first"),
            models.CheckConstraint(condition=Q(kinship__in=Kinship.values), name="kinship_known"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} – {self.second_id}: {self.get_kinship_display()}"
