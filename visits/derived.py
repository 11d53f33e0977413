"""The derived tables ``Visit``, ``ClientActivity`` and ``Rhythm``: a client's rows deleted and made anew from the receipts.

One text for SQLite and PostgreSQL. Never incremented, so they cannot drift. Public.
"""

from collections.abc import Collection
from datetime import date

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from catalogue.kinds import PieceKind
from imports.bulk import batched
from visits import dialect, rhythm, sources
from visits.models import CHAIN, StaleDay

CHUNK = 500

# Days of each client in each store: kept pieces, their sum, services brought in.
_LINES = """
    lines AS ({days}),
    chain_days AS (
        SELECT 0 AS scope, client_id, day, SUM(items) AS items, SUM(total) AS total, SUM(services) AS services
        FROM lines GROUP BY client_id, day
    )"""

_VISITS = f"""
INSERT INTO visits_visit (scope, client_id, day, items, total, first_day, second_day, previous_buying_day)
WITH {_LINES},
    numbered AS (
        SELECT client_id, day, ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY day) AS n FROM chain_days
    ),
    spans AS (
        SELECT client_id, MIN(day) AS first_day, MIN(CASE WHEN n = 2 THEN day END) AS second_day
        FROM numbered WHERE n <= 2 GROUP BY client_id
    ),
    all_days AS (
        SELECT scope, client_id, day, items, total FROM chain_days
        UNION ALL
        SELECT scope, client_id, day, SUM(items), SUM(total) FROM lines GROUP BY scope, client_id, day
    )
SELECT d.scope, d.client_id, d.day, d.items, d.total, s.first_day, s.second_day,
       MAX(CASE WHEN d.items > 0 THEN d.day END) OVER (
           PARTITION BY d.scope, d.client_id ORDER BY d.day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
FROM all_days d JOIN spans s ON s.client_id = d.client_id"""

_KINDS = ", ".join(f"SUM(CASE WHEN x.kind = '{kind}' THEN 1 ELSE 0 END) AS kept_{kind}" for kind in PieceKind.values)
_KEPT = ", ".join(f"kept_{kind}" for kind in PieceKind.values)
_KEPT_OR_ZERO = ", ".join(f"COALESCE(k.kept_{kind}, 0)" for kind in PieceKind.values)
_WEEKDAYS = range(1, 8)
_ON_WEEKDAYS = ", ".join(f"SUM(CASE WHEN {{weekday}} = {n} THEN 1 ELSE 0 END) AS visits_on_{n}" for n in _WEEKDAYS)
_VISITS_ON = ", ".join(f"visits_on_{n}" for n in _WEEKDAYS)

_ACTIVITY = f"""
INSERT INTO visits_clientactivity (client_id, first_day, second_day, last_day, visit_days, items, spent, services,
                                      own_interval, favourite_kind, first_kind, {_KEPT}, {_VISITS_ON})
WITH {_LINES},
    numbered_days AS (
        SELECT chain_days.*, ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY day) AS nth FROM chain_days
    ),
    totals AS (
        SELECT client_id, MIN(day) AS first_day, MIN(CASE WHEN nth = 2 THEN day END) AS second_day, MAX(day) AS last_day,
               COUNT(*) AS visit_days, SUM(items) AS items, SUM(total) AS spent, SUM(services) AS services, {_ON_WEEKDAYS}
        FROM numbered_days GROUP BY client_id
    ),
    pieces AS ({{pieces}}),
    by_kind AS (SELECT client_id, kind, COUNT(*) AS n, SUM(price) AS paid FROM pieces GROUP BY client_id, kind),
    favourites AS (
        SELECT client_id, kind,
               ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY n DESC, paid DESC, kind) AS place FROM by_kind
    ),
    firsts AS (
        SELECT client_id, kind,
               ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY day, price DESC, id) AS place FROM pieces
    ),
    kept AS (SELECT x.client_id, {_KINDS} FROM pieces x GROUP BY x.client_id)
SELECT t.client_id, t.first_day, t.second_day, t.last_day, t.visit_days, t.items, t.spent, t.services,
       CASE WHEN t.visit_days >= 3 THEN {{gap}} * 1.0 / (t.visit_days - 1) END,
       COALESCE(v.kind, ''), COALESCE(f.kind, ''), {_KEPT_OR_ZERO}, {_VISITS_ON}
FROM totals t
LEFT JOIN favourites v ON v.client_id = t.client_id AND v.place = 1
LEFT JOIN firsts f ON f.client_id = t.client_id AND f.place = 1
LEFT JOIN kept k ON k.client_id = t.client_id"""

# A period's figures depend on its days and on the first days of their clients: a period that a changed
# first or second day can touch contains the former or the new first day (docs/figures.md).
_STALE = """
INSERT INTO visits_staleday (scope, day)
SELECT DISTINCT v.scope, d.day FROM visits_visit v
JOIN (SELECT client_id, first_day AS day FROM visits_visit WHERE client_id {whose}
      UNION SELECT client_id, day FROM visits_visit WHERE client_id {whose} AND day IN ({days})) d
ON d.client_id = v.client_id
WHERE v.client_id {whose}"""


def refresh(clients: Collection[int], *, days: Collection[date] | None = None) -> None:
    """Make the derived rows of these clients anew, inside the caller's transaction, their rows locked by it.

    ``days`` are the days that the write touched; None marks every day of the clients as stale.
    """
    for chunk in batched(sorted(clients), CHUNK):
        whose = f"IN ({', '.join(['%s'] * len(chunk))})"
        with connection.cursor() as cursor:
            _mark_stale(cursor, whose, chunk, days)
            cursor.execute(f"DELETE FROM visits_visit WHERE client_id {whose}", chunk)
            cursor.execute(f"DELETE FROM visits_clientactivity WHERE client_id {whose}", chunk)
            cursor.execute(f"DELETE FROM visits_rhythm WHERE client_id {whose}", chunk)
            _insert(cursor, whose, chunk)
            _mark_stale(cursor, whose, chunk, days)


def mark_without_card(store_id: int, day: date) -> None:
    """A sale without a card changed: the figures beside the report of the store and of the chain are stale."""
    StaleDay.objects.bulk_create([StaleDay(scope=CHAIN, day=day), StaleDay(scope=store_id, day=day)])


@transaction.atomic
def rebuild() -> None:
    """Make all tables anew for every client: after loading a demo or restoring a base."""
    with connection.cursor() as cursor:
        for table in ("visit", "clientactivity", "rhythm"):
            cursor.execute(f"DELETE FROM visits_{table}")
        _insert_facts(cursor, "IS NOT NULL", [])
        rhythm.keep_typical_intervals()
        rhythm.insert(cursor, "IS NOT NULL", [])
        cursor.execute("INSERT INTO visits_staleday (scope, day) SELECT DISTINCT scope, day FROM visits_visit")


def _insert(cursor: CursorWrapper, whose: str, params: list[int]) -> None:
    _insert_facts(cursor, whose, params)
    rhythm.insert(cursor, whose, params)


def _insert_facts(cursor: CursorWrapper, whose: str, params: list[int]) -> None:
    gap, weekday = dialect.days_between("t.last_day", "t.first_day"), dialect.weekday_of("day")
    for statement in (_VISITS, _ACTIVITY):
        sql = statement.format(days=sources.days(), pieces=sources.pieces(), gap=gap, weekday=weekday)
        cursor.execute(sql.format(whose=whose), params * sql.count("{whose}"))


def _mark_stale(cursor: CursorWrapper, whose: str, params: list[int], days: Collection[date] | None) -> None:
    if days is None:
        sql = f"INSERT INTO visits_staleday (scope, day) SELECT DISTINCT scope, day FROM visits_visit WHERE client_id {whose}"
        cursor.execute(sql, params)
    elif days:
        sql = _STALE.format(whose=whose, days=", ".join(["%s"] * len(days)))
        cursor.execute(sql, [*params, *params, *sorted(days), *params])
