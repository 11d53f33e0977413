"""What is made waits no longer than its occasion."""

from datetime import date, timedelta

import pytest

from campaigns.once.making import Maker
from tests.campaigns.once.conftest import NOON, Draft


@pytest.mark.parametrize(
    ("until", "hours"), [(date(2026, 12, 10), 72.0), (date(2026, 11, 22), 33.0), (date(2026, 11, 20), 1 / 60)]
)
def test_a_message_expires_with_its_occasion(draft: Draft, until: date, hours: float) -> None:
    maker = Maker(draft(occasion_until=until), NOON)

    assert maker._expires_at("sms") - NOON == timedelta(hours=hours)  # noqa: SLF001
