"""A campaign before it starts: how many it reaches and whom not, its price, what it may bring, and what would show."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from analytics.figures import statistics
from analytics.figures.statistics import Interval
from campaigns.models import Campaign, CampaignState, Way, WhyOut
from campaigns.once import choosing
from messaging import paper, texts
from messaging import selectors as messaging_selectors
from messaging.models import Channel, Route
from visits import dialect

# Where nothing like it was done yet: one buyer of twenty, and as little certainty.
PRIOR = (1, 19)
USUAL_SHARE = 0.10
# Gaps that are tried for what would show, in points of the share that buys.
GAPS = [step / 200 for step in range(1, 101)]


class Left(NamedTuple):
    """Clients who are left out for a reason."""

    reason: str
    label: str
    clients: int


class Outlook(NamedTuple):
    """``reached`` by way; ``held`` of them are compared; ``check`` is the sum of their usual receipts."""

    meant: int
    reached: dict[str, int]
    left: list[Left]
    check: Decimal

    @property
    def chosen(self) -> int:
        return sum(self.reached.values())

    @property
    def ways(self) -> list[tuple[str, int]]:
        return [(str(Way(way).label), number) for way, number in self.reached.items()]


def outlook(campaign: Campaign, *, now: datetime) -> Outlook:
    """Whom the campaign would choose now. Four queries."""
    found = choosing.choose(campaign, now=now)
    return _tally(f"{found.begins} {TALLY.format(chosen=found.name)}", found.params)


def outlook_of_frozen(campaign: Campaign) -> Outlook:
    """Whom it has chosen. One query."""
    mine = "(SELECT client_id AS client, way, reason FROM campaigns_touch WHERE source = %s) AS chosen"
    return _tally(TALLY.format(chosen=mine), [campaign.source])


# Clients by way and reason, and the sum of what each leaves on a visit day, as a rule.
TALLY = """
SELECT way, reason, COUNT(*), SUM(CASE WHEN way <> '' THEN a.spent * 1.0 / a.visit_days ELSE 0 END)
FROM {chosen} LEFT JOIN visits_clientactivity a ON a.client_id = client AND a.visit_days > 0 GROUP BY way, reason"""


def _tally(sql: str, params: Sequence[Any]) -> Outlook:
    rows = dialect.fetch(sql, params)
    reached = {way: number for way, _reason, number, _sum in sorted(rows, key=lambda row: -row[2]) if way}
    left = Counter({reason: number for _way, reason, number, _sum in rows if reason})
    out = [Left(reason, str(WhyOut(reason).label), number) for reason, number in left.most_common()]
    check = sum((Decimal(str(total or 0)) for *_rest, total in rows), Decimal(0))
    return Outlook(sum(reached.values()) + left.total(), reached, out, round(check, 2))


class Price(NamedTuple):
    """What the messages cost at most: how many, segments of SMS, and money by the first gateway in use.

    ``papers`` of them are letters on paper, each for as much as the newest at the post; ``postage`` None: none went yet.
    """

    messages: int
    segments: int
    money: Decimal
    papers: int = 0
    postage: Decimal | None = None


def price(campaign: Campaign, found: Outlook) -> Price:
    """One query, two with letters on paper. The text is measured with the longest names of the chain; a call costs no message."""
    by_sms = found.reached.get(Way.SMS, 0)
    worst = texts.worst(campaign.text, [row for rows in messaging_selectors.worst_values().values() for row in rows])
    segments = texts.length(worst).segments if by_sms else 0
    prices: dict[str, Decimal] = {}
    for channel, money in Route.objects.filter(is_on=True).values_list("channel", "price"):
        prices.setdefault(channel, money)
    letters = found.reached.get(Way.EMAIL, 0)
    money = by_sms * segments * prices.get(Channel.SMS, Decimal(0)) + letters * prices.get(Channel.EMAIL, Decimal(0))
    papers = found.reached.get(Way.POST, 0)
    postage = paper.postage() if papers else None
    return Price(by_sms + letters + papers, by_sms * segments, money + papers * (postage or 0), papers, postage)


class Forecast(NamedTuple):
    """Revenue that is to follow: the share that buys, with its interval, times the usual receipts; by so many ``plans`` alike."""

    share: Interval
    check: float
    plans: int

    @property
    def assumed(self) -> bool:
        return not self.plans

    @property
    def revenue(self) -> Interval:
        return Interval(*(bound * self.check for bound in self.share))

    @property
    def buyers(self) -> float:
        return self.share.value


def forecast(campaign: Campaign, found: Outlook) -> Forecast:
    """By the closed campaigns of the same way, beside one buyer of twenty that is assumed. One query."""
    from scipy.stats import beta

    told = [arm for arm in _treated_before(campaign) if arm.get("clients")]
    bought = PRIOR[0] + sum(arm["bought"] for arm in told)
    rest = PRIOR[1] + sum(arm["clients"] - arm["bought"] for arm in told)
    low, high = (float(beta.ppf(at, bought, rest)) for at in (0.025, 0.975))
    treated = 1 - campaign.holdout / 100
    return Forecast(Interval(bought / (bought + rest), low, high), float(found.check) * treated, len(told))


def _treated_before(campaign: Campaign) -> list[dict[str, Any]]:
    closed = Campaign.objects.filter(state=CampaignState.CLOSED, way=campaign.way)
    return [result["treated"] for result in closed.order_by("-pk").values_list("result", flat=True)[:20]]


class Visible(NamedTuple):
    """The least effect that would show: in points over ``base``, in four of five campaigns like this; None shows nothing."""

    base: float
    gap: float | None


def visible(campaign: Campaign, found: Outlook, share: float | None = None) -> Visible:
    return seen(found.chosen, campaign.holdout, share or USUAL_SHARE)


def seen(clients: int, holdout: int, base: float = USUAL_SHARE) -> Visible:
    """Of so many clients with ``holdout`` per cent left out; no gap where nobody is."""
    if not holdout:
        return Visible(base, None)
    return Visible(base, next((gap for gap in GAPS if statistics.needed(base, gap, holdout / 100) <= clients), None))
