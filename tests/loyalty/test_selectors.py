"""Balances of a day, and what a bill needs of a client."""

from datetime import timedelta
from decimal import Decimal

from clients.models import Client
from loyalty import selectors, services
from loyalty.models import Account, Terms
from loyalty.pricing import Mode, Standing
from loyalty.selectors import Balance, LotLeft
from loyalty.services import TermsSaid, TierSaid
from tests.conftest import Sell
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY, Earn, coupon

TIERS = [TierSaid(Decimal(50_000), earn_percent=Decimal(7), discount_percent=Decimal(3))]


def test_the_balance_of_any_day(account: Account, earn: Earn) -> None:
    lot, coming = earn(100), earn(50, first=DAY + timedelta(days=14), last=DAY + timedelta(days=99))
    services.spend(account, 30, key="one", on=DAY + timedelta(days=2), by=None)
    of_lot, of_coming = (lot.from_on, lot.until_on), (coming.from_on, coming.until_on)

    told = [selectors.balance_on(account.pk, DAY + timedelta(days=ahead)) for ahead in (-1, 1, 2, 40)]

    assert told == [
        Balance(0, 0, 0, []),
        Balance(100, 50, 0, [LotLeft(100, *of_lot), LotLeft(50, *of_coming)]),
        Balance(70, 50, 0, [LotLeft(70, *of_lot), LotLeft(50, *of_coming)]),
        Balance(50, 0, 0, [LotLeft(50, *of_coming)]),
    ]


def test_terms_that_give_nothing_are_none(terms: Terms) -> None:
    assert selectors.terms_on(DAY) == terms

    services.publish(TermsSaid(Mode.OFF), since=DAY, by=None)

    assert selectors.terms_on(DAY) is None


def test_a_family_spends_and_reaches_tiers_together(card: Client, earn: Earn, account: Account, sell: Sell) -> None:
    terms = services.publish(TermsSaid(Mode.BOTH, earn_percent=Decimal(5), tiers=TIERS), since=DAY, by=None)
    he = ClientFactory.create()
    services.join(account, he, on=DAY, may_spend=False)
    earn(100)
    sell(card, DAY, 30_000), sell(he, DAY, 20_000)

    standings = [
        selectors.standing_of(client.pk, selectors.member_of(client.pk), terms, DAY + timedelta(days=1)) for client in (card, he)
    ]

    assert standings == [Standing(100, 300, 700), Standing(0, 300, 700)]


def test_before_a_tier_the_terms_say_what_is_earned(card: Client) -> None:
    terms = services.publish(TermsSaid(Mode.BONUSES, earn_percent=Decimal(5), tiers=TIERS), since=DAY, by=None)

    assert selectors.standing_of(card.pk, None, terms, DAY) == Standing(0, 0, 500)


def test_offers_of_a_client_are_those_that_can_be_used(card: Client) -> None:
    late, soon = coupon("late", client=card.pk), coupon("soon", client=card.pk, until=DAY + timedelta(days=1))
    coupon("anyone's")

    assert selectors.offers_of(card.pk, DAY) == [soon, late]
    assert selectors.offers_of(card.pk, DAY + timedelta(days=2)) == [late]
