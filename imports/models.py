"""A list that somebody brought in, and each of its rows with what became of it."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What a row became. Every row has exactly one of these."""

    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")
    UNCHANGED = "unchanged", _("unchanged")
    INCOMPLETE = "incomplete", _("incomplete")
    CONFLICT = "conflict", _("conflict")
    REJECTED = "rejected", _("rejected")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("reading the file")
    PLANNING = "planning", _("preparing the preview")
    PLANNED = "planned", _("preview is ready")
    APPLYING = "applying", _("applying")
    APPLIED = "applied", _("applied")
    FAILED = "failed", _("the file could not be read")


def private_storage() -> FileSystemStorage:
    """Uploaded lists lie outside the served folders; only admins get at them through a view."""
    return FileSystemStorage(location=Path(settings.DATA_DIR) / "private")


class ListImport(models.Model):
    """One file and how far it has come."""

    spec = models.CharField(_("kind of list"), max_length=20)
    source = models.CharField(
        _("source"), max_length=40, default="list", help_text=_("Codes of clients are unique within one source.")
    )
    file = models.FileField(_("file"), upload_to="lists/%Y/%m", storage=private_storage)
    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(max_length=64, editable=False)
    layout = models.JSONField(default=dict, editable=False, help_text="Encoding, delimiter, sheet, header row, columns.")
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    error = models.TextField(_("error"), blank=True)
    takes_stores = models.BooleanField(default=False, editable=False)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    counts = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(_("brought in"), auto_now_add=True)
    touched_at = models.DateTimeField(null=True, editable=False, help_text="Last sign of work.")
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, verbose_name=_("by"), related_name="+"
    )

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(rows_done__lte=models.F("rows_total")), name="import_not_past_its_end")
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def percent(self) -> int:
        return round(100 * self.rows_done / self.rows_total) if self.rows_total else 0

    @property
    def is_running(self) -> bool:
        return self.state in (ImportState.UPLOADED, ImportState.PLANNING, ImportState.APPLYING)


class StagedRow(models.Model):
    """One row of a list: its text as it stood and what became (or would become) of it."""

    list_import = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"), help_text="1 is the first after the header.")
    raw = models.JSONField(_("as it stood"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    key = models.CharField(max_length=32, blank=True, help_text="What the row stands for, where a list may say it twice.")
    subject = models.BigIntegerField(_("client"), null=True, help_text="Primary key of the card concerned.")

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        ordering = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list_import", "number"], name="staged_row_once"),
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="staged_row_outcome_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["list_import", "outcome", "number"], name="staged_by_outcome"),
            models.Index(fields=["subject"], name="staged_by_subject"),
            models.Index(fields=["list_import", "key", "number"], condition=~models.Q(key=""), name="staged_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.list_import_id}:{self.number} {self.outcome}"
