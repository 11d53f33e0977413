"""What receipts keep about a person: told to them, and taken out; receipts stay for the figures."""

from dataclasses import replace
from datetime import date

import pytest

from clients.models import Client, Wearer
from purchases import holdings, services
from purchases.correcting import acts, contents
from purchases.models import Correction, Purchase
from stores.models import Employee
from tests.conftest import Sell
from tests.factories import ClientFactory

DAY = date(2026, 5, 5)


@pytest.fixture
def wearer(card: Client) -> Wearer:
    return Wearer.objects.create(client=card, first_name="Мария")


def test_each_line_is_told_with_what_became_of_it(card: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 100, 200)
    services.return_pieces(purchase, purchase.pieces.filter(price=200), by=seller, on=date(2026, 5, 9))
    sell(ClientFactory.create(), DAY, 300)

    ((heading, told),) = holdings.describe(card.pk).items()

    assert (heading, [tuple(line.values()) for line in told]) == (
        "Покупки",
        [("2026-05-05", "Роскошь-Luxury", "R1000-0000", "100.00", "", ""),
         ("2026-05-05", "Роскошь-Luxury", "R1000-0001", "200.00", "2026-05-09", "")],
    )  # fmt: skip


def test_for_whom_it_was_goes_from_receipts_history_and_corrections(
    card: Client, wearer: Wearer, sell: Sell, seller: Employee
) -> None:
    purchase = sell(card, DAY, 100, wearer=wearer)
    acts.correct(purchase, wanted=replace(contents.of(purchase), number="8"), version=0, by=seller)
    foreign = sell(other := ClientFactory.create(), DAY, 100, wearer=Wearer.objects.create(client=other, first_name="Ян"))

    assert holdings.erase(card.pk) == {"purchases": 1}

    purchase.refresh_from_db()
    assert (purchase.wearer, purchase.pieces.count()) == (None, 1)
    assert set(Purchase.history.filter(id=purchase.pk).values_list("wearer", flat=True)) == {None}
    assert [(row.before["wearer"], row.after["wearer"]) for row in Correction.objects.all()] == [(None, None)]
    assert Purchase.objects.get(pk=foreign.pk).wearer is not None
