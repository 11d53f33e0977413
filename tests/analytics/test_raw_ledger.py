"""Bonuses counted by pandas: the same as the page of loyalty says, and a planted difference is found."""

from datetime import timedelta
from decimal import Decimal

import pytest

from analytics import checks, recount
from analytics.figures import loyalty, periods
from clients.models import Client
from loyalty import services
from loyalty.ledger import Birth
from loyalty.models import Lot, Source
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from purchases import services as purchases
from purchases.models import Deduction
from stores.models import Employee, Store
from tests.conftest import Sell


@pytest.fixture
def _traded(card: Client, store: Store, other_store: Store, sell: Sell, seller: Employee) -> None:
    """Last month: earned, spent in two stores, given, returned."""
    month = periods.presets(store.today())["last-month"][1]
    tiers = [TierSaid(Decimal(30_000), discount_percent=Decimal(3))]
    services.publish(TermsSaid(Mode.BOTH, earn_percent=Decimal(5), delay_days=0, tiers=tiers), since=month.first, by=None)
    account = services.open_account(card.pk, on=month.first)
    birth = Birth(Source.BIRTHDAY, month.first, store.today() + timedelta(days=9))
    services.earn(account, 500, birth=birth, key="birthday", on=month.first, by=None)
    sell(card, month.first, 50_000)
    sell(card, month.first + timedelta(days=2), 10_000, spend=1_000)
    back = sell(card, month.first + timedelta(days=3), 20_000, spend=500, at=other_store)
    purchases.return_pieces(back, back.pieces.all(), by=seller, on=month.first + timedelta(days=5))


@pytest.mark.usefixtures("_traded")
def test_both_roads_agree(store: Store) -> None:
    found = recount.recount(store.today())

    assert (found.differences, loyalty.cost(None, periods.presets(store.today())["last-month"][1])["total"]["bonus"]) == (
        [],
        1_000,
    )


@pytest.mark.usefixtures("_traded")
def test_what_was_planted_is_found_by_both(store: Store) -> None:
    Lot.objects.filter(source=Source.BIRTHDAY).update(left=77)
    Deduction.objects.filter(source="bonus").update(amount=1)

    counted = {row["figure"] for row in recount.recount(store.today()).differences}
    checked = checks.check_figures().differences

    assert counted == {"loyalty balance left"}
    assert [line.split(":")[0].split()[0] for line in checked] == ["lot", "receipt"]
