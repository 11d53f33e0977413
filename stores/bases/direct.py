"""The base past a PgBouncer, for what outlives a transaction: temporary tables, the tools of PostgreSQL. Public."""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


def connection() -> BaseDatabaseWrapper:
    """A connection of which nobody else gets a part; the usual one where no PgBouncer is between."""
    return connections["direct" if "direct" in connections.settings else DEFAULT_DB_ALIAS]
