"""What a program's numbers allow to say: its clients by month and by the holdout that was in force when they were chosen."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from analytics.figures import experiments
from analytics.figures.experiments import Stratum, Verdict
from campaigns.effects.effect import CAME, WINDOW
from campaigns.models import Program
from stores.models import Store
from visits import dialect

YEAR = 365
ROWS = """
SELECT {month}, message.created_at, CASE WHEN message.reason = 'holdout' THEN 1 ELSE 0 END,
  CASE WHEN COUNT(visit.id) > 0 THEN 1 ELSE 0 END, COALESCE(SUM(visit.total), 0),
  COALESCE((SELECT SUM(earlier.total) FROM visits_visit AS earlier
            WHERE earlier.client_id = message.client_id AND earlier.scope = 0
              AND earlier.day < message.counted_from AND earlier.day >= {year_before}), 0)
FROM messaging_message AS message
LEFT JOIN visits_visit AS visit ON {came}
WHERE message.source = %s AND message.occasion_on BETWEEN %s AND %s AND message.counted_from <= %s
  AND message.reason <> 'road' {stores}
GROUP BY message.id, message.occasion_on, message.created_at, message.reason, message.client_id, message.counted_from
ORDER BY message.id
"""


def judge(program: Program, first: date, last: date, *, today: date, stores: Sequence[Store] | None) -> Verdict:
    """What the occasions of ``first..last`` whose windows are over allow to say. Two queries; ``stores`` None is the chain."""
    return experiments.judge(strata_of(program, first, last, today=today, stores=stores))


def strata_of(program: Program, first: date, last: date, *, today: date, stores: Sequence[Store] | None) -> list[Stratum]:
    """Everybody who was chosen, in their arm, written to or not: by month, and by the part that was held out then."""
    holdouts = _Holdouts(program)
    strata: dict[tuple[str, int], Stratum] = {}
    only = "" if stores is None else f"AND message.store_id IN ({', '.join(str(store.pk) for store in stores) or 'NULL'})"
    rows = dialect.fetch(
        ROWS.format(
            month=dialect.month_of("message.occasion_on"),
            year_before=dialect.plus_days("message.counted_from", -YEAR),
            came=CAME.format(window_end=dialect.plus_days("message.counted_from", WINDOW.days)),
            stores=only,
        ),
        [program.key, first, last, today - WINDOW],
    )
    for month, chosen_at, is_held, came, total, before in rows:
        percent = holdouts.at(chosen_at)
        stratum = strata.setdefault((month, percent), Stratum(planned=percent / 100))
        arm = stratum.held if is_held else stratum.treated
        arm.add(bought=bool(came), total=float(Decimal(str(total))), before=float(Decimal(str(before))))
    return list(strata.values())


class _Holdouts:
    """The part of a program's clients that was held out, in per cent, at any moment. One query."""

    def __init__(self, program: Program) -> None:
        told = list(program.history.order_by("history_date", "pk").values_list("history_date", "holdout", "history_type"))
        self.since = [moment for moment, _percent, _type in told]
        # A program that came with the base has no first word of its history: it held nobody out until somebody said so.
        first = 0 if told and told[0][2] != "+" else program.holdout
        self.percents = [first, *(percent for _moment, percent, _type in told)]

    def at(self, moment: datetime) -> int:
        """What was in force at a moment, which SQLite hands out in UTC without saying so."""
        return int(self.percents[bisect_right(self.since, moment if moment.tzinfo else moment.replace(tzinfo=UTC))])
