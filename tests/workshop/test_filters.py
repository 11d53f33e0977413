"""Addresses of the board: what they narrow, and that nonsense narrows nothing."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from clients.models import Client
from stores.models import Store
from workshop import board
from workshop.filters import BoardFilter
from workshop.models import Master, ServiceRequest, ServiceStatus

DAY = date(2026, 11, 20)


@pytest.fixture
def requests(store: Store, other_store: Store, card: Client) -> dict[str, ServiceRequest]:
    """Requests by their tickets: one late, one in the other store, one ready, one handed out."""
    facts: dict[str, dict[str, Any]] = {
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
def test_the_board_is_narrowed_and_nonsense_narrows_nothing(
    query: str, found: list[str], requests: dict[str, ServiceRequest], store: Store
) -> None:
    assert tickets_of(query, store) == found


def test_a_request_is_of_the_store_where_it_lies(requests: dict[str, ServiceRequest], store: Store, other_store: Store) -> None:
    assert tickets_of(f"store={other_store.pk}", store) == ["11"]
    assert tickets_of(f"store={store.pk}", store) == ["10", "20"]


def test_the_board_of_a_master(requests: dict[str, ServiceRequest], store: Store) -> None:
    master = Master.objects.create(name="Пётр")
    ServiceRequest.objects.filter(number="20").update(master=master)

    assert tickets_of(f"master={master.pk}", store) == ["20"]


def test_counts_of_the_board_leave_out_what_they_offer(requests: dict[str, ServiceRequest], store: Store) -> None:
    narrowed = BoardFilter(QueryDict("status=ready&due=overdue&kind=cleaning"), board.board([store]), today=DAY)

    counted = board.counts(narrowed.but_for("status", "due"), DAY)

    assert (counted["all"], counted["ready"], counted["received"]) == (2, 1, 1)
