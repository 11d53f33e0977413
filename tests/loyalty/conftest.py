"""Terms that give bonuses, and accounts with some."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from clients.models import Client
from loyalty import services
from loyalty.certificates import acts as certificates
from loyalty.certificates.acts import CertificateSaid
from loyalty.ledger import Birth
from loyalty.models import Account, Certificate, Lot, Right, Source, Terms
from loyalty.offers import acts
from loyalty.offers.acts import RightSaid
from loyalty.pricing import Benefit, Mode
from loyalty.services import TermsSaid
from stores.models import Store

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


def coupon(key: str = "one", *, client: int | None = None, until: date = DAY + timedelta(days=30), **said: Any) -> Right:
    """10 % off, once, from DAY on."""
    facts: dict[str, Any] = {"name": "Осень", "benefit": Benefit.PERCENT, "value": Decimal(10), "from_on": DAY, "until_on": until}
    acts.issue(RightSaid(**{**facts, **said}), {key: client}, by=None)
    return Right.objects.get(occasion_key=key)


@pytest.fixture
def right(db: None) -> Right:
    return coupon()


def certificate(store: Store, amount: int = 5_000, *, until: date = DAY + timedelta(days=365)) -> Certificate:
    """Sold in the store on DAY, for cash."""
    said = CertificateSaid(Decimal(amount), "cash", until)
    return certificates.sell(said, store=store, seller=None, on=DAY, form_key=uuid4())
