"""Terms on trial: what they come to is what the counter would have done, receipt after receipt."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from analytics.figures import trial
from clients.models import Client
from loyalty import nightly, services
from loyalty.models import Entry, EntryKind, Lot, Source
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from purchases.models import Deduction, DeductionSource, Piece
from tests.conftest import Sell
from tests.factories import ClientFactory

TODAY = date(2026, 11, 28)
FIRST = date(2025, 11, 29)
TIERS = (TierSaid(Decimal(30_000), Decimal(7)), TierSaid(Decimal(90_000), Decimal(10), Decimal(3), "золото"))
BOTH = TermsSaid(Mode.BOTH, earn_percent=Decimal(5), life_days=90, tiers=TIERS)


def deducted(source: DeductionSource) -> Decimal:
    return Decimal(Deduction.objects.filter(source=source).aggregate(sum=Sum("amount", default=0))["sum"])


@pytest.mark.parametrize("seed", range(3))
def test_a_trial_is_what_the_counter_would_have_done(store: object, sell: Sell, seed: int) -> None:
    chance = random.Random(seed)
    services.publish(BOTH, since=FIRST, by=None)
    clients = [ClientFactory.create() for _n in range(4)]
    services.join(services.open_account(clients[0].pk, on=FIRST), clients[1], on=FIRST)
    for day in sorted(chance.sample(range(-200, 364), 24)):
        prices = [chance.randrange(500, 40_000) for _n in range(chance.choice((1, 1, 2, 3)))]
        sell(chance.choice(clients), FIRST + timedelta(days=day), *prices, spend="most")
    nightly.expire(TODAY)

    told = trial.tried(BOTH, TODAY)

    total = told["total"]
    assert (total["discount"], total["spent"]) == (deducted(DeductionSource.TIER), deducted(DeductionSource.BONUS))
    assert total["earned"] == Piece.objects.aggregate(sum=Sum("earned"))["sum"]
    assert total["ended"] == -(Entry.objects.filter(kind=EntryKind.EXPIRE).aggregate(sum=Sum("amount"))["sum"] or 0)
    assert told["left"] == Lot.objects.aggregate(sum=Sum("left"))["sum"]
    for rows in (told["months"], told["tiers"]):
        assert sum(row["cost"] for row in rows) == total["cost"] == total["discount"] + total["spent"]


def test_what_is_returned_by_weight_or_without_a_card_earns_nothing(card: Client, sell: Sell) -> None:
    sell(card, TODAY, 10_000)
    sell(None, TODAY, 10_000, no_card_reason="declined")
    Piece.objects.filter(purchase__client=card).update(tariff="weight")

    total = trial.tried(BOTH, TODAY)["total"]

    assert (total["receipts"], total["before"], total["earned"], total["cost"]) == (1, 10_000, 0, 0)


def test_who_does_not_spend_costs_nothing(card: Client, sell: Sell) -> None:
    for day in (TODAY - timedelta(days=60), TODAY):
        sell(card, day, 10_000)

    told = [trial.tried(BOTH, TODAY, takers=takers) for takers in (0, 100)]

    assert [(one["total"]["spent"], one["left"]) for one in told] == [(0, 1_000), (500, 475)]


def test_gifts_come_to_those_who_bought(card: Client, sell: Sell) -> None:
    Client.objects.filter(pk=card.pk).update(birthday=1201, registered_on=TODAY - timedelta(days=400))
    sell(card, TODAY, 10_000)

    told = trial.tried(BOTH._replace(birthday=500, welcome=300), TODAY)

    assert (told["total"]["given"], told["total"]["spent"], told["left"]) == (500, 500, 475)
    assert Source.BIRTHDAY not in Lot.objects.values_list("source", flat=True)


def test_nothing_sold_is_nothing_to_try_on(db: None) -> None:
    told = trial.tried(BOTH, TODAY)

    assert (told["months"], told["tiers"], told["total"]["share"]) == ([], [], None)


@pytest.mark.parametrize("clients", [1, 3])
def test_a_trial_takes_two_queries(sell: Sell, clients: int, django_assert_num_queries: object) -> None:
    for _n in range(clients):
        sell(ClientFactory.create(), TODAY, 10_000)

    with django_assert_num_queries(2):  # type: ignore[operator]
        trial.tried(BOTH._replace(birthday=500), TODAY)
