"""Which sale a till's return is of, and what comes back."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clients.models import Client
from loyalty import services as loyalty_services
from loyalty.ledger import Birth
from loyalty.models import Source
from loyalty.nightly import differences
from loyalty.pricing import Mode
from loyalty.services import TermsSaid
from purchases import services
from purchases.correcting import acts
from purchases.models import Piece, Purchase
from stores.models import Employee, Store
from tests import factories
from tests.exchange.conftest import MakeTill, Till, back, sale

DAY = date(2026, 5, 6)
FISCAL = {"fn": "9960440301234567", "fd": "88121"}
RETURNED = {"fn": "9960440301234567", "fd": "88122"}


def returned() -> list[date | None]:
    return list(Piece.objects.order_by("pk").values_list("returned_on", flat=True))


@pytest.mark.parametrize("of", [{"id": "s-1"}, {"fiscal": FISCAL}, {"id": "s-1", "fiscal": {"fn": "1", "fd": "1"}}])
def test_a_return_names_its_sale(till: Till, store: Store, of: dict[str, object]) -> None:
    till.send(sale(fiscal=FISCAL))

    told = till.became(till.send(back(of=of)))

    assert {name: told[name] for name in ("state", "returned", "owed")} == {"state": "applied", "returned": 1, "owed": "0"}
    assert returned() == [DAY]


def test_a_return_of_nothing_named_is_of_the_one_sale_that_fits(till: Till, store: Store, card: Client) -> None:
    who: dict[str, Any] = {"client": {"phone": factories.phone_of(card)}}
    till.send(sale(**who))
    till.send(sale("2", **who, lines=[{"article": "R5387-6925", "kind": "ring", "paid": "900.00"}], paid=[]))

    till.send(back(of=None, **who))

    assert returned() == [DAY, None]


def test_where_two_sales_fit_a_person_is_asked(till: Till, store: Store, card: Client) -> None:
    who: dict[str, Any] = {"client": {"phone": factories.phone_of(card)}}
    for number in ("1", "2"):
        till.send(sale(number, **who))

    told = till.became(till.send(back(of=None, **who)))

    assert (told["state"], told["reason"], returned()) == ("waits", "which_sale", [None, None])


def test_one_of_two_equal_pieces_comes_back_and_then_the_other(till: Till, store: Store) -> None:
    line = {"article": "R5387-6925", "kind": "ring", "paid": "2000.00", "quantity": 2}
    till.send(sale(lines=[line], paid=[]))

    till.send(back())
    first = returned()
    till.send(back(id="r-2"))

    assert (first, returned()) == ([DAY, None], [DAY, DAY])


def test_more_than_was_sold_does_not_come_back(till: Till, store: Store) -> None:
    till.send(sale())
    till.send(back())

    told = till.became(till.send(back(id="r-2", at="2026-05-07T11:00:00+10:00")))

    assert (told["reason"], returned()) == ("pieces", [DAY])


def test_another_price_is_another_piece(till: Till, store: Store) -> None:
    till.send(sale())

    told = till.became(till.send(back(lines=[{"article": "R5387-6925", "paid": "999.00"}])))

    assert (told["reason"], returned()) == ("pieces", [None])


def test_what_the_seller_marked_by_hand_is_the_same_return(till: Till, store: Store, seller: Employee) -> None:
    till.send(sale())
    purchase = Purchase.objects.get()
    services.return_pieces(purchase, purchase.pieces.all(), by=seller, on=DAY)

    told = till.became(till.send(back()))

    assert (told["state"], told["returned"], Piece.history.count()) == ("applied", 1, 2)


@pytest.mark.parametrize("fiscal", [None, RETURNED])
def test_a_return_of_which_two_sources_tell_is_one(
    till: Till, make_till: MakeTill, store: Store, fiscal: dict[str, str] | None
) -> None:
    till.send(sale(fiscal=FISCAL))
    other = make_till("1C")

    first = till.became(till.send(back(fiscal=fiscal)))
    second = other.became(other.send(back(id="77", of={"fiscal": FISCAL}, fiscal=fiscal)))

    assert {**first, "document": ""} == {**second, "document": ""}
    assert returned() == [DAY]


def test_a_fiscal_number_of_a_sale_is_no_return(till: Till, store: Store) -> None:
    till.send(sale(fiscal=FISCAL))

    told = till.became(till.send(back(fiscal=FISCAL)))

    assert (told["reason"], returned()) == ("fiscal", [None])


def test_a_return_gives_bonuses_back_and_takes_what_was_earned(till: Till, store: Store, card: Client) -> None:
    loyalty_services.publish(TermsSaid(Mode.BONUSES, Decimal(5)), since=date(2026, 1, 1), by=None)
    account = loyalty_services.open_account(card.pk, on=date(2026, 5, 1))
    birth = Birth(Source.GOODWILL, date(2026, 5, 1), date(2026, 5, 1) + timedelta(days=365))
    loyalty_services.earn(account, 400, birth=birth, key="gift", on=date(2026, 5, 1), by=None)
    off = [{"source": "bonus", "sum": "300.00"}]
    line = {"article": "R5387-6925", "kind": "ring", "tag": "1300.00", "paid": "1000.00", "deductions": off}
    till.send(sale(client={"phone": factories.phone_of(card)}, lines=[line]))

    told = till.became(till.send(back()))

    assert {name: told[name] for name in ("bonus_given_back", "revoked", "owed")} == {
        "bonus_given_back": "300", "revoked": "50", "owed": "0",
    }  # fmt: skip
    assert list(differences()) == []


def test_a_return_of_a_void_sale_waits(till: Till, store: Store, admin: Employee) -> None:
    till.send(sale())
    acts.void(Purchase.objects.get(), reason="по ошибке", version=0, by=admin)

    assert till.became(till.send(back()))["reason"] == "voided"
