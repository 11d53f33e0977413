"""What a migration would do to a table that has grown large, while people sell: locks that last as long as the table is read.

Short on PostgreSQL: a new column without an index, whatever its default; a check that is first NOT VALID and then validated; an
index made CONCURRENTLY. What is flagged here and is short all the same says so: ``under_traffic = "why"`` on its migration.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, RemoveIndexConcurrently
from django.db import connection, models
from django.db.migrations import Migration
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterUniqueTogether,
    CreateModel,
    RunPython,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# A million rows and more in a chain of a hundred stores.
LARGE = {
    "clients": {"client", "historicalclient", "consent", "clientkey", "factsource", "contactbeside", "surname"},
    "imports": {"stagedrow"},
    "messaging": {"message", "messageevent", "errand"},
    "visits": {"visit", "clientactivity", "rhythm"},
    "loyalty": {"lot", "entry", "member", "account", "loyaltycard"},
    "purchases": {"purchase", "piece", "uin", "tender", "deduction", "historicalpurchase", "historicalpiece"},
    "workshop": {"servicerequest"},
    "campaigns": {"touch"},
    "exchange": {"tilldocument"},
}  # fmt: skip
CONCURRENT = (AddIndexConcurrently, RemoveIndexConcurrently)


def long_locks(migration: Migration, state: ProjectState) -> Iterator[str]:
    """What of a migration holds a large table for long, in words; ``state`` is what was there before, and goes on with it."""
    if getattr(migration, "under_traffic", ""):
        migration.mutate_state(state, preserve=False)
        return
    app, made = migration.app_label, set[str]()
    for operation in migration.operations:
        if isinstance(operation, CreateModel):
            made.add(operation.name.lower())
        before = state.clone()
        operation.state_forwards(app, state)
        for one in operation.database_operations if isinstance(operation, SeparateDatabaseAndState) else [operation]:
            table = str(getattr(one, "model_name", "")).lower()
            if table in LARGE.get(app, set()) - made:
                yield from (f"{app}.{table}: {words}" for words in _said(one, app, before, state))
            elif isinstance(one, RunPython | RunSQL) and LARGE.get(app, set()) - made:
                yield f"{app}: rows or SQL of its own: say in under_traffic why it is short"
    if any(isinstance(operation, CONCURRENT) for operation in migration.operations) and migration.atomic:
        yield f"{app}: CONCURRENTLY wants atomic = False"


def _said(operation: Operation, app: str, before: ProjectState, after: ProjectState) -> Iterator[str]:
    if isinstance(operation, AddIndex) and not isinstance(operation, AddIndexConcurrently):
        yield f"{operation.index.name} is built under a lock: AddIndexConcurrently"
    if isinstance(operation, AddConstraint):
        checked = isinstance(operation.constraint, models.CheckConstraint)
        if not (checked and isinstance(operation, AddConstraintNotValid)):
            how = "AddConstraintNotValid, then ValidateConstraint" if checked else "a unique index made CONCURRENTLY first"
            yield f"{operation.constraint.name} reads the table under a lock: {how}"
    if isinstance(operation, AlterUniqueTogether):
        yield "unique_together builds an index under a lock: a unique index made CONCURRENTLY first"
    if isinstance(operation, AddField):
        yield from _added(operation.name, operation.field)
    if isinstance(operation, AlterField):
        yield from _altered(operation, app, before, after)


def _added(name: str, field: Any) -> Iterator[str]:
    if getattr(field, "db_index", False) or field.unique:
        yield f"the index of {name} is built under a lock: db_index=False, then AddIndexConcurrently"
    if getattr(field, "generated", False):
        yield f"{name} rewrites the table: fill it by and by instead"
    if field.has_db_default() and not isinstance(field.db_default, models.Value | str | int | bool):
        yield f"{name} may rewrite the table: a constant as db_default"


def _altered(operation: AlterField, app: str, before: ProjectState, after: ProjectState) -> Iterator[str]:
    key = operation.model_name_lower
    old, new = (state.apps.get_model(app, key)._meta.get_field(operation.name) for state in (before, after))
    if _column(old) != _column(new) and not _only_longer(old, new):
        yield f"the type of {operation.name} rewrites the table: a new column, filled by and by"
    if getattr(old, "null", False) and not getattr(new, "null", False):
        yield f"NOT NULL of {operation.name} reads the table under a lock: a check NOT VALID, validated, then NOT NULL"
    indexed = [bool(getattr(field, "db_index", False) or getattr(field, "unique", False)) for field in (old, new)]
    if indexed == [False, True]:
        yield f"the index of {operation.name} is built under a lock: AddIndexConcurrently"


def _column(field: Any) -> str:
    """The type without its length, the same on SQLite and PostgreSQL."""
    kind = field.db_type(connection) or ""
    return str(kind.partition("(")[0])


def _only_longer(old: Any, new: Any) -> bool:
    texts = isinstance(old, models.CharField) and isinstance(new, models.CharField | models.TextField)
    return texts and (new.max_length is None or new.max_length >= (old.max_length or 0))
