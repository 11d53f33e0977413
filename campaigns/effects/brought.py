"""What it all brought: of all programs, campaigns and evenings what followed, what they cost, and what each may be said to cause.

What followed adds up, because a purchase counts once; what was caused does not: it is told of each source by its own comparison.
Revenue of the period stands beside. As JSON of the figure ``brought`` (docs/programs.md).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analytics.figures.experiments import Says, Verdict
from analytics.figures.periods import Period
from analytics.figures.registry import Figure, Json
from campaigns.effects import effect, judging, outcome
from campaigns.effects.following import LONGEST, Followed, Following, TakenOff
from campaigns.models import SOURCE, Campaign, CampaignState, Program, Touch, Trigger
from messaging.models import GONE, Channel, Errand, Message
from stores import chain_day
from stores.models import Store
from visits import dialect

# A talk and a try that nobody answered, in minutes: nobody holds a stop watch (docs/programs.md).
TALK, TRY = 4, 1
NOTHING = TakenOff(Decimal(0), Decimal(0))
REVENUE = """
SELECT {visit_month}, scope, SUM(total), 0 FROM visits_visit WHERE scope > 0 AND day BETWEEN %(first)s AND %(last)s {scopes}
GROUP BY 1, 2
UNION ALL
SELECT {month}, purchase.store_id, 0, SUM(piece.price)
FROM purchases_purchase AS purchase JOIN purchases_piece AS piece ON piece.purchase_id = purchase.id
WHERE purchase.client_id IS NULL AND purchase.voided_at IS NULL AND piece.returned_on IS NULL
  AND purchase.sold_on BETWEEN %(first)s AND %(last)s {stores} GROUP BY 1, 2
"""


def _stores(store: Store | None) -> list[Store] | None:
    return None if store is None else [store]


def _following(store: Store | None, period: Period) -> Following:
    return Following(*period, stores=_stores(store))


# --- By source ------------------------------------------------------------------------------------------------


def sources(store: Store | None, period: Period) -> list[Json]:
    """A row for each source that contacted, chose or is followed in the period, the most followed first."""
    following, stores = _following(store, period), _stores(store)
    followed, off = following.by_source(), following.taken_off()
    named = sorted({*followed, *_active(period, stores)})
    written, called, causes = _written(named, period, stores), _called(named, period, stores), _Causes(period, store)
    rows = [
        {
            "source": source,
            **_followed(followed.get(source)),
            "discounts": float(off.get(source, NOTHING).discounts), "bonuses": float(off.get(source, NOTHING).bonuses),
            **written.get(source, Written(0, 0, 0.0))._asdict(), **called.get(source, Called(0, 0))._asdict(),
            "caused": causes.of(source),
        }
        for source in named
    ]  # fmt: skip
    return sorted(rows, key=lambda row: -row["revenue"])


def _followed(told: Followed | None) -> Json:
    buyers, orders, revenue = told or Followed(0, 0, Decimal(0))
    return {"buyers": buyers, "orders": orders, "revenue": float(revenue)}


def _active(period: Period, stores: Sequence[Store] | None) -> set[str]:
    """Sources that chose or wrote to anybody in the period. Two queries."""
    touches = Touch.objects.compared().filter(counted_from__range=period)
    greetings = Message.objects.filter(source__in=_of_days(), counted_from__range=period)
    if stores is not None:
        touches, greetings = touches.filter(store__in=stores), greetings.filter(store__in=stores)
    return {source for some in (touches, greetings) for source in some.order_by().values_list("source", flat=True).distinct()}


def _of_days() -> list[str]:
    return list(Program.objects.filter(trigger=Trigger.DAY).values_list("key", flat=True))


class Written(NamedTuple):
    """Messages that went, the SMS segments of them, and what they cost."""

    messages: int
    segments: int
    cost: float


def _written(named: Sequence[str], period: Period, stores: Sequence[Store] | None) -> dict[str, Written]:
    gone = Message.objects.filter(source__in=named, state__in=GONE, counted_from__range=period)
    if stores is not None:
        gone = gone.filter(store__in=stores)
    sms = Sum("segments", filter=Q(channel=Channel.SMS), default=0)
    rows = gone.order_by().values_list("source").annotate(n=Count("pk"), sms=sms, paid=Sum("cost", default=0))
    return {source: Written(messages, segments, float(cost)) for source, messages, segments, cost in rows}


class Called(NamedTuple):
    """Calls that somebody answered or nobody did, and the minutes that they took, as reckoned."""

    calls: int
    minutes: int


def _called(named: Sequence[str], period: Period, stores: Sequence[Store] | None) -> dict[str, Called]:
    """Of errands that were closed in the period; whose they are, their keys say (``source:round:client:step``)."""
    closed = Errand.objects.exclude(result="").filter(
        done_at__range=(chain_day.ends_of(period.first)[0], chain_day.ends_of(period.last)[1])
    )
    if stores is not None:
        closed = closed.filter(store__in=stores)
    calls, minutes = Counter[str](), Counter[str]()
    for key, outcome_of, tries in closed.order_by().values_list("occasion_key", "outcome", "tries"):
        source, talked = key.rsplit(":", 3)[0], outcome_of != Errand.Outcome.NO_ANSWER
        calls[source] += tries + talked
        minutes[source] += tries * TRY + talked * TALK
    return {source: Called(calls[source], minutes[source]) for source in named if calls[source]}


# --- What each caused -----------------------------------------------------------------------------------------


class _Causes:
    """What may be said of what sources caused, of those whom they chose in the period. Two queries, and some for each source."""

    def __init__(self, period: Period, store: Store | None) -> None:
        self.period, self.stores = period, _stores(store)
        self.today = store.today() if store else timezone.localdate()
        self.programs = {program.key: program for program in Program.objects.all()}
        since = (period.first - LONGEST, period.last)
        self.campaigns = {
            one.source: one for one in Campaign.objects.exclude(state=CampaignState.DRAFT).filter(as_of__range=since)
        }

    def of(self, source: str) -> Json:
        if source in self.campaigns:
            return self._of_campaign(self.campaigns[source])
        program = self.programs.get(source)
        if program is None and source.partition(":")[0] == SOURCE:
            return _caused(Says.TOO_FEW)
        if program and program.is_of_a_day:
            asked: Any = {"today": self.today, "stores": self.stores}
            total = effect.effect_of(program, *self.period, **asked).total
            return _told(judging.judge(program, *self.period, **asked), total.written.full, total.held.full)
        return _told(*outcome.judged(source, *self.period, today=self.today, stores=self.stores))

    def _of_campaign(self, campaign: Campaign) -> Json:
        """As it was judged, once, over all its stores; before that only the day is told."""
        result = campaign.result
        if not result or self.stores is not None:
            return _caused("later" if not result else "whole", judge_on=str(campaign.judge_on or ""))
        treated, held = result["treated"]["clients"], result["held"]["clients"]
        share, money = result["share"], result["money"]
        if result["arms_fit"] is False:
            return _caused("unfit", treated, held)
        return _caused(share["says"], treated, held, share=share, money=money)


def _told(verdict: Verdict, treated: int, held: int) -> Json:
    if verdict.arms_fit is False:
        return _caused("unfit", treated, held)
    says = verdict.share.says if held else "nobody_held"
    return _caused(says, treated, held, share=verdict.share._asdict(), money=verdict.money._asdict())


def _caused(
    says: str, treated: int = 0, held: int = 0, *, share: Json | None = None, money: Json | None = None, judge_on: str = ""
) -> Json:
    """``buyers`` more than without it, between ``low`` and ``high``, and ``money``, where anything may be said."""
    gaps = {"buyers": "difference", "low": "low", "high": "high"}
    many = {
        name: None if share is None or share[key] is None else round(share[key] * treated)
        for name, key in gaps.items()
    }  # fmt: skip
    gap = money["difference"] if money else None
    return {
        "says": str(says), "treated": treated, "held": held, **many, "judge_on": judge_on,
        "money": None if gap is None else round(gap * treated, 2), "money_says": str(money["says"]) if money else "",
    }  # fmt: skip


# --- By month and by store, and the revenue beside ------------------------------------------------------------


def by_month(store: Store | None, period: Period) -> list[Json]:
    found = _following(store, period).by_month()
    return [{"source": source, "month": month, **_followed(told)} for (source, month), told in found.items()]


def by_store(store: Store | None, period: Period) -> list[Json]:
    found = _following(store, period).by_store()
    return [{"source": source, "store": shop, **_followed(told)} for (source, shop), told in found.items()]


def total(store: Store | None, period: Period) -> Json:
    """Buyers of all sources, each once."""
    return {"buyers": _following(store, period).buyers()}


def revenue(store: Store | None, period: Period) -> list[Json]:
    """What was kept of all receipts, by month and store: with a card, and without. One query."""
    only = "" if store is None else f"= {store.pk}"
    sql = REVENUE.format(
        visit_month=dialect.month_of("day"), month=dialect.month_of("purchase.sold_on"),
        scopes=only and f"AND scope {only}", stores=only and f"AND purchase.store_id {only}",
    )  # fmt: skip
    cells: dict[tuple[str, int], list[float]] = {}
    for month, shop, carded, bare in dialect.fetch(sql, {"first": period.first, "last": period.last}):
        cell = cells.setdefault((month, shop), [0.0, 0.0])
        cell[0], cell[1] = round(cell[0] + float(carded or 0), 2), round(cell[1] + float(bare or 0), 2)
    return [
        {"month": month, "store": shop, "carded": carded, "bare": bare} for (month, shop), (carded, bare) in sorted(cells.items())
    ]


def reach(period: Period) -> date:
    """A purchase of the period may be claimed by a contact before it."""
    return period.first - LONGEST


FIGURE = Figure(
    "brought", _("What it all brought"),
    (("sources", sources), ("by_month", by_month), ("by_store", by_store), ("total", total), ("of_period", revenue)),
    ages=True, reach=reach,
)  # fmt: skip
