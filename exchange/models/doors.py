"""What door counters told: how many came in through a door between two moments."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exchange.models.sources import Source
from stores.models import Store


class DoorCount(models.Model):
    """A period of a device, told once; told again with another number the last one holds. ``day`` is the store's."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="doors")
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=60)
    day = models.DateField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    came = models.PositiveIntegerField()
    told_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("count of a door")
        verbose_name_plural = _("counts of doors")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(begins_at__lt=F("ends_at")), name="door_count_begins_before_it_ends"),
            models.UniqueConstraint(fields=["source", "device", "begins_at", "ends_at"], name="door_count_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["store", "day"], name="door_count_of_day")]

    def __str__(self) -> str:
        return f"{self.device} {self.day}: {self.came}"
