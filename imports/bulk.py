"""Many rows into a table at once: COPY on PostgreSQL, one prepared statement on SQLite. Public.

The database's constraints hold as for every other write; ``save``, signals and defaults of Python do not happen here.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

T = TypeVar("T")
EMPTY: dict[type, str] = {dict: "{}", list: "[]"}
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The rows, so many at a time, as far as they are wanted."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


@models.Field.register_lookup
class AnyOf(In):
    """``phone__any=phones``: as ``__in``, with all the values as one parameter; thousands cost nothing to prepare."""

    lookup_name = "any"

    def get_prep_lookup(self) -> list[Any]:
        return list(self.rhs)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        left, params = self.process_lhs(compiler, connection)
        kind = self.lhs.output_field.rel_db_type(connection)
        # Not "= ANY": that may walk a trigram index.
        return f"{left} IN (SELECT unnest(%s::{kind}[]))", [*params, _array(self.rhs)]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        left, params = self.process_lhs(compiler, connection)
        field = self.lhs.output_field
        values = [field.get_db_prep_value(value, connection, prepared=False) for value in self.rhs]
        return f"{left} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(values)]


BETWEEN = "\x1f"


def _array(values: Collection[Any]) -> Any:
    """An array as PostgreSQL reads it, written out here: the driver asks each value for its type."""
    kinds = set(map(type, values))
    if kinds <= {int}:
        return f"{{{','.join(map(str, values))}}}"
    if kinds != {str}:
        return list(values)
    joined = BETWEEN.join(values)
    if '"' in joined or "\\" in joined or joined.count(BETWEEN) != len(values) - 1:
        return '{"' + '","'.join(value.replace("\\", "\\\\").replace('"', '\\"') for value in values) + '"}'
    return '{"' + joined.replace(BETWEEN, '","') + '"}'


def next_keys(model: type[models.Model], count: int) -> list[int]:
    """Primary keys for so many new rows, taken from the table's own sequence, inside the caller's transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [f'"{table}"', count])
            return [row[0] for row in cursor.fetchall()]
        # Writers of SQLite stand in a queue, so nobody else takes these.
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        last: int = cursor.fetchone()[0]
        return list(range(last + 1, last + 1 + count))


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows whose values stand in the order of ``columns`` (names as ``attname``). One statement.

    Raises IntegrityError or DataError like any other write.
    """
    rows = list(rows)
    if not rows:
        return
    fields = [model._meta.get_field(name) for name in columns]
    names = ", ".join(f'"{field.column}"' for field in fields)  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            texts = [at for at, field in enumerate(fields) if isinstance(field, models.JSONField)]
            with connection.wrap_database_errors, cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(_with_json(row, texts) if texts else row)
        else:
            prepare = [_preparation(field) for field in fields]  # type: ignore[arg-type]
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(
                f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})',
                [[say(value) for say, value in zip(prepare, row, strict=True)] for row in rows],
            )


def insert_new(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """Write rows as ``insert`` does; one that a constraint of uniqueness forbids is left out. Returns how many were written.

    ``auto_now_add`` columns that are None get the present moment. One statement on PostgreSQL: what differs from row
    to row travels as one JSON array, what is the same in all of them once.
    """
    if not rows:
        return 0
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    stamp = timezone.now()
    cells = [[stamp] * len(rows) if getattr(field, "auto_now_add", False) and column[0] is None else column
             for field, column in zip(fields, zip(*rows, strict=True), strict=True)]  # fmt: skip
    into = f'INSERT INTO "{model._meta.db_table}" ({", ".join(f"{chr(34)}{field.column}{chr(34)}" for field in fields)})'
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            chosen, params = _as_json(cells, [field.rel_db_type(connection) for field in fields])
            source = "jsonb_array_elements(%s::jsonb) AS v"
            cursor.execute(f"{into} SELECT {chosen} FROM {source} ON CONFLICT DO NOTHING", params)
        else:
            prepare = [_preparation(field) for field in fields]
            marks = ", ".join(["%s"] * len(fields))
            values = [[say(cell) for say, cell in zip(prepare, row, strict=True)] for row in zip(*cells, strict=True)]
            cursor.executemany(f"{into} VALUES ({marks}) ON CONFLICT DO NOTHING", values)
        return int(cursor.rowcount)


def _as_json(columns: Sequence[Sequence[Any]], kinds: Sequence[Any]) -> tuple[str, list[Any]]:
    """What to select and its parameters: a column's common value, or its place in the arrays of the last parameter."""
    constant = [column.count(column[0]) == len(column) for column in columns]
    varying = [at for at, same in enumerate(constant) if not same]
    places = {at: place for place, at in enumerate(varying)}
    chosen = [f"(v->>{places[at]})::{kind}" if at in places else f"%s::{kind}" for at, kind in enumerate(kinds)]
    text = json.dumps(
        list(zip(*(columns[at] for at in varying), strict=True)) if varying else [[]] * len(columns[0]), default=str
    )
    return ", ".join(chosen), [*(column[0] for at, column in enumerate(columns) if at not in places), text.replace("\\u0000", "")]


def table_of(rows: Sequence[Sequence[str]], columns: Mapping[str, str]) -> tuple[str, list[Any]]:
    """Rows of texts as a table ``t`` to join with: its SQL and parameters. ``columns``: name → PostgreSQL's type."""
    if connection.vendor == "postgresql":
        arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        return f"unnest({arrays}) AS t({', '.join(columns)})", [_array(column) for column in zip(*rows, strict=True)]
    cells = ", ".join(f"json_extract(value, '$[{at}]') AS {name}" for at, name in enumerate(columns))
    return f"(SELECT {cells} FROM json_each(%s)) AS t", [json.dumps(rows)]


def _with_json(row: Sequence[Any], places: Sequence[int]) -> list[Any]:
    cells = list(row)
    for at in places:
        cells[at] = _encoded(cells[at]) if cells[at] else EMPTY[type(cells[at])]
    return cells


def _encoded(value: Any) -> str:
    text = ENCODE(value)
    return ENCODE(_without_nul(value)) if "\\u0000" in text else text


def _without_nul(value: Any) -> Any:
    """PostgreSQL keeps no NUL in a text; cells are lists of texts, changes hold texts in lists."""
    if isinstance(value, str):
        return value.replace("\0", "") if "\0" in value else value
    if isinstance(value, list):
        return [_without_nul(part) for part in value]
    return {name: _without_nul(part) for name, part in value.items()} if isinstance(value, dict) else value


def _preparation(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    return lambda value: field.get_db_prep_save(value, connection)


def need_not_be_on_disk() -> None:
    """The transaction that is open need not be on the disk when it ends: for work that knows how far it came in the same
    transaction, so that what a loss of power takes away is done again. What is committed after it is never there without it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO OFF")


def analyse(written: Iterable[type[models.Model]], rows: int) -> None:
    """Let PostgreSQL count tables that have just grown from nothing to about so many rows.

    Until it has, it believes them empty and reads them from end to end; its own daemon comes a minute too late.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in written:
            table = f'"{model._meta.db_table}"'
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
            if cursor.fetchone()[0] < rows / 2:
                cursor.execute(f"ANALYZE {table}")
