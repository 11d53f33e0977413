"""The board and a request's page: narrowed, counted, printed, and seen by one's own stores."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client as Browser
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from stores.models import Employee, Store
from tests.factories import ClientFactory
from tests.workshop.views.shown import shown
from workshop import photos, tickets
from workshop.models import Master, ServiceRequest

DAY = date(2026, 11, 20)


@pytest.mark.parametrize("address", ["/service/?view=list", "/service/"])
def test_a_list_takes_as_many_queries_for_three_rows_as_for_one(
    address: str,
    at_desk: Browser,
    card: Client,
    store: Store,
    seller: Employee,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    def another(client: Client) -> None:
        tickets.take_in(ServiceRequest(store=store, client=client, accepted_on=DAY, kind="cleaning"), by=seller)

    another(card)
    at_desk.get(address)
    with django_assert_max_num_queries(40) as once:
        at_desk.get(address)
    another(card)
    another(ClientFactory.create())

    with django_assert_max_num_queries(len(once)):
        at_desk.get(address)


def test_the_board_is_narrowed_and_counted(at_desk: Browser, ticket: list[ServiceRequest], store: Store) -> None:
    late, other = ticket
    ServiceRequest.objects.filter(pk=late.pk).update(
        accepted_on=store.today() - timedelta(days=9), due_on=store.today() - timedelta(days=1), is_urgent=True
    )
    master = Master.objects.create(name="Пётр")
    ServiceRequest.objects.filter(pk=other.pk).update(master=master, kind="repair")
    address = reverse("workshop:services")

    page = at_desk.get(address)
    assert shown(page) == [late.pk, other.pk]
    assert {name: n for name, _label, n in page.context["dues"]} == {
        "overdue": 1,
        "today": 0,
        "urgent": 1,
        "asked": 0,
        "coming": 0,
    }
    assert shown(at_desk.get(address, {"due": "overdue"})) == [late.pk]
    assert shown(at_desk.get(address, {"master": master.pk})) == [other.pk]
    assert shown(at_desk.get(address, {"kind": "repair", "status": "received"})) == [other.pk]
    assert shown(at_desk.get(address, {"q": "нет"})) == []
    assert shown(at_desk.get(address, {"view": "list", "kind": "repair"})) == [other.pk]


def test_the_board_keeps_its_number_of_queries(
    at_desk: Browser,
    card: Client,
    store: Store,
    seller: Employee,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    ticket: list[ServiceRequest],
) -> None:
    address = reverse("workshop:services")
    at_desk.get(address)
    with django_assert_max_num_queries(20) as few:
        at_desk.get(address)
    for _time in range(3):
        tickets.take_in(ServiceRequest(store=store, client=card, kind="cleaning"), by=seller)

    with django_assert_max_num_queries(len(few)):
        at_desk.get(address)


@pytest.mark.parametrize("size", ["a5", "80", "58", "label"])
def test_a_ticket_is_printed_on_every_paper(at_desk: Browser, ticket: list[ServiceRequest], size: str) -> None:
    address = reverse("workshop:ticket", args=[ticket[0].pk])

    page = at_desk.get(address, {"size": size})
    file = at_desk.get(address, {"size": size, "pdf": "1"})

    assert page.status_code == 200
    assert 'class="bars"' in page.content.decode()
    assert "style=" not in page.content.decode().split("<main")[1].split("</main>")[0]
    assert file.content.startswith(b"%PDF")


def test_the_workbook_holds_what_the_board_shows(at_desk: Browser, ticket: list[ServiceRequest]) -> None:
    book = load_workbook(BytesIO(at_desk.get("/service/?export=1").content)).worksheets[0]

    assert [row[0] for row in book.iter_rows(values_only=True)] == ["Квитанция", str(ticket[0]), str(ticket[1])]


def test_a_photo_is_shown_as_it_is_kept(at_desk: Browser, ticket: list[ServiceRequest], seller: Employee) -> None:
    photos.add(ticket[0], [b"picture"], "before", by=seller)

    shown = at_desk.get(reverse("workshop:photo", args=[ticket[0].photos.get().pk]))

    assert (shown["Content-Type"], shown.getvalue()) == ("image/jpeg", b"picture")


def test_a_paper_that_nobody_has_is_a5(at_desk: Browser, ticket: list[ServiceRequest]) -> None:
    assert at_desk.get(reverse("workshop:ticket", args=[ticket[0].pk]), {"size": "a0"}).context["size"] == "a5"
