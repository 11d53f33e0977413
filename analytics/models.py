"""Figures computed ahead. Everything here can be thrown away and computed anew."""

from typing import ClassVar

from django.db import models


class ReportSnapshot(models.Model):
    """The returning report of one scope (0 is the chain, else a store) over a standard period."""

    scope = models.IntegerField()
    first = models.DateField()
    last = models.DateField()
    report = models.JSONField(help_text="As ``analytics.returning.as_json``.")
    computed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["scope", "first", "last"], name="report_snapshot_once")]

    def __str__(self) -> str:
        return f"{self.scope}: {self.first}–{self.last}"
