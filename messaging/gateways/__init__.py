"""The outside world of messages: the only place with network code. A gateway is chosen by its name (``registry``)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol


class GatewayRefusedError(Exception):
    """The gateway did not take the message, and that is certain: it may be tried again, or elsewhere.

    ``down``: the gateway itself is at fault, not this message. ``closed``: it will stay so until a person acts
    (a wrong password, no money), so that nothing more is to be tried there now. ``busy``: only too much came at once, and
    ``wait``, where it says so, after how many seconds there is room. ``ended``: the chat takes nothing from us any more.
    """

    def __init__(
        self, words: str, *, down: bool = False, closed: bool = False, busy: bool = False, wait: float = 0, ended: bool = False
    ) -> None:
        super().__init__(words)
        self.down = down or closed
        self.closed = closed
        self.busy = busy
        self.wait = wait
        self.ended = ended


class GatewayRejectedError(Exception):
    """The gateway will never take this message: the number or the text is at fault."""


class GatewayUncertainError(Exception):
    """Nobody knows whether the gateway took the message: the machine never sends it again."""


def printable(words: str, most: int = 200) -> str:
    """Words from outside as the database takes them: no control characters, no halves of letters, one line."""
    return " ".join("".join(c for c in words if c.isprintable() or c.isspace()).split())[:most]


class Fate(StrEnum):
    """What a gateway says became of a message that it had taken."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    NOT_FOUND = "not found"


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """What a gateway needs to know of a message. ``unsubscribe`` is the address that stops advertising in one click, ``page``
    the client's own, where a chat is connected; empty where no messenger is in use.

    A newsletter brings its page as ``html``, ``copy``, where that is seen in a browser, and ``topics``, where they are chosen.
    """

    message_id: int
    token: str
    recipient: str
    text: str
    subject: str = ""
    urgent: bool = False
    minutes: int = 60 * 24
    language: str = "ru"
    unsubscribe: str = ""
    html: str = ""
    copy: str = ""
    topics: str = ""
    page: str = ""


class Receipt(NamedTuple):
    """A gateway's word about a message: which one, by our id or token, what became of it, in which words.

    ``recipient``, where the gateway tells it, must be the message's.
    """

    fate: Fate
    words: str
    message_id: int | None = None
    token: str = ""
    recipient: str = ""


class Incoming(NamedTuple):
    """What somebody wrote to the chain's number; ``sender`` as the gateway writes it."""

    sender: str
    text: str
    provider_id: str


class Gateway(Protocol):
    """Hands messages over. Every method may speak to the network, and none touches the database.

    ``at_once`` is how many messages one worker may have on their way to it.
    """

    @property
    def name(self) -> str: ...

    @property
    def at_once(self) -> int: ...

    def send(self, message: Outgoing) -> str:
        """Hand over; returns the provider's id, which may be empty.

        Raises GatewayRefusedError, GatewayRejectedError or GatewayUncertainError.
        """
        ...

    def balance(self) -> Decimal | None:
        """Money left with the provider, in its currency; None where it does not tell. Raises GatewayRefusedError."""
        ...

    def poll(self, message_id: int, recipient: str) -> Receipt | None:
        """Ask what became of a message; None where the gateway cannot be asked. Raises GatewayRefusedError."""
        ...
