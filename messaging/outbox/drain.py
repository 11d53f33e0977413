"""The outbox at work. A worker keeps a window of messages on their way and turns it over, a transaction a turn.

Each turn settles the messages that came back and claims as many new ones: ``sending`` is committed before a call is
made, and a worker that is killed leaves no more messages in doubt than were in its window.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic, sleep
from uuid import uuid4

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from messaging import sending
from messaging.gateways import registry
from messaging.models import Message, MessageState
from messaging.outbox import budgets, claiming
from messaging.outbox.claiming import Claimed
from messaging.outbox.flights import Clock, Flight, FlightOutcome, Gateways, Kind, hand_over
from messaging.outbox.routes import Roads
from messaging.outbox.settling import settle

log = structlog.get_logger(__name__)
MOST_AT_ONCE = 32
# Seconds; about what a provider takes for a message.
GATHER = 0.02
# How long a worker waits for a database that went away, with the answers of gateways in its hands.
PATIENCE = timedelta(minutes=5)
TROUBLE = (OperationalError, InterfaceError)


class Drain:
    """One run of a worker over a queue. Several may run at once, anywhere; nothing is sent twice.

    The clock is asked anew each turn: a long queue must not run into the night.
    """

    def __init__(
        self, lane: str, *, clock: Clock = timezone.now, gateways: Gateways = registry.gateway, at_once: int = 0
    ) -> None:
        self.lane = lane
        self.clock = clock
        self.gateways = gateways
        self.at_once = at_once
        self.name = uuid4()
        self.flying: dict[Future[FlightOutcome], Flight] = {}
        self.landed: list[FlightOutcome] = []

    def run(self, *, seconds: float = 50) -> int:
        """Send until nothing is due; after so many seconds nothing more is claimed. Returns messages handed over."""
        handed, ends = 0, monotonic() + seconds
        with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
            while True:
                self.landed = self._wait()
                claimed = self._turn_persistently(claiming_still=monotonic() < ends)
                handed += sum(outcome.kind == Kind.SENT for outcome in self.landed)
                for flight in claimed.flights:
                    self.flying[pool.submit(hand_over, flight, self.gateways, self.clock)] = flight
                if not self.flying and not claimed.moved:
                    return handed

    def _wait(self) -> list[FlightOutcome]:
        """Outcomes of the messages that have come back; waits for the first, and a moment for those close behind it.

        Without that moment each message would have a turn, and a commit, of its own.
        """
        if not self.flying:
            return []
        wait(self.flying, return_when=FIRST_COMPLETED)
        done, _flying = wait(self.flying, timeout=GATHER)
        for future in done:
            del self.flying[future]
        return [future.result() for future in done]

    def _turn_persistently(self, *, claiming_still: bool) -> Claimed:
        """A turn, again and again until the database answers: what gateways have said must not be forgotten."""
        for pause in _pauses():
            try:
                if pause:
                    self._release_uncalled()
                return self.turn(claiming_still=claiming_still and sending.is_open())
            except TROUBLE as trouble:
                if connection.in_atomic_block:
                    raise
                log.warning("outbox.database_away", trouble=str(trouble)[:200])
                connection.close()
            except Exception:
                # Nothing that a gateway says may cost the others of the window their outcome.
                if all(not (o.words or o.provider_id) for o in self.landed) or connection.in_atomic_block:
                    raise
                log.exception("outbox.words_refused")
                self.landed = [replace(o, words="", provider_id="", refusals=()) for o in self.landed]
        raise OperationalError("the database stayed away")

    def turn(self, *, claiming_still: bool) -> Claimed:
        """Settle what has landed and, if asked to, claim what is due: one transaction, which calls no gateway."""
        now = self.clock()
        with transaction.atomic():
            costs = settle(self.landed, by=self.name, now=now)
            claimed = self._claim(now) if claiming_still else Claimed([], [], 0)
            budgets.note(self.lane, [*costs, *claimed.costs])
        return claimed

    def _claim(self, now: datetime) -> Claimed:
        roads = Roads(now)
        size = min(self.at_once or MOST_AT_ONCE, roads.at_once(roads.channels()))
        return claiming.claim(self.lane, size - len(self.flying), by=self.name, now=now, roads=roads)

    def _release_uncalled(self) -> None:
        """A commit whose answer was lost may have claimed messages that nobody calls for: back into the queue."""
        ours: Sequence[Message] = [f.message for f in self.flying.values()] + [o.message for o in self.landed]
        lost = Message.objects.filter(claim=self.name, state=MessageState.SENDING).exclude(pk__in=[m.pk for m in ours])
        lost.update(state=MessageState.PENDING)


def _pauses() -> Iterator[float]:
    """Sleeps before each try but the first: half a second, one, two, then five until patience ends."""
    yield 0
    for pause in (0.5, 1.0, 2.0, *[5.0] * int(PATIENCE.total_seconds() / 5)):
        sleep(pause)
        yield pause
