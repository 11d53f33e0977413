"""Pauses that hold on a day."""

from datetime import date, timedelta

from clients.models import Client
from messaging.models import Pause
from tests.messaging.conftest import NOON

TODAY = date(2026, 11, 21)


def test_a_pause_holds_through_its_last_day_or_until_it_is_ended(card: Client) -> None:
    endless, today = (Pause.objects.create(client=card, reason="!", until=until) for until in (None, TODAY))
    Pause.objects.create(client=card, reason="!", until=TODAY - timedelta(days=1))
    Pause.objects.create(client=card, reason="!", until=None, ended_at=NOON)

    assert set(Pause.objects.live(TODAY)) == {endless, today}
    assert set(Pause.objects.live(TODAY + timedelta(days=1))) == {endless}
