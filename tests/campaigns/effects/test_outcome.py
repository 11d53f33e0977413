"""What came of touches: followed and caused, each client once, each purchase to the last program before it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from analytics.figures.experiments import Says
from campaigns import touching
from campaigns.effects import effect, outcome
from campaigns.models import Program, Touch
from campaigns.touching import Chosen
from clients.models import Client
from stores.models import Store
from tests.conftest import Sell
from tests.factories import ClientFactory

OCTOBER, TODAY = date(2026, 10, 10), date(2026, 11, 20)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def silent(db: None) -> Program:
    return Program.objects.get(key="silent")


def touched(client: Client, day: date = OCTOBER, *, arm: str = "treated", source: str = "silent") -> Touch:
    touching.write(source, [Chosen(client.pk, str(day), day, client.home_store_id, "call")], phase="1", holdout=0)
    touch = Touch.objects.get(source=source, client=client, round=str(day))
    Touch.objects.filter(pk=touch.pk).update(arm=arm, state="made" if arm == "treated" else "over", stratum=f"{day:%Y-%m}:50")
    return touch


def of(program: Program) -> outcome.Outcome:
    return outcome.outcome_of(program, *YEAR, today=TODAY, stores=None)


def test_only_what_was_bought_in_thirty_days_counts(silent: Program, card: Client, sell: Sell) -> None:
    touched(card)
    for days, price in ((-1, 1), (0, 10), (29, 100), (30, 1_000)):
        sell(card, OCTOBER + timedelta(days=days), price)

    told = of(silent)

    assert told.effect.total.written == (1, 1, 1, 1, 1, 1, Decimal(110))
    assert told.followed == (1, 1, Decimal(110), Decimal(0))


def test_a_window_that_is_open_tells_nothing_of_its_client(silent: Program, card: Client, sell: Sell) -> None:
    touched(card, TODAY - timedelta(days=5))
    sell(card, TODAY, 10)

    written = of(silent).effect.total.written

    assert (written.planned, written.full, written.came, written.revenue) == (1, 0, 0, 0)


def test_a_purchase_is_claimed_by_the_last_program_before_it(silent: Program, card: Client, sell: Sell) -> None:
    touched(card)
    touched(card, OCTOBER + timedelta(days=15), source="return")
    sell(card, OCTOBER + timedelta(days=10), 100), sell(card, OCTOBER + timedelta(days=20), 1_000)

    followed = [of(program).followed.revenue for program in (silent, Program.objects.get(key="return"))]

    assert followed == [100, 1_000]


def test_who_is_chosen_again_within_the_window_counts_once(silent: Program, card: Client) -> None:
    for days in (0, 20, 40):
        touched(card, OCTOBER - timedelta(days=60 - days))

    assert of(silent).effect.total.written.planned == 1


def test_arms_are_compared_within_their_strata(silent: Program, sell: Sell, store: Store) -> None:
    for n in range(60):
        client = ClientFactory.create(home_store=store)
        touched(client, arm="held" if n % 2 else "treated")
        if n % 2 == 0:
            sell(client, OCTOBER, 1_000)

    told = of(silent)

    assert (told.verdict.share.says, told.buyers_caused, told.verdict.arms_fit) == (Says.MORE, 30, True)
    assert [(row.key, row.compared.held.planned) for row in told.effect.stores] == [(str(store.pk), 30)]
    assert [row.key for row in told.effect.months] == ["2026-10"]


def test_too_few_are_no_verdict(silent: Program, card: Client) -> None:
    touched(card)

    assert (of(silent).verdict.share.says, of(silent).buyers_caused, of(silent).money_caused) == (Says.TOO_FEW, None, None)


def test_each_number_opens_its_clients(silent: Program, card: Client, sell: Sell, store: Store, other_store: Store) -> None:
    held, away = ClientFactory.create(home_store=other_store), ClientFactory.create(home_store=store)
    touched(card), touched(held, arm="held"), touched(away)
    sell(card, OCTOBER, 1_000), sell(held, OCTOBER, 1_000)

    def behind(show: str, home: str = "") -> set[int]:
        found = outcome.clients_behind(silent, *YEAR, show, today=TODAY, stores=None, store=home)
        return set(found.values_list("pk", flat=True))

    written, left = {card.pk, away.pk}, {held.pk}
    assert [behind(show) for show in effect.SHOWN] == [
        written, written, written, {card.pk}, {card.pk}, left, left, left,
    ]  # fmt: skip
    assert (behind("held", str(store.pk)), behind("held", str(other_store.pk)), behind("planned", "0")) == (set(), left, set())
    assert outcome.outcome_of(silent, *YEAR, today=TODAY, stores=[other_store]).effect.total.written.planned == 0
