"""Requests by the number of their ticket, typed or scanned."""

import pytest

from clients.models import Client
from stores.models import Store
from workshop import selectors
from workshop.models import ServiceRequest


@pytest.mark.parametrize(
    "scanned", ["Б/17 1", " Б/17 1 ", "https://carat.example/s/%D0%91%2F17%201", "https://carat.example/s/%D0%91%2F17%201/"]
)
def test_a_scanned_address_is_its_ticket(scanned: str) -> None:
    assert selectors.ticket_number(scanned) == "Б/17 1"


@pytest.mark.parametrize(
    ("text", "found"), [("1-0000", 2), ("1-000001", 1), ("/s/1-000001", 1), ("1-", 0), ("abc", 0), ("9-000", 0)]
)
def test_requests_are_found_by_the_beginning_of_their_number(card: Client, store: Store, text: str, found: int) -> None:
    for number in ("1-000001", "1-000002"):
        ServiceRequest.objects.create(store=store, client=card, number=number, accepted_on=store.today(), kind="cleaning")

    assert len(selectors.find_services(text)) == found
    assert len(selectors.find_services(text, limit=1)) == min(1, found)


def test_requests_of_a_client_are_their_own(ticket: list[ServiceRequest], card: Client) -> None:
    assert set(selectors.services_of(card)) == set(ticket)
