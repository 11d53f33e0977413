"""Rows of another table as one value of JSON, alike on both databases: they come along with a page's own row. Public."""

from typing import Any

from django.db.models import QuerySet, Subquery, TextField
from django.db.models.sql.compiler import SQLCompiler


class JsonRows(Subquery):
    """The columns of a queryset of ``values_list`` as a list of lists, in its order; ``None`` where there is no row.

    It comes as text: who reads it knows what its dates and sums are, and may keep what equal texts say.
    """

    def __init__(self, queryset: "QuerySet[Any, Any]", *columns: str, **extra: Any) -> None:
        self.columns = columns
        super().__init__(queryset.values_list(*columns), output_field=TextField(), **extra)

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, Any]:
        shape = f"json_agg(json_build_array({self._named(connection)}))::text"
        return self._shaped(shape, compiler, connection, **extra)

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, Any]:
        shape = f"NULLIF(json_group_array(json_array({self._named(connection)})), '[]')"
        return self._shaped(shape, compiler, connection, **extra)

    def _named(self, connection: Any) -> str:
        return ", ".join(f"found.{connection.ops.quote_name(column)}" for column in self.columns)

    def _shaped(self, shape: str, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, Any]:
        template = "(SELECT " + shape + " FROM (%(subquery)s) AS found)"
        return super().as_sql(compiler, connection, template=template, **extra)
