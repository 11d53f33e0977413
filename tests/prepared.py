"""Bases of tests, ready and empty in a moment.

The base that migrations make is kept between runs, until a migration or a pinned library changes: migrating takes half a minute,
a test a tenth of a second. A fresh machine migrates once, by whichever worker comes first. On PostgreSQL a base is emptied by
deleting what is there: TRUNCATE makes new files for hundreds of tables and indexes, of which a test has written a dozen.
"""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import count
from typing import Any

from django.conf import settings
from django.core import management
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.operations import DatabaseOperations
from pytest_django import DjangoDbBlocker

from tests import migrated

TEMPLATES = 6  # of the newest migrations, one for each branch that somebody works on
_truncates = DatabaseOperations.sql_flush
SWEEP_EVERY = 100  # tests
_since_sweep = count(1)


def prepare(setattr_: Callable[[Any, str, Any], None]) -> None:
    """Let a test base be copied and emptied so; ``setattr_`` is monkeypatch's."""
    setattr_(management, "call_command", _call)
    options = connections[DEFAULT_DB_ALIAS].settings_dict["OPTIONS"]
    if "options" in options:  # PostgreSQL's: no test pulls the plug, so nobody waits for the disk
        options["options"] += " -c synchronous_commit=off"
    setattr_(DatabaseOperations, "sql_flush", _deletes)


def sweep(blocker: DjangoDbBlocker) -> None:
    """Now and then, between two tests: what they rolled back stays in PostgreSQL's tables, and each scan reads past it."""
    connection = connections[DEFAULT_DB_ALIAS]
    is_ours = connection.vendor == "postgresql" and str(connection.settings_dict["NAME"]).startswith("test_")
    if not is_ours or next(_since_sweep) % SWEEP_EVERY:
        return
    with blocker.unblock():
        if not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM (SKIP_LOCKED)")


def _call(name: str, *args: Any, **options: Any) -> Any:
    connection = connections[options["database"]] if "database" in options else None
    if name != "migrate" or connection is None or settings.MIGRATION_MODULES:
        return call_command(name, *args, **options)
    is_kept = _kept_file if connection.vendor == "sqlite" else _kept_template
    with is_kept(connection) as is_there:
        return None if is_there else call_command(name, *args, **options)


@contextmanager
def _kept_file(connection: Any) -> Iterator[bool]:
    """Whether the base is filled from the file of these migrations; if not, the file is made of it afterwards."""
    kept = migrated.kept(".sqlite3")
    connection.ensure_connection()
    with migrated.one_at_a_time():
        if kept.exists():
            with closing(sqlite3.connect(kept)) as source:
                source.backup(connection.connection)
            yield True
            return
        yield False
        fresh = kept.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(fresh)) as target:
            connection.connection.backup(target)
        fresh.replace(kept)


@contextmanager
def _kept_template(connection: Any) -> Iterator[bool]:
    """Whether the base was made anew from the template of these migrations; if not, the template is made of it afterwards."""
    base, prefix = connection.ops.quote_name(connection.settings_dict["NAME"]), "carat_tests_"
    kept = prefix + migrated.digest()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [prefix])  # until this connection is closed
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC", [prefix + "%"])
        there = [name for (name,) in cursor.fetchall()]
        if kept in there:
            connection.close_pool()
            cursor.execute(f"DROP DATABASE {base}")
            cursor.execute(f"CREATE DATABASE {base} TEMPLATE {kept}")
            yield True
            return
        yield False
        connection.close()
        connection.close_pool()
        cursor.execute(f"CREATE DATABASE {kept} TEMPLATE {base}")
        _dump(connection.settings_dict | {"NAME": kept})
        for name in there[TEMPLATES - 1 :]:
            cursor.execute(f"DROP DATABASE {name}")


def _dump(at: Mapping[str, Any]) -> None:
    """Drills have servers of their own: they copy it too. Where this machine lacks the programs, they migrate."""
    with suppress(OSError, subprocess.CalledProcessError), migrated.one_at_a_time():
        migrated.dump(f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}")


def _deletes(
    ops: DatabaseOperations, style: Any, tables: Sequence[str], *, reset_sequences: bool = False, allow_cascade: bool = False
) -> list[str]:
    """Foreign keys are checked when the transaction ends, so that the order does not matter."""
    if reset_sequences or allow_cascade or not tables:
        return _truncates(ops, style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade)
    names = [ops.quote_name(table) for table in tables]
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names)
    with ops.connection.cursor() as cursor:
        cursor.execute(asked)
        return [f"DELETE FROM {name}" for (name,) in cursor.fetchall()]
