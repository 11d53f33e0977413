"""The strip of a card: one query, whatever a client has."""

from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from loyalty import services
from loyalty.models import Account
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from loyalty.strip import Ending, strip_of
from loyalty.tiers import Step
from tests.conftest import Sell
from tests.loyalty.conftest import DAY, Earn
from tests.present import present

TIERS = [
    TierSaid(Decimal(50_000), earn_percent=Decimal(7), name="серебро"),
    TierSaid(Decimal(200_000), discount_percent=Decimal(5)),
]


def test_without_terms_there_is_none(card: Client) -> None:
    assert strip_of(card.pk, DAY) is None

    services.publish(TermsSaid(Mode.OFF), since=DAY, by=None)

    assert strip_of(card.pk, DAY) is None


def test_a_client_without_bonuses_sees_what_is_lacking(card: Client) -> None:
    services.publish(TermsSaid(Mode.BOTH, tiers=TIERS), since=DAY, by=None)

    told = present(strip_of(card.pk, DAY))

    assert (told.now, told.coming, told.owed, told.ending, told.tier.lacks) == (0, 0, 0, None, 50_000)


@pytest.mark.parametrize("lots", [1, 3])
def test_bonuses_and_tier_in_one_query(
    card: Client, account: Account, earn: Earn, sell: Sell, lots: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    terms = TermsSaid(Mode.BOTH, earn_percent=Decimal(5), tiers=TIERS)
    services.publish(terms, since=DAY + timedelta(days=1), by=None)
    for n in range(lots):
        earn(100, last=DAY + timedelta(days=30 + n), key=f"gift {n}")
        sell(card, DAY - timedelta(days=n), 60_000)
    earn(70, first=DAY + timedelta(days=9), key="coming")
    Account.objects.update(owed=5)

    with django_assert_num_queries(1):
        told = present(strip_of(card.pk, DAY + timedelta(days=1)))

    assert (told.now, told.coming, told.owed) == (100 * lots, 70, 5)
    assert told.ending == Ending(100, DAY + timedelta(days=30))
    assert told.tier.step == Step(Decimal(50_000), 700, 0, "серебро")
    assert (told.tier.spent, told.tier.lacks) == (60_000 * lots, 200_000 - 60_000 * lots)
    assert (told.gives_bonuses, told.has_tiers) == (True, True)
