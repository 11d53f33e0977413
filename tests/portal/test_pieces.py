"""A piece in service as its owner follows it: the line, the picture, the store and its hours, what remains to pay."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clients.models import Client
from portal import pieces
from stores.models import Store
from workshop.models import ServicePhoto, ServiceRequest, ServiceStep


@pytest.fixture
def resizing(card: Client, store: Store) -> ServiceRequest:
    return ServiceRequest.objects.create(
        store=store, client=card, number="L-1", accepted_on=date(2026, 11, 20), kind="resizing", price=Decimal(1500),
        prepayment=Decimal(500),
    )  # fmt: skip


def test_what_remains_is_without_the_prepayment(card: Client, resizing: ServiceRequest) -> None:
    assert pieces.services_of(card)[0].to_pay == 1000


def test_a_ticket_is_shown_first(card: Client, resizing: ServiceRequest, store: Store) -> None:
    ServiceRequest.objects.create(store=store, client=card, number="L-2", accepted_on=date(2026, 11, 21), kind="cleaning")

    shown = [(one.request.number, one.is_asked_for) for one in pieces.services_of(card, "L-1")]

    assert shown == [("L-1", True), ("L-2", False)]


def test_the_page_says_where_the_piece_lies_and_when_that_store_is_closed(card: Client, store: Store, other_store: Store) -> None:
    Store.objects.filter(pk=other_store.pk).update(closed_weekdays="7")
    other_store.days_off.create(day=timezone.localdate() + timedelta(days=3))
    other_store.days_off.create(day=timezone.localdate() + timedelta(days=40))
    ServiceRequest.objects.create(
        store=store, lies_in=other_store, client=card, number="L-9", accepted_on=date(2026, 11, 20), kind="cleaning"
    )

    place = pieces.services_of(card)[0].place

    soon = place.days_off_soon  # type: ignore[attr-defined]  # what ``services_of`` prefetches
    assert (place.name, place.weekly_days_off, len(soon)) == (other_store.name, ["Воскресенье"], 1)


def test_a_cancelled_request_has_no_steps_to_show(card: Client, resizing: ServiceRequest) -> None:
    ServiceRequest.objects.update(status="cancelled")

    (shown,) = pieces.services_of(card)

    assert (shown.steps, shown.to_pay) == ([], None)


def test_the_line_says_when_by_the_clock_of_the_store(card: Client, resizing: ServiceRequest) -> None:
    for status, at in (
        ("received", datetime(2026, 11, 20, 3, 5, tzinfo=UTC)),
        ("in_work", datetime(2026, 11, 20, 20, 0, tzinfo=UTC)),
    ):
        ServiceStep.objects.create(request=resizing, status=status, at=at)
    ServiceRequest.objects.update(status="in_work")

    (shown,) = pieces.services_of(card)

    assert [(point.is_done, point.is_now, point.at and f"{point.at:%d %H:%M}") for point in shown.steps] == [
        (True, False, "20 13:05"), (True, True, "21 06:00"), (False, False, None), (False, False, None),
    ]  # fmt: skip


def test_a_request_that_a_list_brought_has_its_days_alone(card: Client, resizing: ServiceRequest) -> None:
    ServiceStep.objects.create(request=resizing, status="ready", at=datetime(2026, 12, 9, tzinfo=UTC))
    ServiceRequest.objects.update(status="ready", ready_on=date(2026, 11, 27))

    (shown,) = pieces.services_of(card)

    assert [(point.at, point.on) for point in shown.steps] == [
        (None, date(2026, 11, 20)), (None, None), (None, date(2026, 11, 27)), (None, None),
    ]  # fmt: skip


def test_a_step_taken_back_is_no_longer_on_the_line(card: Client, resizing: ServiceRequest) -> None:
    for status in ("ready", "received"):
        ServiceStep.objects.create(request=resizing, status=status, at=timezone.now())

    (shown,) = pieces.services_of(card)

    assert [point.is_done for point in shown.steps] == [True, False, False, False]


def test_the_newest_picture_is_shown(card: Client, resizing: ServiceRequest) -> None:
    assert pieces.services_of(card)[0].photo is None
    for moment in ("before", "after"):
        newest = ServicePhoto.objects.create(request=resizing, moment=moment, image="service/x.jpg")

    assert pieces.services_of(card)[0].photo == newest


def test_six_queries_for_one_and_for_four(card: Client, store: Store, resizing: ServiceRequest) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            pieces.services_of(card)
        return len(queries)

    one = asked()
    for n in range(3):
        ServiceRequest.objects.create(
            store=store, client=card, number=f"L-{n + 2}", accepted_on=date(2026, 11, 20), kind="repair"
        )

    assert (one, asked()) == (5, 5)


@pytest.mark.parametrize(
    ("hour", "off", "weekdays", "said"),
    [
        (12, False, "", (True, time(10), time(20))), (9, False, "", (False, time(10), time(20))),
        (20, False, "", (False, None, None)), (12, True, "", (False, None, None)), (12, False, "3", (False, None, None)),
    ],
)  # fmt: skip
def test_whether_a_store_can_be_called_now(
    hour: int, off: bool, weekdays: str, said: tuple[bool, time | None, time | None], store: Store
) -> None:
    store.opens_at, store.closes_at, store.closed_weekdays = time(10), time(20), weekdays
    wednesday = datetime(2026, 11, 25, hour, tzinfo=store.zone)

    assert pieces.open_today(store, [wednesday.date()] if off else [], wednesday) == said
