"""Rows that are written once."""

from typing import Any, ClassVar

from django.db import models


class ChangedRowError(Exception):
    """A row of an append-only table was about to be changed or deleted."""


class KeptQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> int:
        raise ChangedRowError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ChangedRowError


class Kept(models.Model):
    """A row that is written once and never changed: what is wrong is put right by another row."""

    objects: ClassVar[Any] = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ChangedRowError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ChangedRowError
