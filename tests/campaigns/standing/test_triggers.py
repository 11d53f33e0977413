"""Whom each trigger finds, on which day, in which round."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from campaigns.standing import triggers
from campaigns.standing.triggers import Found
from clients.models import Client, OccasionKind, Wearer
from loyalty import services as loyalty_services
from loyalty.models import Lot
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from stores.models import Employee
from tests.campaigns.standing.conftest import DAY, TurnOn
from tests.conftest import Sell
from tests.factories import ClientFactory
from tests.present import present


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def on(key: str, turn_on: TurnOn, first: date = DAY, last: date = DAY) -> list[Found]:
    return triggers.found(turn_on(key), first, last)


def test_care_is_five_days_after_the_newest_kept_receipt(card: Client, sell: Sell, turn_on: TurnOn) -> None:
    sell(card, ago(7), 1_000)
    newest = sell(card, ago(5), 1_000)
    sell(card, ago(4), 1_000), sell(None, ago(5), 1_000, no_card_reason="declined")

    found = on("care", turn_on, ago(2))

    assert [(one.client, one.round, one.due_on, one.store) for one in found] == [
        (card.pk, f"p{newest.pk}", DAY, newest.store_id),
    ]  # fmt: skip


def test_who_bought_once_is_found_after_thirty_days(card: Client, sell: Sell, turn_on: TurnOn) -> None:
    twice = ClientFactory.create()
    sell(card, ago(30), 1_000)
    sell(twice, ago(30), 1_000), sell(twice, ago(20), 1_000)

    assert [(one.client, one.round) for one in on("second", turn_on)] == [(card.pk, "first")]


def test_a_regular_is_expected_and_falls_silent_once_an_absence(card: Client, sell: Sell, turn_on: TurnOn) -> None:
    for days in (200, 150, 100):
        sell(card, ago(days), 1_000)
    card.refresh_from_db()
    expected, silent = present(card.rhythm.expected_on), present(card.rhythm.silent_from)

    before, fell = on("expected", turn_on, ago(300), DAY), on("silent", turn_on, ago(300), silent)

    assert [(one.client, one.round, one.due_on, one.day) for one in before] == [
        (card.pk, f"after-{ago(100)}", expected - timedelta(days=14), expected),
    ]  # fmt: skip
    assert [(one.round, one.due_on) for one in fell] == [(f"after-{ago(100)}", silent)]


def test_who_came_once_is_no_regular(card: Client, sell: Sell, turn_on: TurnOn, usual: None) -> None:
    sell(card, ago(400), 1_000)

    assert (on("expected", turn_on, ago(500), DAY), on("silent", turn_on, ago(500), DAY)) == ([], [])


def test_a_regular_of_three_buying_days_is_missed_after_92(card: Client, sell: Sell, turn_on: TurnOn) -> None:
    twice = ClientFactory.create()
    for days in (300, 200, 92):
        sell(card, ago(days), 1_000)
    for days in (300, 92):
        sell(twice, ago(days), 1_000)

    assert [(one.client, one.round) for one in on("return", turn_on)] == [(card.pk, f"after-{ago(92)}")]


@pytest.fixture
def terms(admin: Employee) -> None:
    steps = (TierSaid(from_spent=Decimal(1_000)), TierSaid(name="Золото", from_spent=Decimal(100_000)))
    loyalty_services.publish(
        TermsSaid(Mode.BONUSES, earn_percent=Decimal(10), delay_days=0, tiers=steps), since=ago(500), by=admin
    )


def test_bonuses_that_end_are_told_to_who_may_spend_them(card: Client, sell: Sell, turn_on: TurnOn, terms: None) -> None:
    sell(card, ago(30), 50_000)
    Lot.objects.update(until_on=DAY + timedelta(days=14))

    found = on("bonuses", turn_on)

    assert [(one.client, one.round, one.day) for one in found] == [(card.pk, "2026-12-04", date(2026, 12, 4))]
    with translation.override("ru"):
        assert str(found[0].what) == "5\xa0000 бонусов"
    with translation.override("en"):
        assert str(found[0].what) == "5\xa0000 bonuses"


def test_without_terms_nothing_ends(turn_on: TurnOn) -> None:
    assert (on("bonuses", turn_on), on("tier", turn_on)) == ([], [])


def test_a_tier_is_reached_the_day_after(card: Client, sell: Sell, turn_on: TurnOn, terms: None) -> None:
    sell(card, ago(40), 60_000)
    sell(card, ago(1), 50_000)

    found = [[(one.client, one.round, str(one.what)) for one in on("tier", turn_on, day, day)] for day in (ago(39), ago(1), DAY)]

    assert found == [[(card.pk, "2026-1000", "от 1\xa0000\xa0₽")], [], [(card.pk, "2026-100000", "Золото")]]


def test_a_day_of_somebody_close_comes_in_ten_days(card: Client, turn_on: TurnOn, seller: Employee) -> None:
    wedding = OccasionKind.objects.create(name="Годовщина")
    Wearer.objects.create(client=card, first_name="Мария", relation="wife", occasion=wedding, day=1130, is_surprise=True)
    Wearer.objects.create(client=card, first_name="Анна", relation="mother", day=1201)

    (found,) = on("wearers", turn_on)

    assert (found.client, found.due_on, found.day, found.only_call) == (card.pk, DAY, date(2026, 11, 30), True)
    assert str(found.what) == "Годовщина — Мария (жена), сюрприз: не упоминать"
