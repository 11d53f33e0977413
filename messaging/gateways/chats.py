"""What a messenger can do beyond what every gateway can: invite into a chat, listen and answer there."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from messaging.gateways import Gateway


class ForgedError(Exception):
    """What came to the address of a messenger was not sent by it."""


class Heard(StrEnum):
    """What somebody did in a chat with the chain."""

    STARTED = "started"
    WROTE = "wrote"
    PRESSED = "pressed"
    LEFT = "left"


class Said(NamedTuple):
    """One thing done in a chat. ``number`` is the messenger's own, each once; ``text`` the code, the words, or what a button
    stands for; ``press`` names a pressed button to who waits for its acknowledgement."""

    number: int
    chat: str
    kind: Heard
    text: str = ""
    language: str = ""
    press: str = ""


class Button(NamedTuple):
    words: str
    stands_for: str


class Spoken(NamedTuple):
    """What the bot says in a chat."""

    chat: str
    text: str
    buttons: Sequence[Button] = ()


class Messenger(Gateway, Protocol):
    """A gateway to chats that clients open themselves: ``Outgoing.recipient`` is the chat."""

    def address(self, code: str) -> str:
        """Where a client opens the chat so that the messenger brings the code back."""
        ...

    def read(self, headers: Mapping[str, str], body: bytes) -> list[Said]:
        """What the messenger brought to our address. Raises ForgedError for what it did not bring."""
        ...

    def in_answer(self, spoken: Spoken | None) -> dict[str, Any]:
        """What to answer at once to what was brought, as JSON; empty where a messenger hears no answers there."""
        ...

    def listen(self, after: int | None) -> list[Said]:
        """Ask for what was done since the number ``after``, which lets the messenger forget all up to it.

        Raises GatewayRefusedError.
        """
        ...

    def say(self, spoken: Spoken) -> None:
        """Say something in a chat; raises as ``send`` does."""
        ...

    def acknowledge(self, press: str) -> None:
        """Tell the messenger that a pressed button was heard; what becomes of it does not matter."""
        ...

    def announce(self, address: str) -> str:
        """Tell the messenger where to bring what is done in chats; empty: nowhere, it will be asked. Returns its words."""
        ...
