import pytest

from clients.models import Client
from messaging import beside
from messaging.beside import Fact


def test_facts_of_all_who_tell_stand_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_tellers", [])
    beside.tell(lambda clients: {client.pk: [Fact("a", "1")] for client in clients})
    beside.tell(lambda clients: {2: [Fact("b", "2", "good")]})

    assert beside.known([Client(pk=1), Client(pk=2)]) == {1: [Fact("a", "1")], 2: [Fact("a", "1"), Fact("b", "2", "good")]}
