"""Each figure live over the whole chain, beside the limit of three seconds; what takes longer runs as a job with progress."""

import json
from datetime import date

from analytics import snapshots
from analytics.figures import today
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from benchmarks.measure import timed
from visits.models import CHAIN

LAST = date(2024, 12, 31)
MONTH = Period(date(2024, 12, 1), LAST)
LIMIT = 3.0


def run(scale: float) -> bool:
    held = []
    for name, figure in FIGURES.items():
        period = Period(LAST, LAST) if figure.standing else MONTH
        for part, compute in figure.parts:
            seconds = min(timed(lambda compute=compute, period=period: compute(None, period)) for _round in range(2))
            as_job = figure.heavy and not snapshots.is_small(figure, CHAIN, period)
            held.append(_tell(f"{name} {part}", scale, seconds, as_job=as_job))
    held.append(_tell("today", scale, min(timed(lambda: today.compared(LAST, None)) for _round in range(3)), as_job=False))
    return all(held)


def _tell(name: str, scale: float, seconds: float, *, as_job: bool) -> bool:
    holds = as_job or seconds <= LIMIT
    line = {
        "name": f"figure {name}",
        "scale": scale,
        "ours": round(seconds, 3),
        "peer": LIMIT,
        "ratio": round(seconds / LIMIT, 3),
    }
    print(json.dumps({**line, "demand": "<= 1 time, or a job with progress", "as_job": as_job, "holds": holds}), flush=True)
    return holds
