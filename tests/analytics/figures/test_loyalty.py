"""What loyalty costs and owes, by month and store; tiers as ``loyalty.tiers`` has them."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from analytics.figures import loyalty
from analytics.figures.periods import Period
from analytics.figures.returning import returning_report
from clients.models import Client
from loyalty import services, tiers
from loyalty.ledger import Birth
from loyalty.models import Source
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from purchases import services as purchases
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY, coupon
from visits.models import CHAIN, Visit

BEGAN = date(2025, 1, 1)
YEAR = Period(date(2025, 6, 1), date(2026, 5, 31))
TIERS = (TierSaid(Decimal(30_000), Decimal(7)), TierSaid(Decimal(90_000), Decimal(10), Decimal(3), "золото"))


@pytest.fixture(autouse=True)
def _terms(db: None) -> None:
    services.publish(TermsSaid(Mode.BOTH, earn_percent=Decimal(5), tiers=TIERS), since=BEGAN, by=None)


def test_what_it_costs_by_month_and_store(card: Client, store: Store, other_store: Store, sell: Sell) -> None:
    sell(card, date(2026, 3, 1), 100_000)
    sell(card, date(2026, 4, 1), 10_000, spend=1_000)
    sell(None, date(2026, 4, 1), 5_000, no_card_reason="declined", at=other_store)

    told = loyalty.cost(None, YEAR)

    assert [(row["month"], row["tier"], row["bonus"]) for row in told["by_month"]] == [("2026-03", 0, 0), ("2026-04", 300, 1_000)]
    assert [(row["name"], row["receipts"], row["card_share"]) for row in told["by_store"]] == [
        (store.name, 2, 100), (other_store.name, 1, 0),
    ]  # fmt: skip
    assert (told["total"]["cost"], told["total"]["share"], told["total"]["card_share"]) == (1_300, 1.18, 66.67)
    assert loyalty.cost(other_store, YEAR)["total"]["cost"] == 0


def test_a_coupon_is_a_part_of_the_cost_of_its_own(card: Client, sell: Sell) -> None:
    sell(card, DAY, 1_000, right=coupon())

    total = loyalty.cost(None, Period(DAY, DAY))["total"]

    assert (total["tier"], total["bonus"], total["other"], total["cost"]) == (0, 0, 100, 100)


def test_receipts_without_bonuses_say_the_same_under_terms(card: Client, store: Store, other_store: Store, sell: Sell) -> None:
    """Who comes back, of a store that sold before there was loyalty and of one that sold the same after."""
    told = []
    for at, since in ((store, date(2024, 3, 1)), (other_store, date(2026, 3, 1))):
        regular, newcomer = ClientFactory.create(), ClientFactory.create()
        sell(regular, since - timedelta(days=60), 12_000, at=at)
        sell(regular, since, 7_000, 9_000, at=at)
        sell(newcomer, since + timedelta(days=1), 5_000, at=at)
        report = returning_report(since, since + timedelta(days=30), store=at)
        told.append((report.regular, report.newcomer, report.converted))

    assert told[0] == told[1]


def test_what_came_back_costs_nothing(card: Client, sell: Sell, seller: Employee) -> None:
    sell(card, date(2026, 3, 1), 100_000)
    spent = sell(card, date(2026, 4, 1), 10_000, spend=1_000)

    purchases.return_pieces(spent, spent.pieces.all(), by=seller, on=date(2026, 4, 3))

    assert loyalty.cost(None, YEAR)["total"]["cost"] == 0
    april = loyalty.moves(None, YEAR)["by_month"][1]
    assert (april["earned"], april["spent"], april["revoked"]) == (870, 0, 870)


def test_moves_are_a_stores_by_their_receipts(card: Client, store: Store, other_store: Store, sell: Sell) -> None:
    account = services.open_account(card.pk, on=BEGAN)
    birth = Birth(Source.BIRTHDAY, date(2026, 3, 1), date(2026, 3, 31))
    services.earn(account, 500, birth=birth, key="birthday", on=date(2026, 3, 1), by=None)
    sell(card, date(2026, 3, 2), 10_000, spend=200)

    assert loyalty.moves(None, YEAR)["total"] == {"earned": 490, "given": 500, "spent": 200, "ended": 0, "revoked": 0}
    assert loyalty.moves(store, YEAR)["total"] == {"earned": 490, "given": 0, "spent": 200, "ended": 0, "revoked": 0}
    assert loyalty.moves(other_store, YEAR)["total"]["earned"] == 0


def test_what_is_owed_to_clients_by_the_month_of_its_end(card: Client, store: Store, other_store: Store) -> None:
    account, today = services.open_account(card.pk, on=BEGAN), store.today()
    for first, days in ((today, 10), (today + timedelta(days=1), 400), (today - timedelta(days=9), 1)):
        birth = Birth(Source.GOODWILL, first, first + timedelta(days=days))
        services.earn(account, 100, birth=birth, key=f"gift {days}", on=today, by=None)

    told = loyalty.liability(store, YEAR)

    assert (told["left"], told["coming"], len(told["by_month"])) == (200, 100, 2)
    assert loyalty.liability(other_store, YEAR)["by_month"] == []
    assert loyalty.liability(None, YEAR) == told


@pytest.mark.parametrize("seed", range(4))
def test_tiers_are_those_of_the_counter(store: Store, other_store: Store, sell: Sell, seed: int) -> None:
    chance = random.Random(seed)
    clients = [ClientFactory.create(home_store=chance.choice((store, other_store))) for _n in range(12)]
    for _n in range(40):
        day = date(2024, 3, 1) + timedelta(days=chance.randrange(820))
        sell(chance.choice(clients), day, chance.randrange(1_000, 60_000))

    def place(client: Client, day: date) -> int:
        spent = list(Visit.objects.filter(scope=CHAIN, client=client).values_list("day", "total"))
        steps = loyalty.steps_on(YEAR.last)
        step = tiers.reached(spent, day, steps).step
        return steps.index(step) + 1 if step else 0

    for scope in (None, store):
        mine = [client for client in clients if scope in (None, client.home_store)]
        pairs = [(place(one, YEAR.first), place(one, YEAR.last + timedelta(days=1))) for one in mine]
        told = loyalty.standing(scope, YEAR)
        for at in (1, 2):
            assert told[at]["began"] == sum(was == at for was, _now in pairs)
            assert told[at]["clients"] == sum(now == at for _was, now in pairs)
            assert told[at]["up"] == sum(was < now == at for was, now in pairs)
            assert told[at]["down"] == sum(was > now == at for was, now in pairs)
            listed = [one.pk for one, (_was, now) in zip(mine, pairs, strict=True) if now == at]
            assert sorted(loyalty.clients_on(at, YEAR.last, scope)) == listed


def test_a_family_is_one(card: Client, sell: Sell) -> None:
    other = ClientFactory.create()
    services.join(services.open_account(card.pk, on=BEGAN), other, on=BEGAN)
    for client in (card, other):
        sell(client, date(2026, 3, 1), 20_000)

    assert [row["clients"] for row in loyalty.standing(None, YEAR)] == [0, 1, 0]
    assert sorted(loyalty.clients_on(1, YEAR.last, None)) == sorted([card.pk, other.pk])
    assert loyalty.clients_on(7, YEAR.last, None) == []


def test_without_tiers_there_is_nothing_to_say(db: None) -> None:
    services.publish(TermsSaid(Mode.OFF), since=BEGAN, by=None)

    assert loyalty.standing(None, YEAR) == []
