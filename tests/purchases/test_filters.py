"""Addresses of receipts and of the board: what they narrow, and that nonsense narrows nothing."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client as Browser

from purchases import services
from purchases.filters import ReceiptFilter
from purchases.models import Purchase
from stores.models import Employee, Store
from tests.factories import ClientFactory
from workshop import board, tickets
from workshop.filters import BoardFilter
from workshop.models import Master, ServiceRequest, ServiceStatus

DAY = date(2026, 11, 20)


def receipts_of(query: str) -> list[int]:
    found = ReceiptFilter(QueryDict(query), Purchase.objects.order_by("pk"))
    return [int(receipt.receipt_number) for receipt in found.qs]


@pytest.fixture
def three(sell: Callable[..., Purchase], card, seller: Employee, other_store: Store) -> None:
    """Receipts 1 (rings of 2 000 and 20 000), 2 (a ring of 5 000) and 3 (5 000, brought back)."""
    sell(card, DAY, 2_000, 20_000, receipt_number="1")
    sell(ClientFactory.create(), DAY, 5_000, receipt_number="2")
    back = sell(ClientFactory.create(), DAY, 5_000, receipt_number="3")
    services.return_pieces(back, list(back.pieces.all()), by=seller, on=DAY)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [1, 2, 3]), ("kind=ring", [1, 2]), ("kind=chain", []), ("kind=nonsense", []), ("first_kind=ring", [1, 2]),
        ("band=0", [1]), ("band=3000", [2]), ("band=10000", [1]), ("band=300000", []), ("kind=ring&band=10000", [1]),
        ("kind=chain&band=10000", []), ("band=x", [1, 2, 3]), ("band=-1", [1, 2, 3]), ("band=1.5", [1, 2, 3]),
        ("seller=x", [1, 2, 3]), ("seller=0", [1, 2, 3]), ("seller=99999", []), ("seller=%F0&page=2&export=1", [1, 2, 3]),
    ],
)  # fmt: skip
def test_receipts_are_narrowed_and_nonsense_narrows_nothing(query: str, found: list[int], three) -> None:
    assert receipts_of(query) == found


def test_receipts_of_a_seller(three, seller: Employee) -> None:
    assert receipts_of(f"seller={seller.pk}&band=3000") == [2]


@pytest.fixture
def requests(store: Store, other_store: Store, card) -> dict[str, ServiceRequest]:
    """Requests by their tickets: one late, one in the other store, one ready, one handed out."""
    facts = {
        "10": {"due_on": DAY, "kind": "repair"}, "11": {"lies_in": other_store}, "20": {"status": ServiceStatus.READY, "due_on": DAY},
        "21": {"status": ServiceStatus.HANDED_OUT},
    }  # fmt: skip
    return {
        number: ServiceRequest.objects.create(
            **{"store": store, "client": card, "number": number, "accepted_on": DAY, "kind": "cleaning", **more}
        )
        for number, more in facts.items()
    }


def tickets_of(query: str, *stores: Store) -> list[str]:
    found = BoardFilter(QueryDict(query), board.board(stores), today=date(2026, 11, 22))
    return sorted(request.number for request in found.qs)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["10", "11", "20"]), ("status=ready", ["20"]), ("status=handed_out", ["21"]), ("status=x", ["10", "11", "20"]),
        ("status=null", ["10", "11", "20"]), ("due=overdue", ["10"]), ("due=x", ["10", "11", "20"]), ("kind=repair", ["10"]),
        ("kind=cleaning&status=ready", ["20"]), ("q=2", ["20", "21"]), ("q=+10+", ["10"]), ("q=2&status=ready", ["20"]),
        ("master=x", ["10", "11", "20"]), ("master=99999", []), ("store=x", ["10", "11", "20"]), ("due=overdue&kind=cleaning", []),
    ],
)  # fmt: skip
def test_the_board_is_narrowed_and_nonsense_narrows_nothing(query: str, found: list[str], requests, store: Store) -> None:
    assert tickets_of(query, store) == found


def test_a_request_is_of_the_store_where_it_lies(requests, store: Store, other_store: Store) -> None:
    assert tickets_of(f"store={other_store.pk}", store) == ["11"]
    assert tickets_of(f"store={store.pk}", store) == ["10", "20"]


def test_the_board_of_a_master(requests, store: Store) -> None:
    master = Master.objects.create(name="Пётр")
    ServiceRequest.objects.filter(number="20").update(master=master)

    assert tickets_of(f"master={master.pk}", store) == ["20"]


def test_counts_of_the_board_leave_out_what_they_offer(requests, store: Store) -> None:
    narrowed = BoardFilter(QueryDict("status=ready&due=overdue&kind=cleaning"), board.board([store]), today=DAY)

    counted = board.counts(narrowed.but_for("status", "due"), DAY)

    assert (counted["all"], counted["ready"], counted["received"]) == (2, 1, 1)


@pytest.mark.parametrize(
    "address", ["/sales/?kind=ring&band=0&first=2026-11-01&last=2026-11-30", "/service/?view=list", "/service/"]
)
def test_a_list_takes_as_many_queries_for_three_rows_as_for_one(
    address: str, sell, card, store: Store, signed_in, seller: Employee, django_assert_max_num_queries
) -> None:
    browser: Browser = signed_in(seller)
    _another(sell, card, store, seller)
    browser.get(address)
    with django_assert_max_num_queries(40) as once:
        browser.get(address)
    _another(sell, card, store, seller)
    _another(sell, ClientFactory.create(), store, seller)

    with django_assert_max_num_queries(len(once)):
        browser.get(address)


def _another(sell, client, store: Store, seller: Employee) -> None:
    sell(client, DAY, 1_000)
    tickets.take_in(ServiceRequest(store=store, client=client, number="", accepted_on=DAY, kind="cleaning"), by=seller)
