from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from analytics import frames
from analytics.figures import people, today
from analytics.figures.breakdown import cells
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from analytics.raw_count import RawCount
from catalogue.kinds import PieceKind
from clients.locking import GoneError
from clients.models import CardState, Client, Wearer
from purchases import selectors, services
from purchases.correcting import acts, contents
from purchases.correcting.acts import ExchangedPieceError, NothingToUndoError
from purchases.correcting.contents import Contents, PieceFacts
from purchases.correcting.exchange import exchange
from purchases.models import Act, Correction, Occasion, Piece, Purchase
from purchases.payments import PaymentsDifferError, TenderLine
from purchases.services import PieceLine, ReceiptTakenError, StaleReceiptError, VoidedError
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory
from visits.models import ClientActivity, StaleDay, Visit

DAY = date(2026, 5, 5)
PERIOD = Period(date(2026, 5, 1), date(2026, 5, 31))


def fresh(purchase: Purchase) -> Purchase:
    return Purchase.written.get(pk=purchase.pk)


def lines(purchase: Purchase) -> list[tuple[str, Decimal, int]]:
    return list(purchase.pieces.values_list("article", "price", "occurrence"))


def test_everything_of_a_receipt_can_be_put_right(card: Client, seller: Employee, sell: Sell) -> None:
    mother = Wearer.objects.create(client=card, first_name="Анна", relation="mother")
    purchase = sell(card, DAY, 100, 200, receipt_number="7", tenders=[TenderLine("cash")])
    is_ = contents.of(purchase)
    ring = is_.pieces[1]._replace(article="E2", kind="earrings", price=Decimal(250), uins=("1" * 16,))
    chain = PieceFacts(None, "C3", "chain", Decimal(50), Decimal(5))

    acts.correct(
        purchase, version=0, by=seller,
        wanted=replace(
            is_, pieces=(ring, chain), number="8", sold_on=date(2026, 5, 4), wearer=mother.pk, occasion=Occasion.BIRTHDAY
        ),
    )  # fmt: skip

    now = contents.of(fresh(purchase))
    assert (now.number, now.sold_on, now.wearer, now.occasion) == ("8", date(2026, 5, 4), mother.pk, "birthday")
    assert [piece._replace(pk=None) for piece in now.pieces] == [ring._replace(pk=None), chain]
    assert now.pieces[0].pk == ring.pk
    assert now.tenders == (TenderLine("cash", Decimal(300)),)
    assert list(Visit.objects.filter(scope=0).values_list("day", "items", "total")) == [(date(2026, 5, 4), 2, 300)]
    assert set(StaleDay.objects.values_list("day", flat=True)) >= {DAY, date(2026, 5, 4)}


def test_pieces_that_become_alike_and_change_places_keep_apart(card: Client, seller: Employee, sell: Sell) -> None:
    purchase = sell(card, DAY, 100, 200, 300)
    first, second, third = contents.of(purchase).pieces
    swapped = (
        first._replace(article=second.article, price=second.price),
        second._replace(article=first.article, price=first.price),
    )
    alike = third._replace(article=first.article, price=first.price)

    acts.correct(purchase, wanted=replace(contents.of(purchase), pieces=(*swapped, alike)), version=0, by=seller)

    assert lines(purchase) == [("R1000-0001", 200, 1), ("R1000-0000", 100, 1), ("R1000-0000", 100, 2)]


def test_what_was_so_already_is_no_correction(card: Client, seller: Employee, sell: Sell) -> None:
    purchase = sell(card, DAY, 100)

    assert acts.correct(purchase, wanted=contents.of(purchase), version=0, by=seller) is None
    assert fresh(purchase).version == 0


def test_a_form_opened_before_another_change_is_stale(card: Client, seller: Employee, sell: Sell) -> None:
    purchase = sell(card, DAY, 100, 200)
    wanted = replace(contents.of(purchase), occasion=Occasion.HOLIDAY)
    services.return_pieces(purchase, [Piece.objects.all()[0]], by=seller)

    stale: list[Callable[[], object]] = [
        lambda: acts.correct(purchase, wanted=wanted, version=0, by=seller),
        lambda: acts.void(purchase, reason="twice", version=0, by=seller),
        lambda: acts.attach_client(purchase, client=card, version=0, by=seller),
    ]
    for act in stale:
        with pytest.raises(StaleReceiptError):
            act()

    assert fresh(purchase).occasion == ""
    assert Correction.objects.count() == 0


def test_undo_brings_back_what_was_removed_with_its_key(card: Client, seller: Employee, sell: Sell) -> None:
    purchase = sell(card, DAY, 100, 200, tenders=[TenderLine("cash", Decimal(100)), TenderLine("card", Decimal(200))])
    before = contents.of(purchase)
    rest = replace(before, pieces=before.pieces[1:], tenders=(TenderLine("card", Decimal(200)),), number="9")
    acts.correct(purchase, wanted=rest, version=0, by=seller)

    acts.undo(purchase, version=1, by=seller)

    assert contents.of(fresh(purchase)) == before
    assert Visit.objects.get(scope=0).items == 2
    with pytest.raises(NothingToUndoError):
        acts.undo(purchase, version=2, by=seller)


def test_a_return_after_a_correction_leaves_nothing_to_undo(card: Client, seller: Employee, sell: Sell) -> None:
    purchase = sell(card, DAY, 100)
    acts.correct(purchase, wanted=replace(contents.of(purchase), number="9"), version=0, by=seller)
    services.return_pieces(purchase, [Piece.objects.get()], by=seller)

    with pytest.raises(NothingToUndoError):
        acts.undo(purchase, version=2, by=seller)


def test_a_sale_without_a_card_gets_its_client(card: Client, seller: Employee, sell: Sell, store: Store) -> None:
    purchase = sell(None, DAY, 100, no_card_reason="declined")
    StaleDay.objects.all().delete()

    acts.attach_client(purchase, client=card, version=0, by=seller)

    assert (fresh(purchase).client, fresh(purchase).no_card_reason) == (card, "")
    assert ClientActivity.objects.get(client=card).spent == 100
    assert set(StaleDay.objects.values_list("scope", "day")) == {(0, DAY), (store.pk, DAY)}
    acts.undo(purchase, version=1, by=seller)
    assert fresh(purchase).no_card_reason == "declined"
    assert not ClientActivity.objects.exists()


def test_a_wrong_client_is_replaced_and_their_wearer_does_not_follow(card: Client, seller: Employee, sell: Sell) -> None:
    other = ClientFactory.create()
    wearer = Wearer.objects.create(client=card, first_name="Анна", relation="mother")
    purchase = sell(card, DAY, 100, wearer=wearer)

    acts.attach_client(purchase, client=other, version=0, by=seller)

    assert (fresh(purchase).client, fresh(purchase).wearer) == (other, None)
    assert list(ClientActivity.objects.values_list("client", "spent")) == [(other.pk, 100)]


def test_an_erased_person_gets_no_receipt(card: Client, seller: Employee, sell: Sell) -> None:
    gone = ClientFactory.create()
    Client.objects.filter(pk=gone.pk).update(state=CardState.ERASED, phone=None)

    with pytest.raises(GoneError):
        acts.attach_client(sell(card, DAY, 100), client=gone, version=0, by=seller)


def test_a_taken_number_is_refused_and_a_voided_one_is_free(card: Client, seller: Employee, sell: Sell) -> None:
    first, second = sell(card, DAY, 100, receipt_number="7"), sell(card, DAY, 200)

    with pytest.raises(ReceiptTakenError) as taken:
        acts.correct(second, wanted=replace(contents.of(second), number="7"), version=0, by=seller)
    assert taken.value.purchase == first
    acts.void(first, reason="twice", version=0, by=seller)
    acts.correct(second, wanted=replace(contents.of(second), number="7"), version=0, by=seller)
    with pytest.raises(ReceiptTakenError):
        acts.restore(first, version=1, by=seller)

    assert (fresh(first).void_reason, fresh(second).receipt_number) == ("twice", "7")


def test_payments_that_are_not_the_sum_are_refused(card: Client, seller: Employee, sell: Sell) -> None:
    purchase = sell(card, DAY, 100)

    with pytest.raises(PaymentsDifferError) as differ:
        acts.correct(
            purchase, wanted=replace(contents.of(purchase), tenders=(TenderLine("cash", Decimal(90)),)), version=0, by=seller
        )

    assert (differ.value.to_pay, differ.value.paid) == (100, 90)
    assert fresh(purchase).version == 0


def test_a_voided_receipt_takes_no_correction_and_no_return(card: Client, seller: Employee, sell: Sell) -> None:
    purchase = sell(card, DAY, 100)
    acts.void(purchase, reason="twice", version=0, by=seller)

    for act in (
        lambda: acts.correct(purchase, wanted=contents.of(purchase), version=1, by=seller),
        lambda: acts.void(purchase, reason="again", version=1, by=seller),
        lambda: services.return_pieces(purchase, [Piece.objects.get()], by=seller),
        lambda: services.undo_return(purchase, by=seller),
    ):
        with pytest.raises(VoidedError):
            act()


def test_voiding_an_exchange_gives_back_what_came_back(card: Client, seller: Employee, sell: Sell, store: Store) -> None:
    old = sell(card, DAY, 100)
    new = exchange(
        old,
        list(old.pieces.all()),
        [PieceLine("E1", PieceKind.EARRINGS, Decimal(300))],
        store=store,
        by=seller,
        on=date(2026, 5, 9),
    )
    with pytest.raises(ExchangedPieceError):
        acts.void(old, reason="twice", version=1, by=seller)
    is_ = contents.of(old)
    cheaper = replace(is_, pieces=(is_.pieces[0]._replace(price=Decimal(1)),))
    with pytest.raises(ExchangedPieceError):
        acts.correct(old, wanted=cheaper, version=1, by=seller)

    acts.void(new, reason="changed their mind", version=0, by=seller)

    assert ClientActivity.objects.get().spent == 100
    acts.undo(new, version=1, by=seller)
    assert ClientActivity.objects.get().spent == 300
    acts.void(new, reason="again", version=2, by=seller)
    services.return_pieces(old, list(old.pieces.all()), by=seller)
    with pytest.raises(ExchangedPieceError):
        acts.restore(new, version=3, by=seller)


def everything_counted(store: Store, card: Client) -> dict[str, Any]:
    """Whatever is counted of receipts, from all roads to them."""
    raw = RawCount()
    figures = {
        f"{name} {part} {where}": compute(where, PERIOD)
        for name, figure in FIGURES.items() for part, compute in figure.parts for where in (None, store)
    }  # fmt: skip
    return {
        **figures,
        "raw": raw.returning(*PERIOD, None),
        "cells": sorted(cells(None, PERIOD)),
        "sellers": people.by_seller(store, PERIOD),
        "stores": people.by_store(None, PERIOD),
        "capture": today.registered(DAY, None),
        "visits": sorted(Visit.objects.values_list("scope", "client", "day", "items", "total", "first_day", "second_day")),
        "timeline": [purchase.pk for purchase in selectors.purchases_of(card) if not purchase.is_voided],
        "list": [p.pk for p in selectors.receipts_behind(selectors.Receipts(*PERIOD, group="everything"), [store])],
        "article": selectors.article_facts("R1000-0000"),
        "frames": (frames.receipts_frame().receipt.tolist(), frames.pieces_frame().piece.tolist()),
        "kept": sorted(Piece.objects.kept().values_list("pk", flat=True)),
    }


@pytest.mark.parametrize("known", [True, False])
def test_a_voided_receipt_counts_as_if_it_had_never_been(
    card: Client, seller: Employee, sell: Sell, store: Store, known: bool
) -> None:
    sell(card, date(2026, 4, 20), 1000)
    sell(card, date(2026, 5, 20), 3000)
    sell(None, date(2026, 5, 6), 400, no_card_reason="hurry")
    never = everything_counted(store, card)
    mistaken = sell(card if known else None, DAY, 5000, 600, no_card_reason="" if known else "declined")
    assert everything_counted(store, card) != never

    acts.void(mistaken, reason="saved by mistake", version=0, by=seller)

    assert everything_counted(store, card) == never
    assert {piece.article for piece in mistaken.pieces.all()} == {"R1000-0000", "R1000-0001"}


def test_the_history_tells_who_did_what(card: Client, seller: Employee, manager: Employee, sell: Sell) -> None:
    purchase = sell(card, DAY, 100)
    acts.correct(purchase, wanted=replace(contents.of(purchase), number="9"), version=0, by=seller)
    acts.void(purchase, reason="twice", version=1, by=manager)
    acts.restore(purchase, version=2, by=manager)

    told = [(c.act, c.by, Contents.from_json(c.after).voided) for c in purchase.corrections.order_by("version")]

    assert told == [(Act.CORRECTED, seller, ""), (Act.VOIDED, manager, "twice"), (Act.RESTORED, manager, "")]
    assert list(Purchase.history.order_by("history_id").values_list("history_user", flat=True))[1:] == [
        seller.pk, manager.pk, manager.pk,
    ]  # fmt: skip


def test_acts_take_as_many_queries_for_three_pieces_as_for_one(
    card: Client, seller: Employee, sell: Sell, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for prices in ((100,), (100, 200, 300)):
        purchase = sell(card, DAY, *prices)
        with django_assert_max_num_queries(43):
            acts.void(purchase, reason="twice", version=0, by=seller)
