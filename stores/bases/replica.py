"""A second base that follows the first one: who reads it, how far it may be behind, and what happens when it is gone. Public.

Nothing is read from it but inside ``reading()``, which only views that change nothing enter (``bases.reading``). What is read
there may be ten seconds old, so nobody writes down what they computed from it: ``is_read`` tells.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple

import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

log = structlog.get_logger(__name__)
REPLICA = "replica"
MOST_BEHIND = 10.0  # seconds; a replica that is further behind is not read
LOOKED_EACH = 1.0
REST = 5.0  # after it did not answer, it is left alone for so long
# Who wrote reads the primary until the replica must have it: it is never read when it is further behind.
OWN_WRITES = int(MOST_BEHIND + LOOKED_EACH) + 4
# What pages write while they are read, and whose own state decides what they do: always of the primary.
OF_THE_PRIMARY = {"analytics.snapshot", "visits.staleday"}
# What is noted while somebody only looks: no write that they would look for.
BY_THE_WAY = {"sessions.session", "usersessions.usersession", "stores.lookups", "stores.exportrecord"}

_wanted: ContextVar[bool] = ContextVar("replica_wanted", default=False)
_wrote: ContextVar[bool] = ContextVar("replica_wrote", default=False)

_PRIMARY = "SELECT extract(epoch FROM clock_timestamp())::float8, (pg_current_wal_lsn() - '0/0'::pg_lsn)::float8"
_REPLICA = """SELECT pg_is_in_recovery(), (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::float8,
                     extract(epoch FROM pg_last_xact_replay_timestamp())::float8"""


class Mark(NamedTuple):
    """Where the primary's log ended at a moment of its clock."""

    at: float
    log: float


class Watch:
    """Whether the replica can be read now, looked at once a second by whoever comes; the others do not wait for the answer."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._marks: deque[Mark] = deque(maxlen=int(MOST_BEHIND * 2))
        self._next, self._fit = 0.0, False

    def is_fit(self) -> bool:
        if monotonic() >= self._next and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._fit

    def rest(self, why: object) -> None:
        """It broke while it was read: the primary answers for a while."""
        self._next = monotonic() + REST
        if self._fit:
            log.warning("replica.gone", why=str(why)[:200])
        self._fit = False

    def _look(self) -> None:
        self._next = monotonic() + LOOKED_EACH
        try:
            behind = self.behind()
        except (DatabaseError, InterfaceError) as error:
            return self.rest(error)
        fit = behind is not None and behind <= MOST_BEHIND
        if fit != self._fit:
            log.warning("replica.fit" if fit else "replica.behind", seconds=behind)
        self._fit = fit
        return None

    def behind(self) -> float | None:
        """Seconds that what the replica shows is old, at most; None where that cannot be told, or it has become a primary.

        An idle primary is no lag, and a cut line is one though the replica has nothing left to replay: so the end of the
        primary's log is remembered with its time, and the newest end that the replica has reached tells.
        """
        now = Mark(*_one(DEFAULT_DB_ALIAS, _PRIMARY))
        follows, replayed, of = _one(REPLICA, _REPLICA)
        if not follows:
            return None
        self._marks.append(now)
        reached = [mark.at for mark in self._marks if mark.log <= (replayed or 0)]
        known = max([*reached, of or 0.0])
        return max(now.at - known, 0.0) if known else None


def _one(alias: str, sql: str) -> tuple[Any, ...]:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        return tuple(cursor.fetchone() or ())


watch = Watch()


def is_on() -> bool:
    """Whether this installation has a replica."""
    return REPLICA in settings.DATABASES


def is_read() -> bool:
    """Whether what is read now may be some seconds old."""
    return _wanted.get() and not _wrote.get() and not connections[DEFAULT_DB_ALIAS].in_atomic_block


def wrote() -> bool:
    """Whether something was written since ``forget_writes``."""
    return _wrote.get()


def forget_writes() -> None:
    _wrote.set(False)


@contextmanager
def reading() -> Iterator[None]:
    """Read from the replica until something is written."""
    token = _wanted.set(True)
    try:
        yield
    finally:
        _wanted.reset(token)


def connection() -> BaseDatabaseWrapper:
    """The connection for SQL of one's own that only reads."""
    return connections[REPLICA if is_read() else DEFAULT_DB_ALIAS]


class Router:
    """Sends reads to the replica where a view allowed it, and everything else to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return REPLICA if is_read() and model._meta.label_lower not in OF_THE_PRIMARY else DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **hints: Any) -> str:
        if model._meta.label_lower not in BY_THE_WAY:
            _wrote.set(True)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS
