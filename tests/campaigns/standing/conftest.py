"""The day on which standing programs run."""

from datetime import UTC, date, datetime

import pytest

from campaigns.models import Program
from campaigns.standing import running
from tests.campaigns.conftest import Reachable as Reachable
from tests.campaigns.conftest import TurnOn as TurnOn
from visits.models import TypicalInterval

# Noon in Vladivostok.
DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def usual(db: None) -> None:
    """Clients of the chain come every hundred days."""
    TypicalInterval.objects.create(kind="", days=100, clients=1000)


def planned(program: Program, now: datetime = NOON) -> int:
    return running.plan(program, now=now)
