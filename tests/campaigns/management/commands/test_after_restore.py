"""What the command says after a restore, and the moments that it refuses."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from messaging.models import Message
from stores.models import Store
from tests.campaigns.born import born


def test_the_command_tells_how_many(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    today = timezone.localdate()
    born(today.month, today.day, store)
    since = timezone.now() - timedelta(days=1)

    call_command("after_restore", "--from", since.isoformat())

    assert f"0 messages and {Message.objects.count()} occasions" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["--from", "yesterday"], ["--from", "2999-01-01"], ["--from", "2026-01-02", "--until", "2026-01-01"]]
)
def test_nonsense_moments_are_refused(db: None, words: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("after_restore", *words)

    assert not Message.objects.exists()
