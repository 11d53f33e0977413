"""Four conditions of the segment builder, beside DuckDB in memory over the raw lines: the same clients, counted."""

from datetime import date
from typing import Any

import duckdb

from analytics.asking import segments
from analytics.asking.segments import single
from benchmarks import report
from benchmarks.measure import in_turn, tell
from catalogue.kinds import PieceKind
from clients.models import Client
from visits import rhythm
from visits.models import TypicalInterval

TODAY = date(2024, 12, 31)
LEAST, SPENT = 3, 1_000_000
LINES = """SELECT p.client_id, p.store_id, p.sold_on, x.price, x.kind, x.id FROM purchases_purchase p
           JOIN purchases_piece x ON x.purchase_id = p.id WHERE x.returned_on IS NULL AND p.voided_at IS NULL
           AND p.client_id IS NOT NULL"""
DUCK = f"""
WITH bought AS (
    SELECT client, count(*) FILTER (kind = 'ring') AS rings, sum(price) AS spent,
           first(kind ORDER BY day, price DESC, piece) AS first_kind
    FROM lines GROUP BY client HAVING rings >= {LEAST} AND spent >= {SPENT}
), came AS (
    SELECT client, count(DISTINCT day) AS days, min(day) AS first_day, max(day) AS last_day
    FROM (SELECT client, day FROM lines UNION ALL SELECT client, day FROM brought) WHERE client IN (SELECT client FROM bought)
    GROUP BY client
)
SELECT count(*) FROM bought JOIN came USING (client) JOIN cards USING (client) LEFT JOIN typical ON typical.kind = bought.first_kind
WHERE cards.store = $store AND $today - last_day > 3 * CASE WHEN came.days >= 3 THEN (last_day - first_day) / (came.days - 1) ELSE typical.days END
"""


def run(scale: float) -> bool:
    _prepare()
    duck, store = _load(), Client.objects.values_list("home_store", flat=True).order_by("home_store")[0]
    question = [
        [single("kind", kind=PieceKind.RING.value, least=LEAST)], [single("spent", sum=SPENT)], [single("silent", days=0)],
        [single("home", store=store)],
    ]  # fmt: skip
    found = segments.clients_of(question, today=TODAY, stores=None)
    said = {"store": store, "today": TODAY}
    assert found.count() == duck.execute(DUCK, said).fetchone()[0] > 0
    medians = in_turn(found.count, lambda: duck.execute(DUCK, said).fetchone())
    return tell("segment", scale, *medians, faster=30 if scale >= 1 else 10)


def _prepare() -> None:
    """The rhythms as of the day of the question, as a night leaves them."""
    from visits.models import Rhythm

    if Rhythm.objects.filter(as_of=TODAY).exists():
        return
    rhythm.keep_typical_intervals()
    rhythm.recompute(TODAY)


def _load() -> Any:
    duck = duckdb.connect()
    duck.execute("CREATE TABLE lines (client BIGINT, store BIGINT, day DATE, price DECIMAL(12, 2), kind VARCHAR, piece BIGINT)")
    duck.execute("CREATE TABLE brought (client BIGINT, day DATE)")
    duck.execute("CREATE TABLE cards (client BIGINT, store BIGINT)")
    report.copy_out(duck, "lines", LINES)
    report.copy_out(duck, "brought", "SELECT client_id, accepted_on FROM workshop_servicerequest WHERE status <> 'cancelled'")
    report.copy_out(duck, "cards", "SELECT id, home_store_id FROM clients_client WHERE state IN ('complete', 'incomplete')")
    duck.execute("CREATE TABLE typical (kind VARCHAR, days DOUBLE)")
    duck.executemany("INSERT INTO typical VALUES (?, ?)", list(TypicalInterval.objects.values_list("kind", "days")))
    return duck
