"""What counts as a visit: each app to the right registers the days that it knows of, as SQL over its own tables. Public."""

from typing import NamedTuple


class DaysSource(NamedTuple):
    """A SELECT of ``scope, client_id, day, items, total, services`` for clients ``{whose}``, one row a store, client and day.

    ``scope`` is the store's primary key, ``items`` kept pieces and ``total`` their sum, ``services`` requests brought in. The
    same text must run on SQLite and PostgreSQL.
    """

    name: str
    sql: str


class PiecesSource(NamedTuple):
    """A SELECT of ``client_id, day, id, kind, price`` of the kept pieces of clients ``{whose}``."""

    name: str
    sql: str


_days: dict[str, str] = {}
_pieces: dict[str, str] = {}


def register(source: DaysSource | PiecesSource) -> None:
    """Called from ``AppConfig.ready`` by the app that the days, or the pieces, belong to."""
    (_days if isinstance(source, DaysSource) else _pieces)[source.name] = source.sql


def days() -> str:
    """All registered days, as one SELECT."""
    return "\nUNION ALL\n".join(_days.values())


def pieces() -> str:
    """All registered kept pieces, as one SELECT."""
    return "\nUNION ALL\n".join(_pieces.values())
