"""60 random (store, period) reports, sums and distinct clients, beside DuckDB in memory over the same pieces."""

import random
import statistics
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
from django.conf import settings
from django.db import connection

from analytics.figures import returning
from analytics.figures.returning import Group
from benchmarks.measure import ROUNDS, tell, timed

DUCK = """
SELECT coalesce(sum(CASE WHEN s.first_day < $a THEN 1 END), 0), coalesce(sum(CASE WHEN s.first_day < $a THEN l.price END), 0),
       count(DISTINCT CASE WHEN s.first_day < $a THEN l.client END),
       coalesce(sum(CASE WHEN s.first_day >= $a THEN 1 END), 0), coalesce(sum(CASE WHEN s.first_day >= $a THEN l.price END), 0),
       count(DISTINCT CASE WHEN s.first_day >= $a THEN l.client END),
       coalesce(sum(CASE WHEN s.first_day >= $a AND s.second_day <= $b THEN 1 END), 0),
       coalesce(sum(CASE WHEN s.first_day >= $a AND s.second_day <= $b THEN l.price END), 0),
       count(DISTINCT CASE WHEN s.first_day >= $a AND s.second_day <= $b THEN l.client END)
FROM lines l JOIN spans s USING (client) WHERE l.day BETWEEN $a AND $b {store}
"""
LINES = """SELECT p.client_id, p.store_id, p.sold_on, x.price FROM purchases_purchase p
           JOIN purchases_piece x ON x.purchase_id = p.id WHERE x.returned_on IS NULL AND p.voided_at IS NULL
           AND p.client_id IS NOT NULL"""
DAYS = """SELECT client, min(day), min(CASE WHEN n = 2 THEN day END) FROM (
            SELECT client, day, row_number() OVER (PARTITION BY client ORDER BY day) n FROM (
              SELECT client, day FROM lines UNION SELECT client, day FROM brought)) GROUP BY client"""


def run(scale: float) -> bool:
    duck = _load()
    wanted = _reports()
    ours, peer = {}, {}
    for store, first, last in wanted:
        assert _ours(store, first, last) == _duck(duck, store, first, last), (store, first, last)
    for _round in range(ROUNDS):
        for report in wanted:
            ours.setdefault(report, []).append(timed(lambda report=report: _ours(*report)))
            peer.setdefault(report, []).append(timed(lambda report=report: _duck(duck, *report)))
    medians = [statistics.median(statistics.median(times) for times in side.values()) for side in (ours, peer)]
    return tell("report", scale, *medians, at_most=0.5 if scale >= 1 else 1)


def _reports() -> list[tuple[int, date, date]]:
    chance = random.Random(2018)
    reports = []
    for _report in range(60):
        first = date(2022, 3, 1) + timedelta(days=chance.randrange(900))
        reports.append((chance.choice((0, 0, 1, 2, 3)), first, first + timedelta(days=chance.choice((6, 30, 90, 364)))))
    return reports


def _ours(store: int, first: date, last: date) -> tuple[Group, ...]:
    return tuple(returning.group_sums(first, last, store).values())


def _load() -> Any:
    duck = duckdb.connect()
    duck.execute("CREATE TABLE lines (client BIGINT, store BIGINT, day DATE, price DECIMAL(12, 2))")
    duck.execute("CREATE TABLE brought (client BIGINT, day DATE)")
    for table, sql in (
        ("lines", LINES),
        ("brought", "SELECT client_id, accepted_on FROM workshop_servicerequest WHERE status <> 'cancelled'"),
    ):
        copy_out(duck, table, sql)
    duck.execute("CREATE TABLE spans AS SELECT * FROM (" + DAYS + ") t(client, first_day, second_day)")
    return duck


def copy_out(duck: Any, table: str, sql: str) -> None:
    """From PostgreSQL by COPY into a file that DuckDB reads."""
    path = settings.DATA_DIR / f"bench-{table}.csv"
    connection.ensure_connection()
    with (
        path.open("wb") as out,
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)") as rows,
    ):
        for block in rows:
            out.write(block)
    duck.execute(f"COPY {table} FROM '{path}' (FORMAT csv)")
    path.unlink()


def _duck(duck: Any, store: int, first: date, last: date) -> tuple[Group, ...]:
    where = f"AND l.store = {store}" if store else ""
    row = duck.execute(DUCK.format(store=where), {"a": first, "b": last}).fetchone()
    return tuple(Group(row[at + 2], int(row[at]), Decimal(row[at + 1]).quantize(Decimal("0.01"))) for at in (0, 3, 6))
