"""The hourly task by hand, for any moment."""

import pytest
from django.core.management import CommandError, call_command

from messaging.models import Message
from stores.models import Store
from tests.campaigns.born import born


@pytest.mark.parametrize(("at", "queued"), [("2026-11-21T10:05", 1), ("2026-11-21T09:55", 0), ("2026-11-22T10:05", 0)])
def test_the_command_tells_how_many_it_queued(store: Store, capsys: pytest.CaptureFixture[str], at: str, queued: int) -> None:
    born(11, 21, store)

    call_command("run_programs", "--at", at)

    assert (capsys.readouterr().out, Message.objects.count()) == (f"{queued} queued\n", queued)


def test_a_moment_that_is_none_queues_nothing(store: Store) -> None:
    born(11, 21, store)

    with pytest.raises(CommandError):
        call_command("run_programs", "--at", "noon")

    assert not Message.objects.exists()
