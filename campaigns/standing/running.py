"""A day of a standing program: found, chosen, touched and made, in batches that each hold their clients' rows.

A sale, a return, a low answer or a stop takes the same rows first: whichever of the two is later sees the other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count

from campaigns import planning, touching
from campaigns.models import OF_INQUIRIES, Arm, Program, Touch, Trigger, WhyOut
from campaigns.planning import Turn
from campaigns.standing import after_calls, choosing, complaints, making, triggers
from campaigns.standing.choosing import Choice
from campaigns.standing.making import Maker
from campaigns.standing.triggers import Found
from campaigns.touching import Chosen
from clients.models import Client
from imports import bulk
from purchases.models import Purchase
from stores.models import Store
from visits.models import ClientActivity

BATCH = 1_000
ABSENCE = "after-"


def plan(program: Program, *, now: datetime) -> int:
    """Choose and contact those whose day it is, wherever the hour has come. Returns errands and messages made.

    Twice a day, by two workers at once or after a restored backup it is still one touch a client and round.
    """
    stores = {store.pk: store for store in Store.objects.all()}
    return sum(_Day(program, turn, stores, now).run() for turn in planning.turns(program, stores, now))


def plan_restored(program: Program, *, since: datetime, until: datetime) -> int:
    """Write touches of those whom the runs between two moments would have contacted, and contact nobody: it may have happened."""
    stores = {store.pk: store for store in Store.objects.all()}
    return sum(
        _Day(program, turn, stores, until, may_have_gone=True).run()
        for turn in planning.turns_between(program, stores, since, until)
    )


class _Day:
    """A program's turn on one day, in the stores where it has come."""

    def __init__(
        self, program: Program, turn: Turn, stores: dict[int, Store], now: datetime, *, may_have_gone: bool = False
    ) -> None:
        self.program, self.moments, self.now, self.may_have_gone = program, turn.moments, now, may_have_gone
        self.today: date = turn.occasion_on - timedelta(days=program.days_before)
        self.maker = Maker(program, stores, turn.moments, self.today)
        self.left = self._left() if program.per_day else None

    def run(self) -> int:
        made = sum(self._contact(batch) for batch in bulk.batched(self._found(), BATCH))
        if self.may_have_gone or not self.program.calls:
            return made
        return made + after_calls.write_instead(self.program, self.maker, today=self.today, now=self.now)

    def _found(self) -> Iterator[Found]:
        """Whom nobody has touched in their round, the most valuable first."""
        if self.program.since is None or self.program.since > self.today:
            return
        first = max(self.program.since, self.today - triggers.patience(self.program))
        found = triggers.found(self.program, first, self.today)
        found += [Found(client, round_, self.today) for client, round_ in complaints.made_up(self.program, self.now)]
        yield from sorted(self._untouched(found), key=lambda one: (-one.worth, one.client))

    def _untouched(self, found: Sequence[Found]) -> list[Found]:
        mine = Touch.objects.filter(source=self.program.key, client__pk__any={one.client for one in found})
        touched = set(mine.order_by().values_list("client", "round"))
        return [one for one in found if (one.client, one.round) not in touched]

    @transaction.atomic
    def _contact(self, batch: Sequence[Found]) -> int:
        """Returns errands and messages made; of a restored base, touches written."""
        bulk.need_not_be_on_disk()  # a batch that is lost is chosen again; a worker that sends a message of it commits after it
        keys = {one.client for one in batch}
        list(Client.objects.select_for_update(no_key=True).filter(pk__any=keys).order_by("pk").values_list("pk"))
        still = _still(self.program, self._untouched(batch))
        choices = [
            choice for choice in choosing.choose(self.program, still, today=self.today, now=self.now)
            if (choice.reach.home or 0) in self.moments
        ]  # fmt: skip
        chosen = self._within_cap(_one_each(choice for choice in choices if choice.way))
        asked = [choice for choice in choices if choice.reason == WhyOut.COMPLAINT]
        written = self._touch([*chosen, *asked])
        if self.may_have_gone:
            fresh = Touch.objects.filter(source=self.program.key, client__pk__any=keys, counted_from=self.today)
            touching.end(fresh.filter(arm=Arm.TREATED), WhyOut.RESTORED)
            return written
        return self._make([choice for choice in chosen if not self._is_held(choice)]) + self.maker.see_to(asked)

    def _touch(self, choices: Sequence[Choice]) -> int:
        """Nobody else can touch these clients before this transaction ends, which makes what they are to get."""
        rows = [Chosen(one.found.client, one.found.round, self.today, one.store, one.way, one.reason) for one in choices]
        phase, holdout = str(self.program.phase), self.program.holdout
        return touching.write(self.program.key, rows, phase=phase, holdout=holdout, is_made=True)

    def _is_held(self, choice: Choice) -> bool:
        """To compare with: of this program, or of all advertising."""
        phase, client = str(self.program.phase), choice.found.client
        return bool(choice.reason) or touching.is_held(self.program.key, phase, client, self.program.holdout)

    def _make(self, chosen: Sequence[Choice]) -> int:
        calls, letters = making.by_way([(choice, self._key(choice.found)) for choice in chosen])
        return self.maker.call(calls) + self.maker.write_to(letters)

    def _key(self, found: Found) -> str:
        return f"{self.program.key}:{found.round}:{found.client}:1"

    def _left(self) -> Counter[int]:
        """How many more may be chosen today, by store."""
        today = Touch.objects.compared().filter(source=self.program.key, counted_from=self.today).order_by()
        taken = dict(today.values_list("store").annotate(n=Count("pk")))
        return Counter({store or 0: (self.program.per_day or 0) - n for store, n in taken.items()})

    def _within_cap(self, choices: Iterable[Choice]) -> list[Choice]:
        if self.left is None:
            return list(choices)
        taken = []
        for choice in choices:
            store = choice.store or 0
            room = self.left.get(store, self.program.per_day or 0)
            if room > 0:
                self.left[store] = room - 1
                taken.append(choice)
        return taken


def _one_each(choices: Iterable[Choice]) -> Iterator[Choice]:
    """Of several rounds of a client on one day, the first."""
    seen: set[int] = set()
    for choice in choices:
        if choice.found.client not in seen:
            seen.add(choice.found.client)
            yield choice


def _still(program: Program, batch: Sequence[Found]) -> list[Found]:
    """Those of whom the trigger still holds now that their rows are ours."""
    clients = {one.client for one in batch}
    if not batch:
        return []
    if program.trigger == Trigger.CARE:
        kept = set(Purchase.objects.kept().filter(pk__any={int(one.round[1:]) for one in batch}).values_list("pk", flat=True))
        return [one for one in batch if int(one.round[1:]) in kept]
    if program.trigger in OF_INQUIRIES:
        days = [one.due_on for one in batch]
        left = {(one.client, one.round) for one in triggers.found(program, min(days), max(days))}
        return [one for one in batch if (one.client, one.round) in left]
    if program.trigger == Trigger.SECOND:
        once = set(ClientActivity.objects.filter(client__pk__any=clients, second_day=None).values_list("pk", flat=True))
        return [one for one in batch if one.client in once]
    if not batch[0].round.startswith(ABSENCE):
        return list(batch)
    last = dict(ClientActivity.objects.filter(client__pk__any=clients).values_list("pk", "last_day"))
    return [one for one in batch if one.round.removesuffix(complaints.AGAIN) == f"{ABSENCE}{last.get(one.client)}"]
