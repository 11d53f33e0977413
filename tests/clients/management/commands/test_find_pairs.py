"""The search of the whole base, from the command line."""

import pytest
from django.core.management import call_command

from clients.models import Client, Pair


def test_the_command_says_what_it_found(two: tuple[Client, Client], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("find_pairs")

    assert capsys.readouterr().out == "2 cards, 1 pairs compared: 1 new, 0 changed, 0 closed\n"
    assert (Pair.objects.get().first, Pair.objects.get().second) == two
