"""Appointments made, moved, settled; an hour is never given twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, connections

from clients.models import Client
from inquiries.appointments import hours, services
from inquiries.appointments.services import MeanwhileError, NoHourError, SellerBusyError, TakenError
from inquiries.models import Appointment, Coming, Reception
from messaging.models import Message, MessageState
from stores.models import Employee, Store
from tests.factories import ClientFactory
from tests.inquiries.appointments.conftest import DAY, Book

At = Callable[..., datetime]


def test_an_hour_is_given_as_often_as_the_store_takes_people_at_once(book: Book, store: Store, now: datetime) -> None:
    services.reception_of(store)
    Reception.objects.update(at_once=2)
    book(14), book(14, client=ClientFactory.create())

    with pytest.raises(TakenError):
        book(14, client=ClientFactory.create())

    assert sorted(Appointment.objects.values_list("place", flat=True)) == [1, 2]
    (day,) = hours.free(store, DAY, now=now, days=1)
    assert ("14:00" in [hour.shown for hour in day.hours], len(day.hours)) == (False, 19)


@pytest.mark.parametrize(("hour", "minute"), [(9, 30), (20, 0), (14, 10)])
def test_there_is_no_hour_where_the_store_is_closed(book: Book, hour: int, minute: int) -> None:
    with pytest.raises(NoHourError):
        book(hour, minute)


def test_days_off_and_hours_that_are_over_are_not_free(book: Book, store: Store, at: At, now: datetime) -> None:
    store.days_off.create(day=DAY)

    with pytest.raises(NoHourError):
        book(14)
    days = hours.free(store, DAY - timedelta(days=1), now=now + timedelta(hours=7), days=3)
    assert [(day.day, day.hours[0].shown) for day in days] == [
        (DAY - timedelta(days=1), "16:30"),
        (DAY + timedelta(days=1), "10:00"),
    ]


def test_a_seller_has_one_person_at_an_hour_in_whatever_store(book: Book, seller: Employee, other_store: Store) -> None:
    book(14, seller=seller)

    with pytest.raises(SellerBusyError):
        book(14, seller=seller, store=other_store)


def test_a_form_sent_twice_makes_one(book: Book) -> None:
    key = uuid4()

    assert book(14, form_key=key) == book(14, form_key=key)


def test_moving_keeps_where_it_was_and_frees_its_hour(book: Book, store: Store, seller: Employee, at: At, now: datetime) -> None:
    made = book(14)

    moved = services.move(made, store=store, at=at(15), seller=seller, version=0, by=seller, now=now)
    book(14, client=ClientFactory.create())

    assert [(step.local.hour, step.by) for step in moved.steps.order_by("pk")] == [(14, seller), (15, seller)]
    with pytest.raises(MeanwhileError):
        services.move(made, store=store, at=at(16), seller=None, version=0, by=seller, now=now)


def test_what_came_of_it_is_taken_back_and_a_cancelled_hour_must_be_free(book: Book, seller: Employee, now: datetime) -> None:
    made = book(14)
    came = services.settle(made, Coming.CAME, version=0, by=seller, now=now)
    again = services.settle(came, Coming.BOOKED, version=1, by=seller, now=now)
    cancelled = services.settle(again, Coming.CANCELLED, version=2, by=seller, now=now)
    book(14, client=ClientFactory.create())

    with pytest.raises(TakenError):
        services.settle(cancelled, Coming.BOOKED, version=3, by=seller, now=now)
    with pytest.raises(MeanwhileError):
        services.settle(cancelled, Coming.CAME, version=2, by=seller, now=now)
    assert list(made.steps.order_by("pk").values_list("state", flat=True)) == ["booked", "came", "booked", "cancelled"]


def pending() -> list[tuple[datetime, str]]:
    return list(Message.objects.filter(state=MessageState.PENDING).values_list("send_after", "text"))


def test_a_reminder_goes_the_day_before_and_with_the_appointment(
    book: Book, card: Client, store: Store, seller: Employee, at: At, now: datetime
) -> None:
    Store.objects.update(phone="+74232000000")
    made = book(14)
    ((first, text),) = pending()

    services.move(made, store=store, at=at(16, 30), seller=None, version=0, by=seller, now=now)
    ((then, moved),) = pending()
    services.settle(made, Coming.CANCELLED, version=1, by=seller, now=now)

    assert (first, then) == (at(14) - timedelta(days=1), at(16, 30) - timedelta(days=1))
    assert "ждём вас 2 июня, 14:00: Роскошь-Luxury" in text.replace("\xa0", " ")
    assert ("16:30" in moved, "/a/" in moved, pending()) == (True, True, [])


def test_one_made_for_today_is_reminded_of_two_hours_before_and_never_at_night(book: Book, store: Store, at: At) -> None:
    book(14, now=at(9))
    book(10, now=at(7), client=ClientFactory.create())
    book(11, now=at(10), client=ClientFactory.create())

    assert sorted(when for when, _text in pending()) == [at(9), at(12)]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_ten_who_choose_the_same_hour_at_once_get_as_many_places_as_there_are(store: Store, at: At, now: datetime) -> None:
    clients = ClientFactory.create_batch(10)
    services.reception_of(store)
    Reception.objects.update(at_once=3)
    start = Barrier(10)

    def choose(client: Client) -> bool:
        try:
            start.wait()
            services.book(store, at(14), client=client, now=now)
        except TakenError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(10) as threads:
        given = list(threads.map(choose, clients))

    assert (sum(given), sorted(Appointment.objects.values_list("place", flat=True))) == (3, [1, 2, 3])
