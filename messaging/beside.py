"""What other apps know about a client who is to be called: they say how to tell it, the page of errands shows it. Public."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from clients.models import Client


class Fact(NamedTuple):
    """A line beside an errand; ``tone`` is that of a state (good, warn, bad), empty for plain words."""

    name: str
    words: str
    tone: str = ""


# Facts by client, in as many queries whatever the number of clients.
Teller = Callable[[Collection[Client]], dict[int, list[Fact]]]
_tellers: list[Teller] = []


def tell(teller: Teller) -> None:
    """Ask ``teller`` for each list of errands that is shown."""
    _tellers.append(teller)


def known(clients: Collection[Client]) -> dict[int, list[Fact]]:
    """What is known about each of the clients, in the order in which the apps registered."""
    found: dict[int, list[Fact]] = {}
    for teller in _tellers:
        for client, facts in teller(clients).items():
            found.setdefault(client, []).extend(facts)
    return found
