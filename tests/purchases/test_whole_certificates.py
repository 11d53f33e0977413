"""A certificate that pays for a receipt, and everything that can happen to it afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest

from catalogue.kinds import PieceKind
from clients.models import Client
from loyalty.certificates.acts import CertificateRefusedError
from loyalty.models import Certificate, CertificateMove, NotGood
from purchases import services as purchases
from purchases.correcting import acts, contents
from purchases.correcting.exchange import exchange
from purchases.models import Purchase
from purchases.payments import PaymentsDifferError, TenderLine
from purchases.services import PieceLine
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY, certificate
from tests.together import SEVERAL_CONNECTIONS, together

LATE = DAY + timedelta(days=400)


@pytest.fixture
def five(store: Store) -> Certificate:
    """A certificate of 5 000 ₽."""
    return certificate(store)


def left(one: Certificate) -> Decimal:
    one.refresh_from_db()
    return one.left


def tenders(purchase: Purchase) -> dict[str, int]:
    return {tender.kind: int(tender.sum) for tender in purchase.tenders.all()}


def act(purchase: Purchase, what: Callable[..., object], by: Employee, **more: object) -> None:
    fresh = Purchase.written.get(pk=purchase.pk)
    what(fresh, version=fresh.version, by=by, **more)


def adds_up() -> bool:
    return all(one.left == sum(move.sum for move in one.moves.all()) for one in Certificate.objects.all())


def test_it_pays_a_part_and_the_tender_the_rest(card: Client, five: Certificate, sell: Sell) -> None:
    purchase = sell(card, DAY, 10_000, certificates=[five], tenders=[TenderLine("card")])

    assert (tenders(purchase), left(five)) == ({"certificate": 5_000, "card": 5_000}, 0)
    assert purchase.pieces.get().price == 10_000
    assert adds_up()


def test_it_is_spent_in_parts_and_needs_no_other_payment(card: Client, five: Certificate, sell: Sell) -> None:
    bought = [sell(card, DAY, 2_000, certificates=[five]), sell(None, DAY, 1_000, certificates=[five], no_card_reason="hurry")]

    assert [tenders(one) for one in bought] == [{"certificate": 2_000}, {"certificate": 1_000}]
    assert left(five) == 2_000


def test_two_pay_together(card: Client, store: Store, five: Certificate, sell: Sell) -> None:
    other = certificate(store, 3_000)

    assert tenders(sell(card, DAY, 7_000, certificates=[other, five])) == {"certificate": 7_000}
    assert (left(five), left(other)) == (0, 1_000)


@pytest.mark.parametrize(("day", "why"), [(LATE, NotGood.LATE), (DAY, NotGood.EMPTY)])
def test_a_refusal_saves_nothing(card: Client, five: Certificate, sell: Sell, day: object, why: NotGood) -> None:
    if why == NotGood.EMPTY:
        sell(card, DAY, 5_000, certificates=[five])
    before = (Purchase.objects.count(), left(five))

    with pytest.raises(CertificateRefusedError) as refused:
        sell(card, LATE if why == NotGood.LATE else DAY, 1_000, certificates=[five])

    assert (refused.value.why, (Purchase.objects.count(), left(five))) == (why, before)


def test_the_same_form_spends_it_once(card: Client, five: Certificate, sell: Sell) -> None:
    key = uuid4()

    assert sell(card, DAY, 5_000, certificates=[five], form_key=key) == sell(card, DAY, 5_000, certificates=[five], form_key=key)
    assert CertificateMove.objects.filter(kind="spent").count() == 1


def test_a_return_gives_it_back_first(card: Client, five: Certificate, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 4_000, 3_000, certificates=[five], tenders=[TenderLine("cash")])
    one, other = purchase.pieces.all()

    purchases.return_pieces(purchase, [other], by=seller, on=DAY)
    assert left(five) == 3_000
    purchases.return_pieces(purchase, [one], by=seller, on=LATE)

    assert (left(five), five.until_on, adds_up()) == (5_000, LATE + timedelta(days=14), True)


def test_a_return_that_is_undone_spends_it_again_or_is_refused(
    card: Client, five: Certificate, sell: Sell, seller: Employee
) -> None:
    purchase = sell(card, DAY, 5_000, certificates=[five])
    purchases.return_pieces(purchase, purchase.pieces.all(), by=seller)
    purchases.undo_return(purchase, by=seller)
    assert left(five) == 0
    purchases.return_pieces(purchase, purchase.pieces.all(), by=seller)
    sell(card, DAY, 1_000, certificates=[five])

    with pytest.raises(CertificateRefusedError):
        purchases.undo_return(purchase, by=seller)
    assert (left(five), purchase.pieces.filter(returned_on=None).count(), adds_up()) == (4_000, 0, True)


def test_a_void_gives_it_back_and_a_restored_receipt_spends_it(
    card: Client, five: Certificate, sell: Sell, manager: Employee
) -> None:
    purchase = sell(card, DAY, 8_000, certificates=[five], tenders=[TenderLine("card")])

    act(purchase, acts.void, manager, reason="ошибка")
    assert left(five) == 5_000
    act(purchase, acts.restore, manager)
    assert (left(five), adds_up()) == (0, True)


def test_a_correction_keeps_what_it_paid_as_far_as_there_is_to_pay(
    card: Client, five: Certificate, sell: Sell, manager: Employee
) -> None:
    purchase = sell(card, DAY, 8_000, certificates=[five], tenders=[TenderLine("card")])
    is_ = contents.of(purchase)

    for price, paid, over in ((9_000, {"certificate": 5_000, "card": 4_000}, 0), (2_000, {"certificate": 2_000}, 3_000)):
        act(purchase, acts.correct, manager, wanted=replace(is_, pieces=(is_.pieces[0]._replace(price=Decimal(price)),)))
        assert (tenders(purchase), left(five)) == (paid, over)
        is_ = contents.of(Purchase.objects.get(pk=purchase.pk))

    act(purchase, acts.undo, manager)
    assert (tenders(purchase), left(five), adds_up()) == ({"certificate": 5_000, "card": 4_000}, 0, True)


def test_what_it_paid_is_not_typed_over(card: Client, five: Certificate, sell: Sell, manager: Employee) -> None:
    purchase = sell(card, DAY, 8_000, certificates=[five], tenders=[TenderLine("card")])
    wanted = replace(contents.of(purchase), tenders=(TenderLine("card", Decimal(8_000)),))

    with pytest.raises(PaymentsDifferError):
        act(purchase, acts.correct, manager, wanted=wanted)

    assert (tenders(purchase), left(five)) == ({"certificate": 5_000, "card": 3_000}, 0)


def test_an_exchange_keeps_its_money_in_the_pieces(
    card: Client, five: Certificate, sell: Sell, seller: Employee, store: Store
) -> None:
    purchase = sell(card, DAY, 5_000, certificates=[five])
    line = PieceLine("R2", PieceKind.RING, Decimal(6_000))

    new = exchange(
        purchase, list(purchase.pieces.all()), [line], store=store, by=seller, on=DAY, tenders=[TenderLine("cash")]
    )  # fmt: skip

    assert (left(five), tenders(new), adds_up()) == (0, {"cash": 1_000}, True)


class TestAtOnce:
    pytestmark = SEVERAL_CONNECTIONS

    def test_two_tills_never_spend_more_than_there_is(self, five: Certificate, sell: Sell) -> None:
        clients = [ClientFactory.create() for _n in range(10)]

        said = together(*(partial(sell, client, DAY, 3_000, certificates=[five]) for client in clients))

        spent = [int(one.tenders.get().sum) for one in said if isinstance(one, Purchase)]
        assert (sorted(spent), left(five), adds_up()) == ([2_000, 3_000], 0, True)
        assert [one for one in said if isinstance(one, type)] == [CertificateRefusedError] * 8


@pytest.mark.parametrize(
    ("price", "paid", "rest"), [(4_000, {"certificate": 3_000}, 2_000), (9_000, {"certificate": 5_000, "card": 3_000}, 0)]
)
def test_it_pays_of_an_exchange_no_more_than_the_difference(
    card: Client, five: Certificate, sell: Sell, seller: Employee, store: Store, price: int, paid: dict[str, int], rest: int
) -> None:
    old = sell(card, DAY, 1_000)
    lines = [PieceLine("E1", PieceKind.EARRINGS, Decimal(price))]

    new = exchange(
        old, list(old.pieces.all()), lines, store=store, by=seller, certificates=[five], tenders=[TenderLine("card")], on=DAY
    )

    assert (tenders(new), left(five)) == (paid, rest)
    act(new, acts.void, seller, reason="ошибка")
    assert left(five) == 5_000
    assert adds_up()


def test_where_an_exchange_gives_money_back_it_pays_nothing(
    card: Client, five: Certificate, sell: Sell, seller: Employee, store: Store
) -> None:
    old = sell(card, DAY, 1_000)
    lines = [PieceLine("E1", PieceKind.EARRINGS, Decimal(400))]

    new = exchange(
        old, list(old.pieces.all()), lines, store=store, by=seller, certificates=[five], tenders=[TenderLine("cash")], on=DAY
    )

    assert (tenders(new), left(five)) == ({"cash": -600}, 5_000)
