"""A base that came back from a copy, by a command or by hand, sends nothing until a person opens sending."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from messaging import sending, services
from messaging.models import MessageState, SendingStamp
from tests.messaging.conftest import NOON, Put

NOW = timezone.now()


@pytest.fixture
def copy(db: None) -> SendingStamp:
    """The stamp in a copy, after which the chain went on."""
    assert sending.is_open()
    kept = SendingStamp.objects.get()
    for _turn in range(2):
        assert sending.move_on(NOW)
    return kept


def test_a_new_installation_opens_itself(db: None) -> None:
    assert [sending.is_open(), sending.is_open(), sending.closed()] == [True, True, None]


def test_sending_stays_open_while_the_stamp_moves_on(db: None) -> None:
    sending.is_open()

    for _turn in range(3):
        assert (sending.move_on(NOW), sending.is_open()) == (True, True)


@pytest.mark.parametrize("is_lost", [True, False])
def test_a_crash_between_folder_and_base_closes_nothing(
    db: None, is_lost: bool, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending.is_open()
    stamp = SendingStamp.objects.get()

    sending.move_on(NOW)
    if is_lost:  # the folder was written, the base was not
        stamp.save()

    assert sending.is_open()
    assert (sending.move_on(NOW), sending.is_open()) == (True, True)


def test_a_base_put_back_by_hand_sends_nothing(copy: SendingStamp) -> None:
    copy.save()

    assert (sending.is_open(), sending.move_on(NOW)) == (False, False)
    stamp = sending.closed()
    assert stamp is not None
    assert (stamp.at, NOW <= stamp.stops_at <= timezone.now()) == (copy.at, True)


@pytest.mark.parametrize("lost", ["folder", "base"])
def test_one_half_alone_sends_nothing(copy: SendingStamp, lost: str, settings: Settings, put: Put) -> None:
    put()
    if lost == "folder":
        (settings.DATA_DIR / sending.STAMP).unlink()
    else:
        SendingStamp.objects.all().delete()

    assert (sending.is_open(), sending.is_open()) == (False, False)
    assert sending.closed() is not None


def test_messages_wait_until_a_person_opens_sending(copy: SendingStamp, put: Put, settings: Settings) -> None:
    waiting = put()
    copy.save()

    assert services.send_due_messages(now=NOON) == 0
    waiting.refresh_from_db()
    assert waiting.state == MessageState.PENDING

    sending.reopen(now=NOW)
    services.send_due_messages(now=NOON)

    waiting.refresh_from_db()
    assert waiting.state != MessageState.PENDING


def test_a_command_closes_for_good(db: None) -> None:
    sending.is_open()

    sending.close(as_of=NOW - timedelta(days=1), now=NOW)

    stamp = sending.closed()
    assert stamp is not None
    assert (sending.is_open(), stamp.at, stamp.stops_at) == (False, NOW - timedelta(days=1), NOW)


def test_a_folder_that_is_full_keeps_its_stamp(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sending.is_open()
    before = SendingStamp.objects.get().value

    def full(path: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)

    assert sending.move_on(NOW) is False
    assert (SendingStamp.objects.get().value, sending.is_open()) == (before, True)
