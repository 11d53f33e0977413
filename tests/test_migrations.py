"""No migration holds a large table for long (tests/locks.py)."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from tests.locks import LARGE, long_locks


def test_no_new_migration_locks_a_large_table() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    wrong: list[str] = []
    for app, name in sorted(key for key in loader.disk_migrations if key[0] in settings.HOUSE):
        migration = loader.disk_migrations[app, name]
        if migration.initial:
            continue  # makes its tables itself
        state = loader.project_state((app, name), at_end=False)
        wrong += [f"{name}: {words}" for words in long_locks(migration, state)]

    assert wrong == []


def test_the_large_tables_are_there() -> None:
    known = MigrationLoader(None, ignore_no_migrations=True).project_state().models

    assert {(app, name) for app, names in LARGE.items() for name in names} - set(known) == set()


@pytest.fixture
def before() -> ProjectState:
    """A table of clients, as some migration left it."""
    state = ProjectState()
    fields: list[tuple[str, models.Field[Any, Any]]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("note", models.CharField(max_length=20, null=True)),
        ("visits", models.IntegerField(default=0)),
    ]
    migrations.CreateModel("Client", fields).state_forwards("clients", state)
    migrations.CreateModel("Store", fields).state_forwards("clients", state)
    return state


INDEX = models.Index(fields=["note"], name="by_note")
CHECK = models.CheckConstraint(condition=models.Q(visits__gte=0), name="no_less")
UNIQUE = models.UniqueConstraint(fields=["note"], name="note_once")


def of(*operations: Operation, **attributes: Any) -> Migration:
    made = type("Migration", (Migration,), {"operations": operations, **attributes})
    return made("0099_new", "clients")  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (migrations.AddIndex("client", INDEX), "AddIndexConcurrently"),
        (migrations.AddConstraint("client", CHECK), "AddConstraintNotValid"),
        (migrations.AddConstraint("client", UNIQUE), "CONCURRENTLY first"),
        (migrations.AddField("client", "store", models.ForeignKey("clients.Store", models.PROTECT, null=True)), "db_index=False"),
        (migrations.AlterField("client", "visits", models.CharField(max_length=9)), "rewrites"),
        (migrations.AlterField("client", "note", models.CharField(max_length=20)), "NOT NULL"),
        (migrations.AlterField("client", "visits", models.IntegerField(default=0, db_index=True)), "AddIndexConcurrently"),
        (migrations.RunSQL("UPDATE clients_client SET visits = 0"), "under_traffic"),
    ],
    ids=["index", "check", "unique", "foreign key", "type", "not null", "indexed", "rows"],
)
def test_what_locks_a_large_table_is_found(before: ProjectState, operation: Operation, words: str) -> None:
    (said,) = long_locks(of(operation), before)

    assert words in said


@pytest.mark.parametrize(
    "migration",
    [
        of(AddIndexConcurrently("client", INDEX), atomic=False),
        of(AddConstraintNotValid("client", CHECK)),
        of(migrations.AddField("client", "likes", models.TextField(default=""))),
        of(migrations.AlterField("client", "note", models.CharField(max_length=90, null=True))),
        of(migrations.AddIndex("store", INDEX)),
        of(migrations.AddConstraint("client", UNIQUE), under_traffic="the table is empty until the next version"),
    ],
    ids=["concurrently", "not valid", "a column", "longer", "a small table", "said why"],
)
def test_what_is_short_passes(before: ProjectState, migration: Migration) -> None:
    assert list(long_locks(migration, before)) == []


def test_an_index_made_beside_others_wants_no_transaction(before: ProjectState) -> None:
    assert list(long_locks(of(AddIndexConcurrently("client", INDEX)), before)) == ["clients: CONCURRENTLY wants atomic = False"]
