"""What evenings brought, each by itself: the steps of the invited, and both arms."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from campaigns.evenings import brought
from campaigns.models import Evening
from campaigns.recounting.brought import USUAL, is_first
from campaigns.recounting.stories import Invited, Numbers, Story, Tally, Touched, tally

SIDE = ("planned", "sent", "full", "came", "bought", "revenue")


class Evenings:
    """Counted client by client."""

    def __init__(self, evenings: Iterable[Evening]) -> None:
        self.evenings = {evening.pk: evening for evening in evenings}
        self.sources = {evening.source: evening for evening in self.evenings.values()}
        self.days = {pk: evening.day for pk, evening in self.evenings.items()}
        self.counted: dict[int, Tally] = defaultdict(tally)

    def numbers(self, evening: Evening) -> Numbers:
        return dict(self.counted[evening.pk])

    def take(self, story: Story) -> None:
        for invited in story.invitations:
            if invited.evening in self.evenings:
                self._invited(story, invited)
        for touch in story.touches:
            evening = self.sources.get(touch.source)
            if evening and touch.is_compared and touch.since == self.days[evening.pk] and is_first(story, touch):
                self._chosen(story, touch, evening)
        for message in story.messages:
            evening = self.sources.get(message.source)
            if evening and message.since == self.days[evening.pk]:
                self.counted[evening.pk]["followed.cost"] += message.cost

    def _invited(self, story: Story, invited: Invited) -> None:
        told, said_yes, came = self.counted[invited.evening], invited.answer == "accepted", invited.came_at is not None
        if invited.is_uninvited:
            told["uninvited"] += 1
            return
        told["invited"] += 1
        told["reached"] += came or invited.reached_at is not None
        told["accepted"] += came or said_yes
        told["came"] += came
        told["bought"] += came and bool(story.buying_days(self.days[invited.evening], USUAL))
        told["absent"] += said_yes and not came and self.evenings[invited.evening].ends_at <= timezone.now()

    def _chosen(self, story: Story, touch: Touched, evening: Evening) -> None:
        """Their days are those of the store; what a later contact can claim did not follow this one."""
        told, arm, days = self.counted[evening.pk], touch.arm, story.buying_days(touch.since, USUAL)
        told[f"{arm}.planned"] += 1
        told[f"{arm}.sent"] += touch.state == "made"
        if touch.since <= evening.store.today() - timedelta(days=USUAL):
            told[f"{arm}.full"] += 1
            told[f"{arm}.came"] += story.has_come(touch.since, USUAL)
            told[f"{arm}.bought"] += bool(days)
            told[f"{arm}.revenue"] += sum(days.values())
        if touch.state == "made":
            mine = sum((total for day, total in days.items() if not _is_contacted_later(story, touch, day)), Decimal(0))
            told["followed.contacted"] += 1
            told["followed.buyers"] += bool(mine)
            told["followed.revenue"] += mine


def _is_contacted_later(story: Story, touch: Touched, day: date) -> bool:
    return any(other.arm == "treated" and touch.since < other.since <= day for other in story.touches)


def of_interest(first: date) -> list[Evening]:
    """Those whose days reach into what follows a day. One query."""
    begun = timezone.now()
    rows = Evening.objects.filter(cancelled_at__isnull=True, starts_at__lte=begun).select_related("store").order_by("pk")
    return [evening for evening in rows if evening.day >= first - timedelta(days=USUAL)]


def said(evening: Evening) -> Numbers:
    """What its page says; six queries."""
    funnel, came = brought.funnel(evening), brought.outcome_of(evening)
    found: Numbers = {name: value for name, value in funnel._asdict().items() if name != "ends_on"}
    for arm, group in (("treated", came.effect.total.written), ("held", came.effect.total.held)):
        found |= {f"{arm}.{name}": getattr(group, name) for name in SIDE}
    return {**found, **{f"followed.{name}": value for name, value in came.followed._asdict().items()}}
