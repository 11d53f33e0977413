"""Tiers that are reached by a family together."""

from datetime import date
from decimal import Decimal

from campaigns.standing import tiers
from clients.models import Client
from loyalty import services as loyalty_services
from loyalty.models import Account, Member
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from stores.models import Employee
from tests.conftest import Sell
from tests.factories import ClientFactory


def test_what_the_family_spent_counts_and_the_buyer_is_told(card: Client, sell: Sell, admin: Employee) -> None:
    said = TermsSaid(Mode.DISCOUNT, tiers=(TierSaid(name="Золото", from_spent=Decimal(100_000)),))
    loyalty_services.publish(said, since=date(2026, 1, 1), by=admin)
    spouse, account = ClientFactory.create(), Account.objects.create()
    for client in (card, spouse):
        Member.objects.create(account=account, client=client, since=date(2026, 1, 1))

    sell(spouse, date(2026, 3, 1), 60_000)
    sell(card, date(2026, 5, 1), 60_000)

    told = [(client, day, step.name) for client, day, step in tiers.reached_between(date(2026, 3, 1), date(2026, 5, 31))]
    assert told == [(card.pk, date(2026, 5, 2), "Золото")]
