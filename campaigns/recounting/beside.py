"""What pages say of contacts beside what the raw rows say, for the nightly recount (``analytics.second_counts``)."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from analytics.figures.periods import Period
from analytics.second_counts import SecondCount, Value
from campaigns.models import SOURCE, Campaign, Evening, Program, Trigger
from campaigns.recounting import brought, evenings, once, stories
from campaigns.recounting.stories import Numbers
from stores.models import Store

Counts = tuple[brought.Brought, once.Once, evenings.Evenings]


def values(period: Period) -> Iterator[Value]:
    """Thirteen queries for what is counted, however many rows there are; and what each page asks."""
    campaigns, held = once.of_interest(period.first), evenings.of_interest(period.first)
    everything, each, nights = counted(period, campaigns, held)
    for store in (None, *Store.objects.order_by("pk")):
        numbers = everything.numbers(store.pk if store else brought.CHAIN)
        yield from _beside("brought", store.code if store else "", brought.said(store, period), numbers)
    for campaign in campaigns:
        yield from _beside(f"campaign {campaign.pk}", "", once.said(campaign), each.numbers(campaign))
    for evening in held:
        yield from _beside(f"evening {evening.pk}", evening.store.code, evenings.said(evening), nights.numbers(evening))


def counted(period: Period, campaigns: list[Campaign], held: list[Evening]) -> Counts:
    of_days = set(Program.objects.filter(trigger=Trigger.DAY).values_list("key", flat=True))
    windows = {f"{SOURCE}:{pk}": days for pk, days in Campaign.objects.order_by().values_list("pk", "window_days")}
    today = {brought.CHAIN: timezone.localdate(), **{store.pk: store.today() for store in Store.objects.all()}}
    everything = brought.Brought(period, windows=windows, of_days=of_days, today=today)
    each, nights = once.Once(campaigns), evenings.Evenings(held)
    since = once.since(campaigns, period.first - timedelta(days=brought.LONGEST))
    for story in stories.told(since, sources=[*each.campaigns, *nights.sources], of_days=of_days):
        everything.take(story)
        each.take(story)
        nights.take(story)
    everything.take_the_rest()
    each.take_calls()
    return everything, each, nights


def _beside(name: str, store: str, said: Numbers, counted: Numbers) -> Iterator[Value]:
    """What one does not name is nothing."""
    for what in dict.fromkeys([*said, *counted]):
        yield Value(f"{name} {what}", store, said.get(what, 0), float(counted.get(what, 0)))


COUNT = SecondCount("campaigns", values)
