"""Two people change the same row: what stood in it when each opened it, what stands now, and what each wants. Public.

A form carries the values that it was opened with, sealed. What one of the two left alone stays as the other wrote it; only where
both changed the same to different things is a person asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import models, transaction
from django.db.models import Model

Row = TypeVar("Row", bound=Model)
# Reads from a row what a form shows of it, by the names of the form's fields.
Standing = Callable[[Any], dict[str, Any]]
# So many of a row's former states are looked at for who wrote what.
LOOKED_BACK = 50


class ChangedMeanwhileError(Exception):
    """Somebody else changed ``fields`` since the form was opened, to other than is wanted; nothing was written."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


class Author(NamedTuple):
    """Who wrote a value, and when; either may be unknown."""

    who: object | None
    at: datetime | None


@dataclass(frozen=True)
class Edit:
    """What a person wants of a row, and what they saw in it (as ``plain`` writes it). One who saw nothing is asked about all."""

    opened: Mapping[str, Any]
    wanted: Mapping[str, Any]

    @property
    def touched(self) -> list[str]:
        """Fields that the person changed, or of which nobody knows what they saw."""
        return [name for name, value in self.wanted.items() if name not in self.opened or self.opened[name] != plain(value)]

    def onto(self, now: Mapping[str, Any]) -> dict[str, Any]:
        """What is to be written into a locked row in which ``now`` stands. Raises ChangedMeanwhileError."""
        changes = {name: self.wanted[name] for name in self.touched if plain(self.wanted[name]) != plain(now[name])}
        if asked := [name for name in changes if name not in self.opened or self.opened[name] != plain(now[name])]:
            raise ChangedMeanwhileError(asked)
        return changes


def plain(value: Any) -> Any:
    """A value as JSON keeps it: equal for what a row holds and for what its form makes of it."""
    if value is None or isinstance(value, bool):
        return "" if value is None else value
    if isinstance(value, int | Decimal):
        return f"{Decimal(value).normalize():f}"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Model):
        return plain(value.pk)
    if isinstance(value, models.QuerySet | set):
        return sorted(plain(one) for one in value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return str(value).replace("\r\n", "\n").strip()


def standing(row: Model, names: "list[str]") -> dict[str, Any]:
    """What stands in the named attributes of a row; another row's key, or keys, where it points to one."""
    return {name: _value(row, name) for name in names}


def edit_now(row: Model, **wanted: Any) -> Edit:
    """What is wanted of a row by one who looks at it now."""
    return Edit({name: plain(value) for name, value in standing(row, list(wanted)).items()}, wanted)


def _value(row: Model, name: str) -> Any:
    field = row._meta.get_field(name)
    if field.many_to_many:
        return set(getattr(row, name).all()) if row.pk else set()
    return row.serializable_value(name)


def seal(row: Model, values: Mapping[str, Any]) -> str:
    """What stands in a row, for its form to carry: it opens for this row alone."""
    return signing.dumps({name: plain(value) for name, value in values.items()}, salt=_salt(row), compress=True)


def unseal(row: Model, text: str) -> dict[str, Any]:
    """What the person saw; nothing where the seal is another row's, or is none."""
    try:
        seen: dict[str, Any] = signing.loads(text, salt=_salt(row))
    except signing.BadSignature:
        return {}
    return seen


def _salt(row: Model) -> str:
    return f"opened {row._meta.label_lower} {row.pk}"


def lock(row: Row) -> Row:
    """The row as it is now, until the end of the transaction nobody else's to write."""
    rows = type(row)._base_manager.select_for_update(of=("self",))
    return rows.get(pk=row.pk)


@transaction.atomic
def write(row: Row, edit: Edit, *, read: Standing | None = None, set_: Callable[[Row, str, Any], None] = setattr) -> Row:
    """Write what a person changed of a row, and no more. Raises ChangedMeanwhileError, and ValidationError where the two changes
    do not go together.
    """
    locked = lock(row)
    changes = edit.onto(read(locked) if read else standing(locked, list(edit.wanted)))
    for name, value in changes.items():
        set_(locked, name, value)
    if changes:
        locked.full_clean()
        locked.save()
    return locked


def author_of(row: Model, attribute: str) -> Author:
    """Who wrote what stands in an attribute of a row, as far as its history, its own columns or the back office know."""
    if hasattr(row, "history"):
        states = row.history.select_related("history_user").order_by("-history_date", "-history_id")
        return _in_history(list(states[:LOOKED_BACK]), attribute)
    if hasattr(row, "by"):
        return Author(row.by, getattr(row, "at", None))
    entry = (
        LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk))
        .select_related("user")
        .order_by("-action_time")
        .first()
    )
    return Author(entry.user, entry.action_time) if entry else Author(None, None)


def _in_history(newest_first: list[Any], attribute: str) -> Author:
    if not newest_first:
        return Author(None, None)
    values = [plain(getattr(state, attribute, None)) for state in newest_first]
    since = next((at for at in range(len(values) - 1) if values[at] != values[at + 1]), 0)
    return Author(newest_first[since].history_user, newest_first[since].history_date)
