"""A claimed message on its way: by which gateways, and what came of it. No database here: it runs in threads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

import structlog
from django.conf import settings
from django.urls import reverse

from messaging.gateways import (
    Gateway,
    GatewayRefusedError,
    GatewayRejectedError,
    GatewayUncertainError,
    Outgoing,
    printable,
    registry,
)
from messaging.gateways.registry import UnknownGatewayError
from messaging.models import Lane, Message, MessageEvent
from messaging.unsubscribing import topics_address, unsubscribe_address

log = structlog.get_logger(__name__)
Kind = MessageEvent.Kind
Clock = Callable[[], datetime]
Gateways = Callable[[str], Gateway]
# Of what is said of one message to several chats.
SPEAKS_LOUDEST = (Kind.SENT, Kind.DOUBT, Kind.REJECTED)


class Place(NamedTuple):
    """A chat of the client, by its number, and what its gateway writes to."""

    number: str
    to: str


@dataclass(frozen=True)
class Flight:
    """A claimed message, the gateways that it may take in turn, the price of its segments by each, and the day that pays.

    ``chats``: by a messenger among the gateways, the chats to write to instead of the recipient. A newsletter has its page,
    filled for the reader, where that is seen in a browser, and what it is about.
    """

    message: Message
    gateways: tuple[str, ...]
    prices: dict[str, Decimal]
    day: date
    chats: Mapping[str, Sequence[Place]] = field(default_factory=dict)
    html: str = ""
    copy: str = ""
    topic: int = 0

    def places(self, gateway: str) -> Sequence[Place]:
        """Where a gateway is to write: the client's chats there, each of them, else the recipient."""
        return self.chats.get(gateway) or (Place("", ""),)

    def cost(self, gateway: str) -> Decimal:
        """What the whole message costs by a gateway."""
        return self.prices.get(gateway, Decimal(0)) * self.message.segments

    @property
    def reserved(self) -> Decimal:
        """What the dearest of its gateways would cost: a budget is kept also where a dear one takes over."""
        return max(map(self.cost, self.gateways))


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A gateway that did not take the message, for certain; ``wait`` seconds until it has room, ``ended``: the ``chat`` is
    gone."""

    gateway: str
    words: str
    down: bool
    closed: bool
    busy: bool = False
    wait: float = 0
    ended: bool = False
    chat: str = ""


@dataclass(frozen=True, kw_only=True)
class FlightOutcome:
    """What came of a flight: sent, refused, rejected, in doubt or expired; ``gateway`` is the one that spoke last."""

    flight: Flight
    kind: Kind
    gateway: str = ""
    provider_id: str = ""
    words: str = ""
    refusals: tuple[Refusal, ...] = ()

    @property
    def message(self) -> Message:
        return self.flight.message


class _Said(NamedTuple):
    """What a gateway said that is more than "not taken"."""

    kind: Kind
    words: str = ""
    provider_id: str = ""


def hand_over(flight: Flight, gateways: Gateways, clock: Clock) -> FlightOutcome:
    """Give the message to the first gateway that takes it. Never raises: what nobody foresaw is a doubt.

    Of several chats by one gateway each gets it, and one that took it is enough.
    """
    refusals: list[Refusal] = []
    for name in flight.gateways:
        now = clock()
        if flight.message.expires_at <= now:
            return FlightOutcome(flight=flight, kind=Kind.EXPIRED, refusals=tuple(refusals))
        tried = [_tried(flight, name, place, gateways, now) for place in flight.places(name)]
        refused = [said for said in tried if isinstance(said, Refusal)]
        refusals += refused
        heard = [said for said in tried if isinstance(said, _Said)]
        if heard:
            said = min(heard, key=lambda one: SPEAKS_LOUDEST.index(one.kind))
            return FlightOutcome(
                flight=flight, kind=said.kind, gateway=name, provider_id=printable(said.provider_id, 120),
                words=printable(said.words), refusals=tuple(refusals),
            )  # fmt: skip
        if any(no.wait for no in refused) and flight.message.lane != Lane.URGENT:
            # It will have room again; a dearer gateway is not for what can wait.
            break
    last = refusals[-1]
    return FlightOutcome(flight=flight, kind=Kind.REFUSED, gateway=last.gateway, words=last.words, refusals=tuple(refusals))


def _tried(flight: Flight, name: str, place: Place, gateways: Gateways, now: datetime) -> Refusal | _Said:
    """What a gateway says of a message to one place."""
    try:
        return _Said(Kind.SENT, provider_id=gateways(name).send(outgoing(flight, now, to=place.to)))
    except UnknownGatewayError:
        return Refusal(gateway=name, words="not described in the settings", down=True, closed=True)
    except GatewayRefusedError as no:
        return Refusal(
            gateway=name, words=printable(str(no)), down=no.down, closed=no.closed, busy=no.busy, wait=no.wait,
            ended=no.ended, chat=place.number,
        )  # fmt: skip
    except GatewayRejectedError as no:
        return _Said(Kind.REJECTED, str(no))
    except GatewayUncertainError as doubt:
        return _Said(Kind.DOUBT, str(doubt))
    except Exception as error:
        log.exception("message.failed", message=flight.message.pk, gateway=name)
        return _Said(Kind.DOUBT, repr(error))


def outgoing(flight: Flight, now: datetime, *, to: str = "") -> Outgoing:
    """The message as a gateway needs it, to its recipient or to a chat."""
    message, topic = flight.message, flight.topic
    reader = message.client_id if message.purpose else None
    return Outgoing(
        message_id=message.pk,
        token=str(message.token),
        recipient=to or message.recipient,
        text=message.text,
        subject=message.subject,
        urgent=message.lane == Lane.URGENT,
        minutes=max(1, int((message.expires_at - now).total_seconds() // 60)),
        language=message.language,
        page=f"{settings.SITE_URL}{reverse('portal:status')}" if registry.messengers() and message.client_id else "",
        unsubscribe=unsubscribe_address(reader, message.purpose, topic) if reader else "",
        html=flight.html,
        copy=flight.copy,
        topics=topics_address(reader, message.purpose, topic) if reader and flight.html else "",
    )
