"""The base as a stream of bytes, and back: SQLite by its backup API, PostgreSQL by pg_dump and pg_restore."""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from django.conf import settings
from django.db import connection, transaction

from crm_site.backups.archive import CHUNK
from stores.bases import direct

# Views of BI tools are made anew by `manage.py bi_views`; roles of the old server have rights on them that a new one lacks.
VIEWS = "bi"
# Somebody works in a base where one of these has a row.
WITNESSES = ("stores_store", "stores_employee", "clients_client", "purchases_purchase")


class BaseError(Exception):
    """The base cannot be read or written; the words say why."""


class Snapshot(NamedTuple):
    """The base at one moment: rows of each table, and all of it in pieces."""

    counts: dict[str, int]
    pieces: Iterator[bytes]


class Base(Protocol):
    """What the two kinds of base do."""

    engine: str

    def snapshot(self) -> AbstractContextManager[Snapshot]: ...

    def load(self, pieces: Iterable[bytes]) -> None:
        """Put a base in the place of the one that stands. Raises BaseError."""


def of_settings() -> Base:
    return SqliteBase() if connection.vendor == "sqlite" else PostgresBase()


def is_empty() -> bool:
    """Whether nobody works in this base yet. A query a table that is there."""
    there = connection.introspection.table_names()
    return not any(_has_rows(table) for table in WITNESSES if table in there)


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})")  # noqa: S608 — our own names
        return bool((cursor.fetchone() or [0])[0])


def counts() -> dict[str, int]:
    """Rows of every table. A query a table."""
    told = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 — names that the base told
            told[table] = int((cursor.fetchone() or [0])[0])
    return told


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    yield from iter(lambda: stream.read(CHUNK), b"")


class SqliteBase:
    """A file. It is copied as it was at one moment, while others write on."""

    engine = "sqlite"

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        with _room() as folder:
            copy = sqlite3.connect(folder / "base.sqlite3", isolation_level=None)
            try:
                connection.ensure_connection()
                connection.connection.backup(copy)
                told = _counts_in(copy)
            finally:
                copy.close()
            with (folder / "base.sqlite3").open("rb") as stream:
                yield Snapshot(told, _pieces(stream))

    def load(self, pieces: Iterable[bytes]) -> None:
        with _room() as folder:
            with (folder / "base.sqlite3").open("wb") as file:
                for piece in pieces:
                    file.write(piece)
            source = sqlite3.connect(folder / "base.sqlite3")
            try:
                source.execute("PRAGMA ignore_check_constraints = ON")  # they call functions that Django brings
                if source.execute("PRAGMA quick_check").fetchone() != ("ok",):
                    raise BaseError("The base in the copy is damaged.")
                connection.ensure_connection()
                source.backup(connection.connection)
            except sqlite3.Error as error:
                raise BaseError(f"The base could not be put back: {error}") from error
            finally:
                source.close()
                connection.close()


def _counts_in(copy: sqlite3.Connection) -> dict[str, int]:
    names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    tables = [str(name) for (name,) in names.fetchall()]
    return {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608 — as above


@contextmanager
def _room() -> Iterator[Path]:
    """A private folder beside the base; its name begins with a dot, so no copy takes it."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.DATA_DIR) as folder:
        yield Path(folder)


class PostgresBase:
    """A server, asked by its own tools: pg_dump sees the moment whose rows were counted."""

    engine = "postgresql"

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (moment,) = cursor.fetchone() or ("",)
            command = [program("pg_dump"), "--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
            yield Snapshot(counts(), _dumped([*command, f"--exclude-schema={VIEWS}", f"--snapshot={moment}"]))

    def load(self, pieces: Iterable[bytes]) -> None:
        command = [program("pg_restore"), "--no-owner", "--no-privileges", "--no-comments", "--exit-on-error"]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '15s'")
            cursor.execute(f"DROP SCHEMA IF EXISTS {VIEWS} CASCADE")
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
        where = ["--single-transaction", "--dbname", _environment()["PGDATABASE"]]
        with tempfile.TemporaryFile() as said, _started([*command, *where], said, stdin=subprocess.PIPE) as process:
            try:
                with process.stdin as inlet:  # type: ignore[union-attr]
                    for piece in pieces:
                        inlet.write(piece)
            except BrokenPipeError:
                pass  # it stopped, and says why
            _check(process, said)


def _dumped(command: list[str]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as said, _started(command, said, stdout=subprocess.PIPE) as process:
        try:
            yield from _pieces(process.stdout)  # type: ignore[arg-type]
        except BaseException:
            process.kill()
            raise
        _check(process, said)


def _started(command: list[str], said: IO[bytes], **pipes: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, stderr=said, env=_environment(), **pipes)  # type: ignore[call-overload, no-any-return]  # noqa: S603 — our own words


def _check(process: "subprocess.Popen[bytes]", said: IO[bytes]) -> None:
    if process.wait():
        said.seek(0)
        words = said.read().decode(errors="replace").strip().splitlines()
        raise BaseError(f"{Path(str(process.args[0])).name}: {' '.join(words[-3:])}")  # type: ignore[index]


def _environment() -> dict[str, str]:
    """Where the base is, as the tools of PostgreSQL read it: a password on a command line could be seen by others."""
    told = direct.connection().settings_dict
    options = told.get("OPTIONS", {})
    names = {
        "PGHOST": told["HOST"], "PGPORT": told["PORT"], "PGUSER": told["USER"], "PGPASSWORD": told["PASSWORD"],
        "PGDATABASE": told["NAME"], "PGSSLMODE": options.get("sslmode"), "PGSSLROOTCERT": options.get("sslrootcert"),
    }  # fmt: skip
    return {**os.environ, **{name: str(value) for name, value in names.items() if value}}


def program(name: str) -> str:
    """The newest pg_dump or pg_restore of this machine: an older one refuses a newer server. Raises BaseError."""
    installed = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    found = sorted(installed, key=lambda path: [int(n) for n in re.findall(r"\d+", path.parts[4])])
    path = str(found[-1]) if found else shutil.which(name)
    if not path:
        raise BaseError(f"{name} is not on this machine: install the package postgresql-client.")
    return path
