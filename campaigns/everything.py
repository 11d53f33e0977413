"""What all advertising together brings: who got none beside everybody else, since it was turned on (docs/programs.md).

Clients who had come before that day, by the arm that the hash gave them, in two strata: bought in the year before it, or not.
As JSON of the figure ``everything``; the newest time is told, also when it is over.
"""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from analytics.figures import experiments
from analytics.figures.experiments import Arm, Stratum
from analytics.figures.periods import Period
from analytics.figures.registry import Figure, Json
from campaigns import quiet
from campaigns.models import Quiet
from clients.models import LIVE
from stores.models import Store
from visits import dialect

YEAR = timedelta(days=365)
ROWS = """
SELECT CASE WHEN {held} THEN 1 ELSE 0 END, COALESCE(since.days, 0), COALESCE(since.total, 0), COALESCE(before.total, 0)
FROM visits_clientactivity AS activity
JOIN clients_client AS client ON client.id = activity.client_id
LEFT JOIN (SELECT client_id, COUNT(*) AS days, SUM(total) AS total FROM visits_visit
  WHERE scope = 0 AND items > 0 AND day >= %s AND day < %s AND day <= %s GROUP BY client_id
) AS since ON since.client_id = client.id
LEFT JOIN (SELECT client_id, SUM(total) AS total FROM visits_visit
  WHERE scope = 0 AND items > 0 AND day >= %s AND day < %s GROUP BY client_id) AS before ON before.client_id = client.id
WHERE activity.first_day < %s AND client.state IN ({live}) {home} ORDER BY client.id
"""


def told(store: Store | None, period: Period) -> Json:
    """Both arms and what may be said, as of the period's last day; no ``since`` where it was never on. Two queries."""
    found = Quiet.objects.filter(since__lte=period.last).order_by("-since", "-pk").first()
    if found is None:
        return {"since": None, "percent": 0}
    end = min(found.until, found.ended_on or found.until)
    strata = strata_of(found, end, period.last, store)
    verdict = experiments.judge(strata)
    return {
        "since": str(found.since), "until": str(found.until), "ended": str(end), "percent": found.percent,
        "is_over": end <= period.last,
        "held": _side([stratum.held for stratum in strata]), "others": _side([stratum.treated for stratum in strata]),
        "arms_fit": verdict.arms_fit, "share": verdict.share._asdict(), "money": verdict.money._asdict(),
    }  # fmt: skip


def strata_of(found: Quiet, end: date, last: date, store: Store | None) -> list[Stratum]:
    """Everybody who had come before, whether anything would have been sent to them or not. One query."""
    held, drawn = quiet.of_in_sql(found, "client.id")
    sql = ROWS.format(
        held=held,
        live=", ".join(["%s"] * len(LIVE)),
        home="" if store is None else f"AND client.home_store_id = {store.pk}",
    )
    params = [*drawn, found.since, end, last, found.since - YEAR, found.since, found.since, *LIVE]
    strata = {bought: Stratum(planned=found.percent / 100) for bought in (False, True)}
    for is_held, days, total, before in dialect.fetch(sql, params):
        stratum = strata[float(before) > 0]
        arm = stratum.held if is_held else stratum.treated
        arm.add(bought=bool(days), total=float(total), before=float(before))
    return [stratum for stratum in strata.values() if stratum.size]


def _side(arms: list[Arm]) -> Json:
    """Clients of an arm, how many bought, for how much, and what that is for each."""
    clients, bought = sum(arm.size for arm in arms), sum(arm.bought for arm in arms)
    revenue = round(sum(sum(arm.sums) for arm in arms), 2)
    return {
        "clients": clients, "buyers": bought, "revenue": revenue,
        "part": round(100 * bought / clients, 2) if clients else None, "each": round(revenue / clients, 2) if clients else None,
    }  # fmt: skip


FIGURE = Figure("everything", _("What all advertising brings"), (("all", told),), standing=True, ages=True)
