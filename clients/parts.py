"""What starts at the card and must reach the apps to the right. Public.

An app that keeps something about clients registers its part in ``AppConfig.ready``.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar, Protocol

from django.utils.functional import Promise

from stores.models import Employee


class ClientPart(Protocol):
    """What an app to the right keeps about clients. ``stays``: why a card stays that holds it, by the keys of ``holdings``."""

    stays: ClassVar[Mapping[str, str | Promise]]

    def appeared(self, clients: Collection[int]) -> None:
        """Cards with these primary keys were made or got new keys: attach what waited for them."""

    def holdings(self, clients: Collection[int]) -> Mapping[int, str]:
        """Of these cards, those about which the app keeps something that must not be lost, with what it is."""
        ...

    def counted(self, client: int) -> Mapping[str, int]:
        """What the app keeps about a client, in words and numbers: "purchases" → 12. Two or three queries."""
        ...

    def move(self, absorbed: int, survivor: int) -> Mapping[str, Any]:
        """Give all that the app keeps about one card to another; what is given back by ``restore``, as JSON."""
        ...

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        """Give back what ``move`` moved, as far as it still stands where it was put."""

    def describe(self, client: int) -> Mapping[str, Sequence[dict[str, Any]]]:
        """All that the app keeps about a person, for themselves to read: heading → rows of label → plain value."""
        ...

    def reason_not_to_erase(self, client: int) -> str:
        """Why the person cannot be taken out yet, in words; empty when they can."""
        ...

    def erase(self, client: int, contacts: list[str]) -> Mapping[str, int]:
        """Take the person out of all that the app keeps; what stays for the figures, counted. Safe to run twice.

        ``contacts``: the phones and addresses that the card has or ever had.
        """
        ...


class Bringing(Protocol):
    """What an app to the right makes of who brought a new client."""

    def is_asked(self) -> bool:
        """Whether it is asked at registration now. One query."""
        ...

    def refusal(self, text: str) -> str:
        """Why a code, phone or link names nobody, in words; empty where it names somebody."""
        ...

    def brought(self, client: int, text: str, by: Employee | None) -> str:
        """Write down who brought a new card; why not, in words, or empty."""
        ...


_parts: list[ClientPart] = []
_bringing: list[Bringing] = []


def register(part: ClientPart) -> None:
    _parts.append(part)


def register_bringing(bringing: Bringing) -> None:
    _bringing.append(bringing)


def who_brings() -> Bringing | None:
    """Who is to be asked for at registration, if anybody. One query."""
    return next((one for one in _bringing if one.is_asked()), None)


def holdings_counted(client: int) -> dict[str, int]:
    """What all apps keep about a client, counted."""
    return {word: times for part in _parts for word, times in part.counted(client).items() if times}


def reason_not_to_erase(client: int) -> str:
    """The first reason that some app has against the erasure of a person."""
    return next(filter(None, (part.reason_not_to_erase(client) for part in _parts)), "")


def reasons_to_stay() -> dict[str, str | Promise]:
    """Why a card stays when the list that made it is taken back: "stays: purchases" → in words."""
    return {f"stays: {key}": words for part in _parts for key, words in part.stays.items()}


def every() -> list[ClientPart]:
    return list(_parts)


def name_of(part: ClientPart) -> str:
    """The app of a part."""
    return type(part).__module__.partition(".")[0]


def tell_appeared(clients: Collection[int]) -> None:
    """Called inside the transaction that made the cards."""
    if clients:
        for part in _parts:
            part.appeared(clients)


def holdings(clients: Collection[int]) -> dict[int, str]:
    """Cards about which some app keeps something, with the first of what it is (an English key)."""
    held: dict[int, str] = {}
    for part in _parts:
        held = {**part.holdings(clients), **held}
    return held
