"""One person – one card: cards that may be the same person's, cards made one, and surnames to forgive typing errors by."""

from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.writing import spelling
from imports import bulk


class Pair(models.Model):
    """Two cards that may be one person's, the older first. ``score`` 0…1.

    ``reasons``: keys and weights of ``clients.sameness.likeness``.
    """

    class Kind(models.TextChoices):
        SAME = "same", _("the same person")
        LIKELY = "likely", _("perhaps the same person")

    class State(models.TextChoices):
        OPEN = "open", _("to decide")
        MERGED = "merged", _("made one card")
        DIFFERENT = "different", _("different people")

    first = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(_("likeness"))
    kind = models.CharField(_("proposed as"), max_length=6, choices=Kind)
    reasons = models.JSONField(default=list)
    state = models.CharField(_("decision"), max_length=9, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(_("found"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pair of cards")
        verbose_name_plural = _("pairs of cards")
        ordering = ["-score", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_older_first"),
            models.CheckConstraint(condition=Q(state__in=["open", "merged", "different"]), name="pair_state_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["-score", "id"], condition=Q(state="open"), name="pair_to_decide")]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}?"

    @property
    def percent(self) -> float:
        return 100 * self.score


class Merge(models.Model):
    """Card ``absorbed`` became part of ``survivor``. All that the undo needs.

    ``facts``: both cards as they were, by field; ``moved``: app → what it moved, in the form that its ``ClientPart`` reads back.
    """

    survivor = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="merged_as")
    facts = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"))
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    undone_at = models.DateTimeField(_("undone"), null=True)

    class Meta:
        verbose_name = _("two cards made one")
        verbose_name_plural = _("cards made one")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["absorbed"], condition=Q(undone_at=None), name="merge_absorbs_a_card_once"),
            models.CheckConstraint(condition=~Q(survivor=F("absorbed")), name="merge_is_of_two_cards"),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.survivor_id}"


class SurnameManager(models.Manager["Surname"]):
    def note(self, keys: Iterable[str]) -> None:
        """Remember surnames of cards that were just written. One statement, none for none."""
        new = sorted({key[:80] for key in keys if key})
        if new:
            bulk.insert_new(Surname, ("key", "fold"), [(key, spelling.fold(key)) for key in new])


class Surname(models.Model):
    """Derived: each distinct surname key of the live cards, so that a typing error is looked for among few words.

    ``fold`` is the key in plain Latin letters: what is written in the other alphabet is found by it.
    """

    key = models.CharField(max_length=80, primary_key=True)
    fold = models.CharField(max_length=160, db_index=True, db_default="")

    objects = SurnameManager()

    def __str__(self) -> str:
        return self.key
