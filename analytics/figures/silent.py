"""Who has fallen silent, who comes back by themselves, and whom to expect (docs/figures.md).

Silent: more than three usual intervals have passed since the last visit day. With a store chosen, clients whose home it is.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from analytics.figures.coming_back import share
from analytics.figures.periods import Period
from analytics.figures.report_json import number
from analytics.figures.returning import money
from clients.models import Client, ClientQuerySet
from stores.models import Store
from visits import dialect
from visits.models import LifeModel
from visits.rhythm import DRAWN, SILENT_AFTER, YEAR

WEEKS_BACK, WEEKS_AHEAD = 26, 8
REGULAR_FROM = 2  # visit days

_AT_HOME = "JOIN clients_client h ON h.id = {client} AND h.home_store_id = %(store)s"


def _home(store: Store | None, client: str) -> str:
    return _AT_HOME.format(client=client) if store else ""


def now(store: Store | None, period: Period) -> dict[str, Any]:
    """Regulars and one-time clients: how many are silent, what they spent, what is at stake, by the rule that spoke.

    One query. ``stake`` is null until the model of visits is fitted.
    """
    sql = f"""SELECT CASE WHEN a.visit_days >= {REGULAR_FROM} THEN 'regulars' ELSE 'once' END, r.rule,
        CASE WHEN r.silent_from <= %(today)s THEN 1 ELSE 0 END, COUNT(*), SUM(a.spent), SUM(r.stake)
    FROM visits_rhythm r JOIN visits_clientactivity a ON a.client_id = r.client_id {_home(store, "r.client_id")}
    GROUP BY 1, 2, 3"""
    sides: dict[str, Any] = {
        name: {"clients": 0, "silent": 0, "spent": 0.0, "stake": None, "rules": {}} for name in ("regulars", "once")
    }
    for group, rule, silent, clients, spent, stake in dialect.fetch(sql, {"today": period.last, "store": store and store.pk}):
        side = sides[group]
        side["clients"] += clients
        side["rules"][rule] = side["rules"].get(rule, 0) + clients
        if silent:
            side["silent"] += clients
            side["spent"] = float(money(side["spent"] + float(spent)))
            if stake is not None:
                side["stake"] = float(money((side["stake"] or 0.0) + float(stake)))
    return sides


def weeks(store: Store | None, period: Period) -> list[dict[str, Any]]:
    """Regulars who fell silent and who came back after a silence, by week, the last 26. One query over their visits.

    Weeks begin on Monday.
    """
    since = _monday(period.last) - timedelta(weeks=WEEKS_BACK - 1)
    told = _as_it_looked(store)
    # One pass: the order of all visits is what it costs. A row that fell silent and came back counts in two weeks.
    fell = "silent_from BETWEEN %(since)s AND %(today)s AND (next_day IS NULL OR next_day >= silent_from)"
    back = "next_day BETWEEN %(since)s AND %(today)s AND next_day >= silent_from"
    sql = f"""
    SELECT CASE WHEN {fell} THEN {dialect.week_of("silent_from")} END, CASE WHEN {back} THEN {dialect.week_of("next_day")} END,
        COUNT(*) FROM ({told}) told WHERE ({fell}) OR ({back}) GROUP BY 1, 2"""
    counts: Counter[tuple[str, str]] = Counter()
    for fell_in, back_in, clients in dialect.fetch(sql, {"today": period.last, "since": since, "store": store and store.pk}):
        counts[fell_in, "fell"] += int(clients)
        counts[back_in, "back"] += int(clients)
    return [
        {"week": week, "fell": counts[week, "fell"], "back": counts[week, "back"]}
        for week in ((since + timedelta(weeks=n)).isoformat() for n in range(WEEKS_BACK))
    ]


def _as_it_looked(store: Store | None) -> str:
    """Each visit day of a regular up to ``%(today)s`` with the next one and the day from which the client was silent after it.

    As it looked at the time: before the third visit day a client is judged by the typical interval, from then on by the gaps
    so far, drawn towards it.
    """
    typical, gaps = "COALESCE(k.days, c.days)", dialect.days_between("d.day", "d.first_day")
    usual = f"CASE WHEN d.n >= 3 THEN ({gaps} + {DRAWN} * {typical}) / (d.n - 1 + {DRAWN}) ELSE {typical} END"
    return f"""
        SELECT d.day, d.next_day, {dialect.plus_days("d.day", f"FLOOR({SILENT_AFTER} * ({usual}) + 0.000001) + 1")} AS silent_from
        FROM (SELECT v.day, v.first_day, a.first_kind, ROW_NUMBER() OVER told AS n, LEAD(day) OVER told AS next_day
              FROM visits_visit v JOIN visits_clientactivity a ON a.client_id = v.client_id AND a.visit_days >= {REGULAR_FROM}
              {_home(store, "v.client_id")} WHERE scope = 0 AND day <= %(today)s
              WINDOW told AS (PARTITION BY v.client_id ORDER BY day)) d
        LEFT JOIN visits_typicalinterval k ON k.kind = d.first_kind AND d.first_kind <> ''
        LEFT JOIN visits_typicalinterval c ON c.kind = ''
        WHERE d.n >= {REGULAR_FROM} AND {typical} IS NOT NULL"""


def put_to_the_test(store: Store | None, period: Period) -> dict[str, Any]:
    """How right the rule was: regulars of a year ago, those whom it called silent then and the others, and how many of each
    came within the year since. One query over their visits."""
    then = period.last - timedelta(days=YEAR)
    sql = f"""
    SELECT CASE WHEN silent_from <= %(then)s THEN 1 ELSE 0 END, COUNT(*), COUNT(next_day) FROM ({_as_it_looked(store)}) told
    WHERE day <= %(then)s AND (next_day IS NULL OR next_day > %(then)s) GROUP BY 1"""
    found = dialect.fetch(sql, {"today": period.last, "then": then, "store": store and store.pk})
    sides = {("others", "silent")[silent]: share(int(came), int(clients)) for silent, clients, came in found}
    return {name: sides.get(name) for name in ("silent", "others")}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def expected(store: Store | None, period: Period) -> list[dict[str, Any]]:
    """Clients whose next visit is expected in each of the coming weeks, and what they usually leave in one. One query."""
    first = _monday(period.last)
    sql = f"""SELECT {dialect.week_of("r.expected_on")}, COUNT(*), SUM(a.spent / a.visit_days)
    FROM visits_rhythm r JOIN visits_clientactivity a ON a.client_id = r.client_id {_home(store, "r.client_id")}
    WHERE r.expected_on BETWEEN %(first)s AND %(last)s AND a.visit_days >= {REGULAR_FROM} GROUP BY 1"""
    last = first + timedelta(weeks=WEEKS_AHEAD, days=-1)
    found = dialect.fetch(sql, {"first": first, "last": last, "store": store and store.pk})
    rows = {week: (int(clients), number(money(usual))) for week, clients, usual in found}
    days = ((first + timedelta(weeks=n)).isoformat() for n in range(WEEKS_AHEAD))
    return [{"week": day, "clients": rows.get(day, (0, 0))[0], "usual": rows.get(day, (0, 0))[1]} for day in days]


PARTS = (("now", now), ("weeks", weeks), ("expected", expected), ("test", put_to_the_test))


def listed(show: str, today: date, stores: list[Store] | None, store: Store | None = None) -> ClientQuerySet:
    """Clients to act on, the most at stake first: ``regulars``, ``once`` or ``all`` of the silent, or ``expected`` in the coming
    weeks. ``stores`` None is the chain. Where no chance is known yet, by what they spent."""
    clients = Client.objects.live().select_related("home_store", "activity", "rhythm")
    if store:
        clients = clients.filter(home_store=store)
    elif stores is not None:
        clients = clients.filter(home_store__in=stores)
    if show == "expected":
        monday = _monday(today)
        until = monday + timedelta(weeks=WEEKS_AHEAD, days=-1)
        regulars = clients.filter(activity__visit_days__gte=REGULAR_FROM, rhythm__expected_on__range=(monday, until))
        return regulars.order_by("rhythm__expected_on", "-activity__spent", "pk")
    clients = clients.filter(rhythm__silent_from__lte=today)
    if show != "all":
        clients = clients.filter(**{f"activity__visit_days__{'gte' if show == 'regulars' else 'lt'}": REGULAR_FROM})
    return clients.order_by("-rhythm__stake", "pk") if LifeModel.objects.exists() else clients.order_by("-activity__spent", "pk")
