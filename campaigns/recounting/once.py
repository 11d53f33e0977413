"""What came of campaigns and newsletters, each by itself: arms, contacts, two wordings."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from campaigns.models import Campaign
from campaigns.once import measuring
from campaigns.recounting.stories import Numbers, Story, Tally, Touched, tally
from messaging.models import Errand


class Once:
    """Counted client by client (``take``), then the calls (``take_calls``)."""

    def __init__(self, campaigns: Iterable[Campaign]) -> None:
        self.campaigns = {campaign.source: campaign for campaign in campaigns}
        self.counted: dict[str, Tally] = defaultdict(tally)

    def numbers(self, campaign: Campaign) -> Numbers:
        return dict(self.counted[campaign.source])

    def take(self, story: Story) -> None:
        for touch in story.touches:
            if touch.source in self.campaigns:
                self._chosen(touch)
                self._bought(story, touch, self.campaigns[touch.source])
        for message in story.messages:
            if message.source in self.campaigns:
                told = self.counted[message.source]
                told["sent"] += message.has_gone
                told["cost"] += message.cost if message.has_gone else 0
                told["queued"] += message.state == "pending"
                told["on_paper"] += message.channel == "post"

    def _chosen(self, touch: Touched) -> None:
        told = self.counted[touch.source]
        told[touch.arm] += touch.arm == "out" or touch.is_compared
        told["waits"] += touch.state == "waits"
        told["ended"] += touch.arm == "treated" and touch.state == "over"
        told["second"] += touch.variant == "b"

    def _bought(self, story: Story, touch: Touched, campaign: Campaign) -> None:
        told, days = self.counted[touch.source], story.buying_days(touch.since, campaign.window_days)
        if touch.variant and campaign.has_second:
            told[f"wordings.{touch.variant}.clients"] += 1
            told[f"wordings.{touch.variant}.bought"] += bool(days)
        if not touch.is_compared:
            return
        told[f"{touch.arm}.clients"] += 1
        told[f"{touch.arm}.bought"] += bool(days)
        told[f"{touch.arm}.revenue"] += sum(days.values())
        if touch.arm == "treated":
            mine = [total for day, total in days.items() if _last_touch(story, day) == touch]
            told["followed.days"] += len(mine)
            told["followed.revenue"] += sum(mine)

    def take_calls(self) -> None:
        """One query."""
        if not self.campaigns:
            return
        mine = reduce(or_, (Q(occasion_key__startswith=f"{source}:") for source in self.campaigns))
        rows = Errand.objects.filter(mine).order_by().values_list("occasion_key", "result", "is_service")
        for key, result, is_service in rows.iterator():
            told = self.counted[":".join(key.split(":")[:2])]
            told["heard" if is_service else "calls"] += 1
            if not is_service:
                told["called"] += bool(result)
                told["agreed"] += result == "agreed"


def _last_touch(story: Story, day: date) -> Touched:
    """Of whatever source, and whether or not anything came of it."""
    return max(
        (touch for touch in story.touches if touch.arm == "treated" and touch.since <= day), key=lambda one: (one.since, one.pk)
    )


def of_interest(first: date) -> list[Campaign]:
    """Those that are under way, or were judged since a day. One query."""
    return list(Campaign.objects.exclude(state__in=("draft", "cancelled")).filter(judge_on__gte=first).order_by("pk"))


def since(campaigns: Iterable[Campaign], usual: date) -> date:
    """From what day their clients' rows are wanted."""
    return min([usual, *(campaign.as_of for campaign in campaigns if campaign.as_of)])


def said(campaign: Campaign) -> Numbers:
    """What its page says while it runs, and what its result would say now; nine queries or ten."""
    found: Numbers = dict(measuring.progress(campaign)._asdict())
    told = measuring.counts_of(campaign, measuring.strata_of(campaign))
    for part in ("treated", "held", "followed"):
        found |= {f"{part}.{name}": value for name, value in told[part].items()}
    for variant in ("a", "b"):
        found |= {f"wordings.{variant}.{name}": value for name, value in told["wordings"].get(variant, {}).items()}
    return {**found, "cost": told["cost"]}
