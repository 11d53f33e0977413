"""What it all brought in a period, for the chain (0) and each store."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from analytics.figures.periods import Period
from campaigns.effects import brought
from campaigns.models import SOURCE
from campaigns.recounting.stories import Bought, Numbers, Story, Tally, Touched, Written, tally
from messaging.models import Errand
from purchases.models import Piece
from stores import chain_day
from stores.models import Store

CHAIN = 0
USUAL, LONGEST = 30, 90  # days in which a purchase counts
TALK, TRY = 4, 1  # minutes
FOLLOWED = ("buyers", "orders", "revenue")
COSTS = ("discounts", "bonuses", "messages", "segments", "cost", "calls", "minutes")


class Brought:
    """Counted client by client (``take``), then what belongs to nobody (``take_the_rest``).

    ``windows``: days of the campaigns, by source; ``today``: the last day by store, from which days that are over are told.
    """

    def __init__(self, period: Period, *, windows: Mapping[str, int], of_days: set[str], today: Mapping[int, date]) -> None:
        self.period, self.windows, self.of_days, self.today = period, windows, of_days, today
        self.counted: dict[int, Tally] = defaultdict(tally)
        self.listed: dict[int, set[str]] = defaultdict(set)

    def numbers(self, scope: int) -> Numbers:
        """All that is told of a store or the chain; what is told of a source, where it is listed."""
        found: Numbers = {f"sources.{source}.listed": 1 for source in self.listed[scope]}
        for name, value in self.counted[scope].items():
            part, _dot, rest = name.partition(".")
            if part != "sources" or rest.rpartition(".")[0] in self.listed[scope]:
                found[name] = value
        return found

    # --- Client by client -----------------------------------------------------------------------------------------

    def take(self, story: Story) -> None:
        buyer_of: set[tuple[int, str]] = set()
        for (store, day), bought in story.bought.items():
            if day in _Days(self.period):
                month = f"{day:%Y-%m}"
                self._add(store, f"of_period.{month} {store}.carded", bought.total)
                if source := self._claimed_by(story, day):
                    names = (f"sources.{source}", f"by_month.{source} {month}", f"by_store.{source} {store}")
                    self._follow(store, names, bought)
                    buyer_of |= {(scope, f"{name}.buyers") for scope in (CHAIN, store) for name in (*names, "total")}
                    self._list(store, source)
        for scope, name in buyer_of:
            self.counted[scope][name] += 1
        for touch in story.touches:
            self._touched(story, touch)
        for message in story.messages:
            self._written(message)

    def _claimed_by(self, story: Story, day: date) -> str:
        """The source of the last contact whose days reach this one; of one day a touch goes before a greeting."""
        contacts = [
            (touch.since, 1, touch.pk, touch.source)
            for touch in story.touches
            if touch.arm == "treated" and touch.state == "made"
            and touch.since <= day < touch.since + timedelta(days=self.windows.get(touch.source, USUAL))
        ]  # fmt: skip
        contacts += [
            (message.since, 0, message.pk, message.source)
            for message in story.messages
            if message.source in self.of_days and message.since and message.is_handed_over
            and message.since <= day < message.since + timedelta(days=USUAL)
        ]  # fmt: skip
        return max(contacts)[-1] if contacts else ""

    def _follow(self, store: int, names: tuple[str, ...], bought: Bought) -> None:
        for name in names:
            self._add(store, f"{name}.orders", 1)
            self._add(store, f"{name}.revenue", bought.total)
        self._add(store, f"{names[0]}.discounts", bought.discounts)
        self._add(store, f"{names[0]}.bonuses", bought.bonuses)

    def _touched(self, story: Story, touch: Touched) -> None:
        if touch.since not in _Days(self.period):
            return
        if touch.arm != "out":
            self._list(touch.store, touch.source)
        if touch.is_compared and not touch.source.startswith(f"{SOURCE}:") and is_first(story, touch):
            self._in_an_arm(touch.source, touch.store, touch.since, is_held=touch.arm == "held")

    def _written(self, message: Written) -> None:
        days = _Days(self.period)
        if message.since in days and message.source in self.of_days:
            self._list(message.store, message.source)
        if message.since in days and message.has_gone:
            costs = {"messages": 1, "segments": message.segments if message.channel == "sms" else 0, "cost": message.cost}
            for name, value in costs.items():
                self._add(message.store, f"sources.{message.source}.{name}", value)
        if message.source in self.of_days and message.occasion_on in days and message.reason != "road" and message.since:
            self._in_an_arm(message.source, message.store, message.since, is_held=message.reason == "holdout")

    def _in_an_arm(self, source: str, store: int | None, since: date, *, is_held: bool) -> None:
        """Of whom the days are over."""
        for scope in _scopes(store):
            if since <= self.today[scope] - timedelta(days=USUAL):
                self.counted[scope][f"sources.{source}.{'held' if is_held else 'treated'}"] += 1

    def _list(self, store: int | None, source: str) -> None:
        for scope in _scopes(store):
            self.listed[scope].add(source)

    def _add(self, store: int | None, name: str, value: Any) -> None:
        for scope in _scopes(store):
            self.counted[scope][name] += value

    # --- The rest -------------------------------------------------------------------------------------------------

    def take_the_rest(self) -> None:
        """What was sold without a card, and calls. Two queries."""
        bare = Piece.objects.filter(
            returned_on__isnull=True, purchase__voided_at__isnull=True, purchase__client__isnull=True,
            purchase__sold_on__gte=self.period.first, purchase__sold_on__lte=self.period.last,
        ).order_by()  # fmt: skip
        for store, day, price in bare.values_list("purchase__store_id", "purchase__sold_on", "price").iterator():
            self._add(store, f"of_period.{day:%Y-%m} {store}.bare", price)
        beyond = timedelta(days=1)
        near = (chain_day.ends_of(self.period.first - beyond)[0], chain_day.ends_of(self.period.last + beyond)[1])
        calls = Errand.objects.filter(done_at__gte=near[0], done_at__lte=near[1]).order_by()
        for told in calls.values_list("store_id", "occasion_key", "result", "outcome", "tries", "done_at").iterator():
            self._called(*told)

    def _called(self, store: int | None, key: str, result: str, outcome: str, tries: int, done_at: Any) -> None:
        if not result or chain_day.day_of(done_at) not in _Days(self.period):
            return
        parts, talks = key.split(":"), 0 if outcome == "no_answer" else 1
        source = ":".join(parts[: max(1, len(parts) - 3)])
        self._add(store, f"sources.{source}.calls", tries + talks)
        self._add(store, f"sources.{source}.minutes", TRY * tries + TALK * talks)


def is_first(story: Story, touch: Touched) -> bool:
    """Who is chosen again within the days counts by the first time."""
    since = touch.since - timedelta(days=USUAL)
    return not any(
        other.source == touch.source and other.is_compared and since < other.since < touch.since for other in story.touches
    )


class _Days:
    """``day in _Days(period)``."""

    def __init__(self, period: Period) -> None:
        self.period = period

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.period.first <= day <= self.period.last


def _scopes(store: int | None) -> Iterable[int]:
    return (CHAIN,) if store is None else (CHAIN, store)


def said(store: Store | None, period: Period) -> Numbers:
    """What the page says, by the same names; what a source caused is told by statistics, but for how many were compared."""
    found: Numbers = {}
    for row in brought.sources(store, period):
        name = f"sources.{row['source']}"
        found |= {f"{name}.listed": 1, **{f"{name}.{key}": row[key] for key in (*FOLLOWED, *COSTS)}}
        if not row["source"].startswith(f"{SOURCE}:"):
            found |= {f"{name}.{arm}": row["caused"][arm] for arm in ("treated", "held")}
    for row in brought.by_month(store, period):
        found |= {f"by_month.{row['source']} {row['month']}.{key}": row[key] for key in FOLLOWED}
    for row in brought.by_store(store, period):
        found |= {f"by_store.{row['source']} {row['store']}.{key}": row[key] for key in FOLLOWED}
    for row in brought.revenue(store, period):
        found |= {f"of_period.{row['month']} {row['store']}.{key}": row[key] for key in ("carded", "bare")}
    return {**found, "total.buyers": brought.total(store, period)["buyers"]}
