"""What clients are worth: groups by recency, frequency and money, moves between them, value over life, and what to expect."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

from analytics.figures import statistics
from analytics.figures.periods import Period
from analytics.figures.report_json import number
from analytics.figures.returning import money
from stores.models import Store
from visits import dialect
from visits.models import CHAIN, TypicalInterval
from visits.rhythm import SILENT_AFTER, WHOLE_CHAIN

YEAR, QUARTER = 365, 91
USUAL = 120  # days, where the chain has no usual interval yet
OFTEN, TOP_PART = 4, 5  # visit days; the best fifth by what they spent
QUARTERS = 12
MOVES_OVER = 91

# In the order of the page: from the best down.
GROUPS = (
    "champions", "loyal", "growing", "new", "attention", "cooling", "cannot_lose", "sleeping", "gone",
)  # fmt: skip
# Facts of a client as of a day → the group. r: days since the last visit, n: visit days, top: among the best fifth.
_GROUP = f"""CASE
    WHEN r <= %(usual)s AND n >= {OFTEN} AND spent >= %(top)s THEN 'champions'
    WHEN r <= %(usual)s AND n >= {OFTEN} THEN 'loyal'
    WHEN r <= %(usual)s AND n >= 2 THEN 'growing'
    WHEN r <= %(usual)s THEN 'new'
    WHEN r <= {SILENT_AFTER} * %(usual)s AND n >= 2 THEN 'attention'
    WHEN r <= {SILENT_AFTER} * %(usual)s THEN 'cooling'
    WHEN n >= {OFTEN} OR (n >= 2 AND spent >= %(top)s) THEN 'cannot_lose'
    WHEN n >= 2 THEN 'sleeping'
    ELSE 'gone' END"""


def thresholds() -> dict[str, Any]:
    """Cut points of the groups: ``usual`` days (the chain's usual interval) and ``top`` roubles. Two queries."""
    usual = TypicalInterval.objects.filter(kind=WHOLE_CHAIN).values_list("days", flat=True).first()
    sql = f"""SELECT MIN(spent) FROM (SELECT spent, NTILE({TOP_PART}) OVER (ORDER BY spent DESC) AS part
              FROM visits_clientactivity WHERE items > 0) parts WHERE part = 1"""
    ((top,),) = dialect.fetch(sql)
    return {"usual": max(1, round(usual or USUAL)), "top": number(money(top or 0))}


def groups(store: Store | None, period: Period) -> dict[str, Any]:
    """Clients of each group today, what they spent, and from which group they came over the last 91 days. Four queries.

    Facts of the chain; with a store chosen, of the clients whose home it is. ``moves``: [from, to, clients], "" is nobody yet.
    """
    cut = thresholds()
    home = "JOIN clients_client h ON h.id = a.client_id AND h.home_store_id = %(store)s" if store else ""
    theirs = "AND client_id IN (SELECT id FROM clients_client WHERE home_store_id = %(store)s)" if store else ""
    now = dialect.days_between(dialect.day("today"), "a.last_day")
    then = dialect.days_between(dialect.day("before"), "v.last_day")
    sql = f"""
    SELECT was, stands, COUNT(*), SUM(spent), SUM(stake) FROM (
        SELECT {_GROUP} AS stands, COALESCE(was, '') AS was, spent, stake FROM (
            SELECT {now} AS r, a.visit_days AS n, a.spent, m.stake, o.was
            FROM visits_clientactivity a {home} LEFT JOIN visits_rhythm m ON m.client_id = a.client_id
            LEFT JOIN (SELECT client_id, {_GROUP} AS was FROM (
                SELECT v.client_id, {then} AS r, v.n, v.spent FROM (
                    SELECT client_id, MAX(day) AS last_day, COUNT(*) AS n, SUM(total) AS spent FROM visits_visit
                    WHERE scope = 0 AND day <= %(before)s {theirs} GROUP BY client_id) v) past) o ON o.client_id = a.client_id
        ) facts) grouped GROUP BY was, stands"""
    days = {"today": period.last, "before": period.last - timedelta(days=MOVES_OVER)}
    found = dialect.fetch(sql, {**cut, **days, "store": store and store.pk})
    sums: dict[str, list[Any]] = {name: [0, Decimal(0), None] for name in GROUPS}
    for _was, stands, clients, spent, stake in found:
        row = sums[stands]
        row[0] += int(clients)
        row[1] += money(spent)
        row[2] = row[2] if stake is None else (row[2] or Decimal(0)) + money(stake)
    rows = [
        {"group": name, "clients": clients, "spent": number(spent), "stake": number(stake)}
        for name, (clients, spent, stake) in sums.items()
    ]
    moves = [[was, stands, int(clients)] for was, stands, clients, _spent, _stake in found if was != stands]
    return {"cut": cut, "over": MOVES_OVER, "rows": rows, "moves": sorted(moves, key=lambda move: -move[2])}


def by_cohort(store: Store | None, period: Period) -> list[dict[str, Any]]:
    """Revenue of a client over life, by year of the first visit, summed quarter by quarter (91 days). Two queries.

    A quarter counts the clients who have lived it to its end; with a store, what clients who began there left in the chain.
    """
    scope, today = store.pk if store else CHAIN, period.last
    age = dialect.days_between("v.day", "f.first_day")
    lived = dialect.days_between(dialect.day("today"), "f.first_day")
    year = dialect.year_of("f.first_day")
    begun = "f.scope = %(scope)s AND f.day = f.first_day AND f.day > %(since)s"
    params = {"scope": scope, "today": today, "since": today - timedelta(days=QUARTERS * QUARTER + YEAR)}
    clients = dialect.fetch(
        f"""SELECT {year}, {lived} / {QUARTER}, COUNT(*) FROM visits_visit f WHERE {begun} AND f.day <= %(today)s
        GROUP BY 1, 2""", params,
    )  # fmt: skip
    revenue = dialect.fetch(
        f"""SELECT {year}, {age} / {QUARTER}, {lived} / {QUARTER}, SUM(v.total) FROM visits_visit f
        JOIN visits_visit v ON v.client_id = f.client_id AND v.scope = 0 AND v.day <= %(today)s
        WHERE {begun} AND {age} < {QUARTERS * QUARTER} GROUP BY 1, 2, 3""", params,
    )  # fmt: skip
    return _life(clients, revenue)


def _life(clients: list[tuple[Any, ...]], revenue: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """``clients``: year, quarters lived, how many. ``revenue``: year, quarter of life, quarters lived, sum."""
    lived: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for year, quarters, many in clients:
        for quarter in range(min(int(quarters), QUARTERS)):
            lived[year][quarter] += int(many)
    sums: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for year, quarter, quarters, total in revenue:
        if int(quarters) > int(quarter):
            sums[year][int(quarter)] += money(total)
    size: dict[str, int] = defaultdict(int)
    for year, _quarters, many in clients:
        size[year] += int(many)
    rows = []
    for year in sorted(size):
        value, values = Decimal(0), []
        for quarter in range(QUARTERS):
            if lived[year][quarter] < statistics.FEW:
                break
            value += sums[year][quarter] / lived[year][quarter]
            values.append(float(round(value, 2)))
        rows.append({"year": year, "clients": size[year], "values": values})
    return rows


def model_told(store: Store | None, period: Period) -> dict[str, Any] | None:
    """What the model of visits says (``expecting.py``), which brings numpy and scipy along: imported when it is asked for."""
    from analytics.figures import expecting

    return expecting.model_told(store, period)


PARTS = (("groups", groups), ("life", by_cohort), ("model", model_told))
