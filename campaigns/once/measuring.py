"""What came of a campaign, told once, on the day that was fixed when it was frozen: what followed, and what it caused."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

import structlog
from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum

from analytics.figures import experiments
from analytics.figures.experiments import Stratum, Verdict
from campaigns import touching
from campaigns.models import Arm, Campaign, CampaignState, Touch, TouchState, Variant, WhyOut
from campaigns.once import wordings
from clients.models import Client
from messaging.models import GONE, PAPER, Errand, Message
from stores.chain_day import day_of
from visits import dialect

log = structlog.get_logger(__name__)
UNDER_WAY = (CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.MEASURING)
YEAR = 365
BOUGHT = """
visit.client_id = touch.client_id AND visit.scope = 0 AND visit.items > 0
AND visit.day >= touch.counted_from AND visit.day < {window_end}
"""
ROWS = """
SELECT touch.stratum, touch.arm, COUNT(visit.id), COALESCE(SUM(visit.total), 0),
  COALESCE((SELECT SUM(earlier.total) FROM visits_visit AS earlier
            WHERE earlier.client_id = touch.client_id AND earlier.scope = 0
              AND earlier.day < touch.counted_from AND earlier.day >= {year_before}), 0)
FROM campaigns_touch AS touch LEFT JOIN visits_visit AS visit ON {bought}
WHERE touch.source = %s AND touch.arm <> 'out' AND NOT (touch.arm = 'held' AND touch.reason = 'quiet')
GROUP BY touch.id, touch.stratum, touch.arm, touch.client_id, touch.counted_from ORDER BY touch.id
"""
# Each buying day once: to the last touch of whatever source before it.
FOLLOWED = """
SELECT COUNT(*), COALESCE(SUM(visit.total), 0)
FROM campaigns_touch AS touch JOIN visits_visit AS visit ON {bought}
WHERE touch.source = %s AND touch.arm = 'treated' AND NOT EXISTS (
  SELECT 1 FROM campaigns_touch AS later WHERE later.client_id = touch.client_id AND later.arm = 'treated'
    AND later.counted_from <= visit.day
    AND (later.counted_from > touch.counted_from OR later.counted_from = touch.counted_from AND later.id > touch.id))
"""


class Side(NamedTuple):
    """One arm: clients, how many of them bought in the window, and for how much."""

    clients: int
    bought: int
    revenue: float


def judge_due(now: datetime) -> int:
    """Tell the results whose day has come; told once. Returns how many."""
    due = Campaign.objects.filter(state__in=UNDER_WAY, judge_on__lte=day_of(now)).order_by("pk")
    return sum(close(campaign, now=now) for campaign in due)


@transaction.atomic
def close(campaign: Campaign, *, now: datetime) -> bool:
    """Write down what came of it; whoever was not reached by now is not any more, and counts in their arm all the same."""
    locked = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if locked.state not in UNDER_WAY or locked.judge_on is None or locked.judge_on > day_of(now):
        return False
    touching.end(Touch.objects.filter(source=locked.source, arm=Arm.TREATED, state=TouchState.WAITS), WhyOut.DECIDED)
    locked.result, locked.state = _result(locked), CampaignState.CLOSED
    locked.save(update_fields=["result", "state"])
    log.info("campaign.closed", campaign=locked.pk)
    return True


def _result(campaign: Campaign) -> dict[str, Any]:
    """Five queries, and one where there are two wordings."""
    strata = strata_of(campaign)
    return {**counts_of(campaign, strata), **_as_json(experiments.judge(strata))}


def counts_of(campaign: Campaign, strata: Sequence[Stratum]) -> dict[str, Any]:
    """What came of it in numbers, without what they allow to say. Four queries, and one where there are two wordings."""
    days, revenue = _fetch(campaign, FOLLOWED)[0]
    sent = Message.objects.filter(source=campaign.source, state__in=GONE).aggregate(messages=Count("pk"), cost=Sum("cost"))
    calls = errands_of(campaign).exclude(result="").count()
    return {
        "treated": _side(stratum.treated for stratum in strata)._asdict(),
        "held": _side(stratum.held for stratum in strata)._asdict(),
        "followed": {"days": days, "revenue": float(Decimal(str(revenue)))},
        "wordings": wordings.told(_fetch(campaign, wordings.ROWS)) if campaign.has_second else {},
        "messages": sent["messages"], "cost": float(sent["cost"] or 0), "calls": calls,
    }  # fmt: skip


def _as_json(verdict: Verdict) -> dict[str, Any]:
    return {
        "share": verdict.share._asdict(), "money": verdict.money._asdict(), "arms_fit": verdict.arms_fit,
    }  # fmt: skip


def _side(arms: Iterable[experiments.Arm]) -> Side:
    told = list(arms)
    return Side(sum(arm.size for arm in told), sum(arm.bought for arm in told), sum(sum(arm.sums) for arm in told))


def strata_of(campaign: Campaign) -> list[Stratum]:
    """Everybody who was chosen, in their arm, contacted or not. One query."""
    strata: dict[str, Stratum] = {}
    for name, arm, times, total, before in _fetch(campaign, ROWS):
        percent = int(name.rpartition(":")[2])
        stratum = strata.setdefault(name, Stratum(planned=percent / 100))
        side = stratum.held if arm == Arm.HELD else stratum.treated
        side.add(bought=bool(times), total=float(Decimal(str(total))), before=float(Decimal(str(before))))
    return list(strata.values())


def _fetch(campaign: Campaign, sql: str) -> list[Any]:
    bought = BOUGHT.format(window_end=dialect.plus_days("touch.counted_from", campaign.window_days))
    year_before = dialect.plus_days("touch.counted_from", -YEAR)
    return list(dialect.fetch(sql.format(bought=bought, year_before=year_before), [campaign.source]))


def errands_of(campaign: Campaign) -> "QuerySet[Errand]":
    """Its own calls. Who is only asked what was wrong is nobody's whom it contacts."""
    return _every_errand(campaign).filter(is_service=False)


def _every_errand(campaign: Campaign) -> "QuerySet[Errand]":
    return Errand.objects.filter(occasion_key__startswith=f"{campaign.source}:")


class Progress(NamedTuple):
    """How far a campaign is: clients by arm, of the treated those who wait or were left out since, and what came of it.

    ``second`` of the treated get the second wording, if there is one; ``on_paper`` of the messages are letters on paper;
    ``heard`` are called because nobody has asked them what was wrong: they are left out, and count among no contacts.
    """

    treated: int
    held: int
    out: int
    waits: int
    ended: int
    sent: int
    queued: int
    calls: int
    called: int
    agreed: int
    second: int = 0
    on_paper: int = 0
    heard: int = 0

    @property
    def share(self) -> int:
        """Of the treated, in whole per cent, those who were seen to."""
        return (self.treated - self.waits) * 100 // self.treated if self.treated else 100


def progress(campaign: Campaign) -> Progress:
    """Three queries."""
    waits, treated = Q(state=TouchState.WAITS), Q(arm=Arm.TREATED)
    touches = Touch.objects.filter(source=campaign.source).aggregate(
        treated=Count("pk", filter=treated), held=Count("pk", filter=Q(arm=Arm.HELD) & ~Q(reason=WhyOut.QUIET)),
        out=Count("pk", filter=Q(arm=Arm.OUT)),
        waits=Count("pk", filter=waits), ended=Count("pk", filter=treated & Q(state=TouchState.OVER)),
        second=Count("pk", filter=Q(variant=Variant.B)),
    )  # fmt: skip
    messages = Message.objects.filter(source=campaign.source).aggregate(
        sent=Count("pk", filter=Q(state__in=GONE)),
        queued=Count("pk", filter=Q(state="pending")),
        on_paper=Count("pk", filter=Q(channel=PAPER)),
    )
    own = Q(is_service=False)
    calls = _every_errand(campaign).aggregate(
        calls=Count("pk", filter=own), called=Count("pk", filter=own & ~Q(result="")),
        agreed=Count("pk", filter=own & Q(result="agreed")), heard=Count("pk", filter=~own),
    )  # fmt: skip
    return Progress(**touches, **messages, **calls)


def left_out(campaign: Campaign) -> list[tuple[str, str, int]]:
    """Reasons why nothing goes to clients, with how many; of those who were chosen, too. One query."""
    found = Touch.objects.filter(source=campaign.source).exclude(reason="").order_by().values_list("reason")
    return [(reason, str(WhyOut(reason).label), n) for reason, n in found.annotate(n=Count("pk")).order_by("-n")]


def clients_behind(campaign: Campaign, show: str) -> "QuerySet[Client]":
    """Clients of an arm (``treated``, ``held``, ``out``), or of a reason."""
    touches = Touch.objects.filter(source=campaign.source)
    if show in Arm.values:
        touches = touches.filter(arm=show).exclude(arm=Arm.HELD, reason=WhyOut.QUIET)
    else:
        touches = touches.filter(reason=show)
    return Client.objects.filter(pk__in=touches.values("client")).select_related("home_store").order_by("name_key", "pk")
