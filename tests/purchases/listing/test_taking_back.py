"""Purchases' lists taken back: what they made goes, what people touched since stays."""

from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.kinds import PieceKind
from clients.models import Client
from loyalty import nightly
from loyalty import services as loyalty_services
from loyalty.models import Account, Lot
from loyalty.pricing import Mode
from loyalty.services import TermsSaid
from purchases import services as purchases_services
from purchases.models import Piece, Purchase, WaitingLine
from purchases.services import PieceLine
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory
from tests.loyalty.conftest import certificate, coupon
from tests.purchases.listing.applied import HEADER, LINE, applied, prices, undo
from visits.models import ClientActivity, Visit


def figures() -> list[tuple[int, int, date, int, Decimal, date]]:
    return list(Visit.objects.order_by("scope", "day").values_list("scope", "client", "day", "items", "total", "first_day"))


def test_pieces_and_their_receipts_go_and_figures_are_right_again(orlova: Client, sell: Sell) -> None:
    sell(orlova, date(2018, 12, 1), 5000)
    before = figures(), Piece.objects.count(), Purchase.objects.count()
    kept = applied("purchases", HEADER + LINE.format(1, 10000, "") + LINE.format(1, 7000, "") + LINE.format("", 3000, ""))
    assert Piece.objects.count() == before[1] + 3

    undo(kept)

    assert (figures(), Piece.objects.count(), Purchase.objects.count()) == before
    assert set(kept.rows.values_list("undone", flat=True)) == {"back"}


def test_a_piece_that_was_returned_since_stays(orlova: Client, seller: Employee) -> None:
    kept = applied("purchases", HEADER + LINE.format(1, 10000, "") + LINE.format(2, 7000, ""))
    purchase = Purchase.objects.get(receipt_number="1")
    purchases_services.return_pieces(purchase, pieces=purchase.pieces.all(), by=seller)

    undo(kept)

    assert list(Purchase.objects.values_list("receipt_number", flat=True)) == ["1"]
    assert dict(kept.rows.values_list("number", "undone")) == {1: "stays: changed since", 2: "back"}


def test_a_return_that_a_list_marked_is_unmarked(orlova: Client) -> None:
    applied("purchases", HEADER + LINE.format(1, 10000, ""))
    kept = applied("purchases", HEADER + LINE.format(1, 10000, "07.12.2018"))
    assert Piece.objects.get().returned_on == date(2018, 12, 7)

    undo(kept)

    assert Piece.objects.get().returned_on is None
    assert ClientActivity.objects.get().items == 1


def test_lines_that_wait_wait_no_more_and_those_attached_go(store: Store) -> None:
    kept = applied("purchases", HEADER + LINE.format(1, 10000, "") + LINE.format(2, 500, "").replace("22 33", "22 44"))
    assert WaitingLine.objects.count() == 2
    client = ClientFactory.create(phone="+79147012233", home_store=store)
    applied("clients", "ФИО;Дата рождения;Телефон;E-mail\nНовая Ян;;8 914 701 22 33;\n")
    from clients import parts

    parts.tell_appeared([client.pk])
    row = kept.rows.get(number=1)
    assert (row.subject, row.reason, Piece.objects.count()) == (client.pk, "attached", 1)

    undo(kept)

    assert (Piece.objects.count(), WaitingLine.objects.count(), Visit.objects.count()) == (0, 0, 0)


def test_a_piece_whose_receipt_was_given_to_another_client_stays(orlova: Client) -> None:
    kept = applied("purchases", HEADER + LINE.format(1, 100, ""))
    purchase = Purchase.objects.get()
    purchase.client = ClientFactory.create()
    purchase.save()

    undo(kept)

    assert (prices(), kept.rows.get().undone) == ([100], "stays: changed since")


def test_a_list_earns_from_the_first_terms_on_and_taken_back_it_earned_nothing(orlova: Client, store: Store) -> None:
    loyalty_services.publish(TermsSaid(Mode.BONUSES, earn_percent=Decimal(5)), since=date(2018, 12, 1), by=None)
    before = HEADER + LINE.format(1, 10_000, "").replace(".12.2018", ".11.2018")
    applied("purchases", before)
    assert list(Lot.objects.all()) == []

    kept = applied("purchases", HEADER + LINE.format(2, 10_000, ""))
    assert Lot.objects.get().left == 500
    undo(kept)

    assert (Account.objects.get().owed, Lot.objects.get().left, list(nightly.differences())) == (0, 0, [])


def test_a_return_by_a_list_gives_coupon_and_certificate_back(orlova: Client, store: Store) -> None:
    day, until = date(2018, 12, 5), date(2030, 1, 1)
    right, five = coupon(from_on=day, until=until), certificate(store, until=until)
    line = PieceLine("R1", PieceKind.RING, Decimal(10_000))
    head: dict[str, Any] = {"store": store, "seller": None, "client": orlova, "sold_on": day, "receipt_number": "1"}
    purchases_services.sell([line], **head, right=right, certificates=[five])

    def stands() -> tuple[int, int]:
        for one in (right, five):
            one.refresh_from_db()
        return right.uses_left, int(five.left)

    kept = applied("purchases", HEADER + LINE.format(1, 9_000, "07.12.2018"))
    assert stands() == (1, 5_000)
    undo(kept)
    assert (stands(), list(nightly.differences())) == ((0, 0), [])
