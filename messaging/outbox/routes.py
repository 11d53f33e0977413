"""By which gateway a message goes: the first in order that is in use and works; a circuit breaker for each.

The breaker's state lies in the database, because the workers share it and it must survive the broker (docs/adr/0012).
"""

from collections.abc import Collection, Container, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import structlog
from django.db.models import Case, F, Q, Value, When

from messaging.gateways import registry
from messaging.models import TEST, Channel, Message, Route

log = structlog.get_logger(__name__)
# So many failures in a row open the breaker; it is tried again after a pause that grows with them.
FAILURES = 5
# So many messages refused for good in a row are the gateway's fault, not theirs: a sender that is forbidden, a contract.
REJECTIONS = 10
SHORTEST, LONGEST = timedelta(seconds=15), timedelta(seconds=60)


class Roads:
    """What may be used at a moment. One query; one more for each gateway that is to be tried again."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        described = {kind.name for kind in registry.KINDS if kind.is_described()}
        self.routes = [route for route in Route.objects.all() if route.gateway in described]
        self.messengers = {kind.name for kind in registry.messengers()}
        self.prices = {(route.gateway, route.channel): route.price for route in self.routes}

    def usable(self, channel: str) -> Sequence[Route]:
        """Routes in use whose breaker is closed, in order."""
        return [r for r in self.routes if r.channel == channel and r.is_on and not r.open_until]

    def channels(self) -> list[str]:
        """Channels by which something can be sent now, whoever the client is."""
        return [str(c.value) for c in Channel if any(r.gateway not in self.messengers for r in self._tried(c))]

    def chat_channels(self) -> list[str]:
        """Channels by which something can be sent now to those alone who opened a chat."""
        whole = self.channels()
        return [str(c.value) for c in Channel if c not in whole and self._tried(c)]

    def at_once(self, channels: Collection[str]) -> int:
        """How many messages may be on their way: one where a gateway is only being tried again."""
        sizes = [registry.gateway(r.gateway).at_once for c in channels for r in self.usable(c)]
        return min(sizes) if sizes else 1

    def for_message(self, message: Message, *, to: str = "", chats: Container[str] = ()) -> tuple[str, ...]:
        """Gateways for a message, in order: one whose pause is over is tried first, by one message of all workers.

        A messenger is one for whom it has a chat; without ``to`` there is no other way.
        """
        if message.source == TEST:
            return (message.gateway,)
        waiting = [route for route in self._waiting(message.channel) if self._leads(route, to, chats)]
        probed = [route for route in waiting if self._may_try(route)]
        usable = [route for route in self.usable(message.channel) if self._leads(route, to, chats)]
        routes = sorted([*probed[:1], *usable], key=lambda r: (r.position, r.pk))
        return tuple(route.gateway for route in routes)

    def _leads(self, route: Route, to: str, chats: Container[str]) -> bool:
        """Whether a gateway leads to a message's client."""
        return route.gateway in chats if route.gateway in self.messengers else bool(to)

    def _tried(self, channel: str) -> Sequence[Route]:
        """Routes that may be taken now, or tried again."""
        return [*self.usable(channel), *self._waiting(channel)]

    def price(self, gateway: str, channel: str) -> Decimal:
        """Price of a segment by a gateway; an e-mail counts as one segment."""
        return self.prices.get((gateway, channel), Decimal(0))

    def _waiting(self, channel: str) -> list[Route]:
        """Routes whose breaker is open and whose pause is over."""
        return [r for r in self.routes if r.channel == channel and r.is_on and r.open_until and self._is_over(r.open_until)]

    def _is_over(self, until: datetime) -> bool:
        """No pause is longer than ``LONGEST``: one that seems so was set by a worker whose clock was ahead."""
        return not self.now < until <= self.now + LONGEST

    def _may_try(self, route: Route) -> bool:
        """Take the right to try a gateway again; the other workers see it taken."""
        won = Route.objects.filter(pk=route.pk, open_until=route.open_until).update(open_until=self.now + pause(route.failures))
        self.routes = [r for r in self.routes if r.pk != route.pk]
        return bool(won)


def pause(failures: int) -> timedelta:
    """How long a gateway rests after so many failures in a row."""
    doubled = max(0, min(failures - FAILURES, 8))
    return min(SHORTEST * (1 << doubled), LONGEST)


def worked(gateways: Collection[str]) -> None:
    """These gateways took a message: their breakers close."""
    troubled = Q(failures__gt=0) | Q(rejections__gt=0)
    Route.objects.filter(troubled, gateway__in=gateways).update(failures=0, rejections=0, open_until=None)


def alive(gateways: Collection[str]) -> None:
    """These gateways spoke about a message, though they did not take it: nothing is wrong with the way to them."""
    Route.objects.filter(gateway__in=gateways, failures__gt=0).update(failures=0, open_until=None)


def rejected(gateway: str, times: int) -> None:
    """The gateway refused so many messages for good, and took none."""
    Route.objects.filter(gateway=gateway).update(rejections=F("rejections") + times)


def rejections_left(gateways: Collection[str]) -> dict[str, int]:
    """How many more rejections in a row are believed of each gateway. One query."""
    counted = Route.objects.filter(gateway__in=gateways).values_list("gateway", "rejections")
    return {gateway: max(0, REJECTIONS - times) for gateway, times in counted}


def failed(gateway: str, times: int, words: str, now: datetime, *, closed: bool = False) -> None:
    """The gateway failed so many times in a row; ``closed`` opens its breaker at once."""
    step = max(times, FAILURES) if closed else times
    Route.objects.filter(gateway=gateway).update(failures=F("failures") + step, trouble=words[:200], trouble_at=now)
    for route in Route.objects.filter(gateway=gateway, failures__gte=FAILURES):
        until = now + pause(route.failures)
        Route.objects.filter(pk=route.pk).update(
            open_until=Case(When(open_until__range=(until, now + LONGEST), then=F("open_until")), default=Value(until))
        )
        log.warning("gateway.rests", gateway=gateway, failures=route.failures, until=until.isoformat())
