"""What the hour wakes: messages are queued and go at once."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError

from campaigns import tasks
from campaigns.models import Campaign
from campaigns.once import freezing, running
from clients.services import record_consents
from messaging.models import Errand, Message, MessageState
from stores.models import Role, Store
from tests.campaigns.born import born
from tests.factories import StoreFactory, employee


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


def test_campaigns_go_on_and_their_results_are_told(noon: Store) -> None:
    client = born(1, 1, noon)
    record_consents(client, {"calls": True}, by=None, where=None)
    facts = {"by": employee(Role.MANAGER, noon), "store": noon, "occasion": "!", "script": "!", "holdout": 0}
    made = Campaign.objects.create(
        **facts, title="!", occasion_until=noon.today(), question={"definition": []}, form_key=uuid4(), window_days=7
    )
    freezing.freeze(made, now=timezone.now())
    running.move(made, "start")

    assert [tasks.run_campaigns(), tasks.run_campaigns(), Errand.objects.get().client] == [1, 0, client]
    Campaign.objects.update(judge_on=noon.today() - timedelta(days=1))
    tasks.run_campaigns()

    assert Campaign.objects.get().state == "closed"


def test_without_a_broker_the_beat_goes_on_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **options: object) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.run_campaigns, "apply_async", away)

    tasks.run_campaigns_soon()
