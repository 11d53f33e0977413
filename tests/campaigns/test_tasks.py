"""What the hour wakes: messages are queued and go at once."""

from datetime import UTC, datetime, timedelta

import pytest

from campaigns import tasks
from messaging.models import Message, MessageState
from stores.models import Store
from tests.campaigns.born import born
from tests.factories import StoreFactory


@pytest.fixture
def noon(db: None) -> Store:
    """A store where it is noon whenever the test runs."""
    return StoreFactory.create(time_zone=f"Etc/GMT{datetime.now(UTC).hour - 12:+d}")


def test_what_was_queued_goes_without_waiting_for_the_beat(noon: Store) -> None:
    today, tomorrow = noon.today(), noon.today() + timedelta(days=1)
    client = born(today.month, today.day, noon)
    born(tomorrow.month, tomorrow.day, noon)

    queued = tasks.run_programs()

    message = Message.objects.get()
    assert (queued, message.client, message.state) == (1, client, MessageState.SENT)


def test_an_hour_of_which_nothing_came_wakes_nobody(noon: Store) -> None:
    assert tasks.run_programs() == 0
    assert not Message.objects.exists()
