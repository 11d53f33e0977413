"""Lines of lists whose client is not in the base yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from imports.models import ListImport


class WaitingLine(models.Model):
    """A line of a list whose client is not in the base yet; it is attached when the card appears."""

    spec = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=32, unique=True)
    source = models.CharField(max_length=40)
    code = models.CharField(max_length=64, blank=True, db_index=True)
    phone = models.CharField(max_length=20, blank=True, db_index=True)
    person_key = models.CharField(max_length=190, blank=True, db_index=True)
    values = models.JSONField()
    origin = models.CharField(max_length=60)
    list_import = models.ForeignKey(ListImport, null=True, on_delete=models.SET_NULL, related_name="+")
    number = models.PositiveIntegerField(default=0, help_text="Row of the list.")
    occurrence = models.PositiveSmallIntegerField(default=1, help_text="Which of its like in its list.")

    class Meta:
        verbose_name = _("line that waits for its client")
        verbose_name_plural = _("lines that wait for their clients")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.spec} {self.origin}"
