"""What a seller does now: in order, of their store alone, in few queries."""

from datetime import timedelta

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from crm_site.pages.deeds import Deed, deeds
from messaging import errands
from purchases.models import Order
from purchases.orders import acts
from stores.models import Employee, Store
from stores.texts import writing
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory
from visits.models import Rhythm
from workshop.models import ServiceRequest, ServiceStatus

DAY = timedelta(days=1)


def take_in(client: Client, store: Store, *, due: int, status: ServiceStatus = ServiceStatus.RECEIVED) -> ServiceRequest:
    today = store.today()
    return ServiceRequest.objects.create(
        store=store, client=client, kind="cleaning", description="кольцо", number=f"T{client.pk}{due}", status=status,
        accepted_on=today - 9 * DAY, due_on=today + due * DAY,
    )  # fmt: skip


def call(client: Client, store: Store, *, due: int) -> None:
    day = store.today() + due * DAY
    errands.ask_for(client, store=store, occasion_key=f"call:{client.pk}:{due}", reason="Позвать", due_on=day, is_service=True)


def told(store: Store) -> list[Deed]:
    with translation.override("ru"):
        return deeds(store, store.today())


def test_late_pieces_come_first_then_calls_then_what_waits(store: Store, card: Client) -> None:
    call(card, store, due=0)
    take_in(card, store, due=3, status=ServiceStatus.READY)
    take_in(card, store, due=-2)
    take_in(card, store, due=0)
    take_in(card, store, due=1)

    assert [(deed.icon, deed.is_late) for deed in told(store)] == [
        ("tool", True),
        ("tool", False),
        ("phone-call", False),
        ("package", False),
    ]
    assert told(store)[1].why == "кольцо: обещали сегодня"
    assert told(store)[3].about == "1\xa0изделие готово к выдаче"


def test_what_is_of_another_store_or_another_day_is_not_there(store: Store, other_store: Store, card: Client) -> None:
    call(card, other_store, due=0)
    call(card, store, due=1)
    take_in(card, other_store, due=-2)
    take_in(card, store, due=-2, status=ServiceStatus.HANDED_OUT)

    assert told(store) == []


def test_a_regular_whose_usual_interval_ends_this_week_is_expected(store: Store, card: Client, sell: Sell) -> None:
    today = store.today()
    for days in (200, 100):
        sell(card, today - days * DAY, 1_000)
    Rhythm.objects.filter(client=card).update(expected_on=today + 2 * DAY)

    [deed] = told(store)

    assert (deed.icon, deed.about, deed.url) == ("calendar-event", str(card), f"/clients/{card.pk}/")


@pytest.mark.parametrize("many", [1, 4])
def test_however_much_waits_it_is_seven_queries(
    store: Store, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for client in ClientFactory.create_batch(many, home_store=store):
        call(client, store, due=0)
        take_in(client, store, due=-1)

    with django_assert_num_queries(7):
        assert len(deeds(store, store.today())) == 2 * many


def test_the_page_leads_to_each_deed(signed_in: SignIn, seller: Employee, store: Store, card: Client) -> None:
    call(card, store, due=-1)

    page = signed_in(seller).get("/")

    [deed] = page.context["deeds"]
    assert deed.url in page.content.decode()
    assert "data-errand open" in signed_in(seller).get(deed.url).content.decode()


def test_a_piece_that_lies_in_another_store_is_that_stores_deed(store: Store, other_store: Store, card: Client) -> None:
    ServiceRequest.objects.filter(pk=take_in(card, store, due=-2).pk).update(lies_in=other_store)

    assert (told(store), [deed.icon for deed in told(other_store)]) == ([], ["tool"])


def test_orders_that_are_due_and_that_have_come_are_deeds(
    store: Store, other_store: Store, card: Client, seller: Employee
) -> None:
    def take(due: int | None, status: str = "ordered", at: Store = store) -> Order:
        made = acts.take(Order(store=at, client=card, article="R1", kind="ring", price=1), by=seller)
        due_on = None if due is None else at.today() + due * DAY
        Order.objects.filter(pk=made.pk).update(status=status, taken_on=at.today() - 9 * DAY, due_on=due_on)
        return made

    late, _later, _open, _come, _elsewhere = take(-1), take(2), take(None), take(-3, "arrived"), take(-1, at=other_store)

    assert [(deed.why, deed.is_late) for deed in told(store)] == [
        (f"заказ № {late}, R1: обещали к {writing.day(store.today() - DAY)}", True), ("ждут своих клиентов", False),
    ]  # fmt: skip
