"""A list that somebody brought in, and each of its rows with what became of it."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.translation import gettext_lazy as _

from stores.texts.kept_words import WordsField


class Outcome(models.TextChoices):
    """What a row became. Every row has exactly one of these."""

    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")
    UNCHANGED = "unchanged", _("unchanged")
    INCOMPLETE = "incomplete", _("incomplete")
    CONFLICT = "conflict", _("conflict")
    REJECTED = "rejected", _("rejected")


class ImportState(models.TextChoices):
    """How far a list is: uploaded → read → planning (→ asking → planning) → planned → applying ⇄ paused → applied
    (→ applying, where an answer lets rows go on) → undoing → undone."""

    UPLOADED = "uploaded", _("reading the file")
    READ = "read", _("columns to look through")
    PLANNING = "planning", _("preparing the preview")
    ASKING = "asking", _("values to look through")
    PLANNED = "planned", _("preview is ready")
    APPLYING = "applying", _("applying")
    PAUSED = "paused", _("paused")
    APPLIED = "applied", _("applied")
    UNDOING = "undoing", _("taking back")
    UNDONE = "undone", _("taken back")
    FAILED = "failed", _("the file could not be read")


RUNNING = (ImportState.UPLOADED, ImportState.PLANNING, ImportState.APPLYING, ImportState.UNDOING)


class Goal(models.TextChoices):
    """How far a list goes by itself."""

    COLUMNS = "columns", _("show me the columns")
    PREVIEW = "preview", _("prepare the preview")
    APPLY = "apply", _("apply")


class Decision(models.TextChoices):
    """What a person said about a row that the rules do not decide."""

    SAME = "same", _("same person, the card keeps its own")
    TAKE = "take", _("same person, take what the list says")
    OTHER = "other", _("another person")
    SKIP = "skip", _("skip the row")


class PrivateStorage(FileSystemStorage):
    """A folder outside the served ones, wherever the data folder is by then; only admins get at it, through a view."""

    @property
    def base_location(self) -> str:
        return str(Path(settings.DATA_DIR) / "private")

    @property
    def location(self) -> str:
        return self.base_location


def private_storage() -> FileSystemStorage:
    return PrivateStorage()


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
    prefer = models.JSONField(
        default=list, editable=False, help_text="Columns of which the list's word is taken where the card has another."
    )
    goal = models.CharField(max_length=10, choices=Goal, default=Goal.COLUMNS, editable=False)
    corrects = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.SET_NULL, related_name="corrections", verbose_name=_("corrects")
    )
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    error = WordsField(_("error"), blank=True)
    takes_stores = models.BooleanField(default=False, editable=False)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    counts = models.JSONField(default=dict, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False, help_text="Times in a row that the work broke off.")
    rows_per_second = models.FloatField(null=True, editable=False, help_text="Of late.")
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
            models.CheckConstraint(condition=models.Q(rows_done__lte=models.F("rows_total")), name="import_not_past_its_end"),
            # Two admins with one file: the second is shown the first.
            models.UniqueConstraint(
                fields=["spec", "source", "sha256"],
                condition=models.Q(state__in=["applying", "paused", "undoing"]),
                name="import_applied_by_one",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def percent(self) -> int:
        return round(100 * self.rows_done / self.rows_total) if self.rows_total else 0

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def seconds_left(self) -> int | None:
        """How long the rest takes at the speed of late; None while nobody can tell."""
        return round((self.rows_total - self.rows_done) / self.rows_per_second) if self.rows_per_second else None


class StagedRow(models.Model):
    """One row of a list: its text as it stood and what became (or would become) of it."""

    list_import = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"), help_text="1 is the first after the header.")
    raw = models.JSONField(_("as it stood"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    key = models.CharField(max_length=32, blank=True, help_text="What the row stands for, where a list may say it twice.")
    subject = models.BigIntegerField(_("client"), null=True, help_text="Primary key of the card concerned.")
    target = models.BigIntegerField(null=True, help_text="Primary key of the piece or service request that the row made.")
    resembles = models.BigIntegerField(
        _("resembles"), null=True, help_text="Primary key of a card that may be the same person's."
    )
    likeness = models.CharField(max_length=10, blank=True, help_text="In what the two are alike.")
    earlier = models.PositiveIntegerField(null=True, help_text="Row of this list whose planned card it contradicts or resembles.")
    changes = models.JSONField(default=dict, help_text="Field → [what there was, what the list brings].")
    planned = models.CharField(
        max_length=10, choices=Outcome, blank=True, help_text="The preview's word, where the base changed since."
    )
    decision = models.CharField(_("decision"), max_length=5, choices=Decision, blank=True)
    undone = models.CharField(max_length=200, blank=True, help_text='"back", or why something of the row stays.')
    replaced_by = models.ForeignKey(
        ListImport, null=True, editable=False, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

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
            models.Index(fields=["subject"], name="staged_by_subject", condition=~models.Q(subject=None)),
            models.Index(
                fields=["list_import", "number"],
                name="staged_to_decide",
                condition=models.Q(decision="") & (models.Q(outcome="conflict") | ~models.Q(likeness="")),
            ),
            models.Index(fields=["list_import", "key", "number"], condition=~models.Q(key=""), name="staged_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.list_import_id}:{self.number} {self.outcome}"


class Settlement(models.Model):
    """What a person decided about a row of a source; the same row, brought again, is settled the same way."""

    spec = models.CharField(max_length=20)
    source = models.CharField(max_length=40)
    digest = models.CharField(max_length=32)
    decision = models.CharField(_("decision"), max_length=5, choices=Decision)
    subject = models.BigIntegerField(null=True, help_text="Primary key of the card that the row then belongs to.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("settled row")
        verbose_name_plural = _("settled rows")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["spec", "source", "digest"], name="settlement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.spec} {self.digest}: {self.decision}"


class ValueMeaning(models.Model):
    """What a person said that a writing means in lists of a source, or in one list alone; asked once."""

    spec = models.CharField(max_length=20)
    source = models.CharField(max_length=40)
    column = models.CharField(max_length=40, help_text="Name of the spec's column.")
    key = models.CharField(max_length=120, blank=True, help_text="The writing, folded; empty for an empty cell.")
    meaning = models.CharField(max_length=120, help_text="What stands in the row instead.")
    list_import = models.ForeignKey(
        ListImport, null=True, on_delete=models.CASCADE, related_name="answers", help_text="Where it holds for this file alone."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("explained value")
        verbose_name_plural = _("explained values")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["spec", "source", "column", "key"], condition=models.Q(list_import=None), name="value_meaning_once"
            ),
            models.UniqueConstraint(
                fields=["list_import", "column", "key"],
                condition=models.Q(list_import__isnull=False),
                name="value_meaning_once_a_list",
            ),
            models.CheckConstraint(condition=~models.Q(meaning=""), name="value_meaning_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.spec} {self.column} {self.key}: {self.meaning}"


class ColumnMap(models.Model):
    """What a person took the columns of a shape of list for; offered for the next file of that shape."""

    spec = models.CharField(max_length=20)
    shape = models.CharField(max_length=32, help_text="Digest of the headers.")
    columns = models.JSONField(help_text="Name of the spec's column → position.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        constraints: ClassVar = [models.UniqueConstraint(fields=["spec", "shape"], name="column_map_once")]

    def __str__(self) -> str:
        return f"{self.spec} {self.shape}"
