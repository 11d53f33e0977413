"""A question that every page puts is worded once: Django makes its SQL, each asking brings only its values. Public.

Making SQL of a queryset costs as much as asking it. Where a page is opened all day, the wording is kept for the process.
"""

from collections.abc import Callable
from copy import copy
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)


class Given(Expression):
    """What each asking brings, by name: ``filter(pk=Given("client", BigAutoField()))``."""

    def __init__(self, name: str, kind: "Field[Any, Any]") -> None:
        self.name = name
        super().__init__(output_field=kind)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def of(self, values: dict[str, Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class _Wording(NamedTuple):
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]


class _Query:
    def __init__(self, compiler: SQLCompiler) -> None:
        self.compiler = compiler

    def get_compiler(self, **_using: Any) -> SQLCompiler:
        return self.compiler


class _Asked:
    """As much of a queryset as Django reads to make models of rows."""

    _known_related_objects: dict[Any, Any] = {}
    db = DEFAULT_DB_ALIAS

    def __init__(self, compiler: SQLCompiler) -> None:
        self.query = _Query(compiler)


class Prepared(Generic[M]):
    """A queryset of models with ``Given`` in the places of values; no prefetching, no ``__in`` of given lists."""

    def __init__(self, make: Callable[[], "QuerySet[M]"]) -> None:
        self.make = make
        self.wordings: dict[str, _Wording] = {}

    def rows(self, **values: Any) -> list[M]:
        """One query."""
        connection = connections[DEFAULT_DB_ALIAS]
        worded = self.wordings.get(connection.vendor) or self._word(connection)
        params = tuple(one.of(values, connection) if isinstance(one, Given) else one for one in worded.params)
        compiler = copy(worded.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_options: (worded.sql, params)  # type: ignore[method-assign]
        return list(ModelIterable(_Asked(compiler)))  # type: ignore[arg-type]

    def one(self, **values: Any) -> M | None:
        """The first row, if any. One query."""
        return next(iter(self.rows(**values)), None)

    def _word(self, connection: Any) -> _Wording:
        compiler = self.make().query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        return self.wordings.setdefault(connection.vendor, _Wording(compiler, sql, tuple(params)))
