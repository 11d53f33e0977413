"""Terms that give bonuses, and accounts with some."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from clients.models import Client
from loyalty import services
from loyalty.ledger import Birth
from loyalty.models import Account, Lot, Source, Terms
from loyalty.pricing import Mode
from loyalty.services import TermsSaid

DAY = date(2026, 5, 5)
Earn = Callable[..., Lot]


@pytest.fixture
def terms(db: None) -> Terms:
    """5 % earned, up to 30 % paid by bonuses."""
    return services.publish(TermsSaid(Mode.BONUSES, earn_percent=Decimal(5)), since=date(2026, 1, 1), by=None)


@pytest.fixture
def account(card: Client) -> Account:
    return services.open_account(card.pk, on=DAY)


@pytest.fixture
def earn(account: Account) -> Earn:
    def made(amount: int, *, first: date = DAY, last: date = DAY + timedelta(days=30), key: str = "") -> Lot:
        birth = Birth(Source.GOODWILL, first, last)
        return services.earn(account, amount, birth=birth, key=key or f"{amount} until {last}", on=DAY, by=None)

    return made
