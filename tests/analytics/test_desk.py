from datetime import date, timedelta
from statistics import median

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics import desk
from analytics.periods import Period
from purchases import derived
from purchases.models import Master, Review, ServiceRequest, ServiceStatus
from tests import factories

TODAY = date(2026, 11, 24)
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def request(client, store, accepted, *, took, promised=7, number, **more):
    return ServiceRequest.objects.create(
        store=store, client=client, number=number, accepted_on=accepted, kind=more.pop("kind", "resizing"),
        ready_on=accepted + timedelta(days=took), due_on=accepted + timedelta(days=promised),
        status=more.pop("status", ServiceStatus.HANDED_OUT), **more,
    )  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30), st.integers(0, 20)), min_size=1, max_size=40))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_turnaround_is_what_a_loop_over_the_requests_says(card, store, made):
    ServiceRequest.objects.all().delete()
    for n, (day, took, promised) in enumerate(made):
        request(card, store, date(2026, 9, 15) + timedelta(days=day), took=took, promised=promised, number=f"t-{n}")

    told = desk.desk_figures(OCTOBER, stores=[store], today=TODAY).total

    ready = [
        (took, promised) for day, took, promised in made
        if OCTOBER.first <= date(2026, 9, 15) + timedelta(days=day + took) <= OCTOBER.last
    ]  # fmt: skip
    if not ready:
        assert told is None
        return
    assert (told.requests, told.median_days) == (len(ready), median(took for took, _promised in ready))
    assert told.mean_days == pytest.approx(sum(took for took, _promised in ready) / len(ready))
    assert told.late_requests == sum(took > promised for took, promised in ready)
    assert told.late["few"] == (len(ready) < desk.FEW)


def test_requests_are_told_by_kind_store_and_master(card, store, other_store):
    master = Master.objects.create(name="Пётр")
    request(card, store, date(2026, 10, 5), took=3, number="1", master=master)
    request(card, other_store, date(2026, 10, 6), took=9, number="2", kind="cleaning")
    request(card, store, date(2026, 11, 1), took=1, number="3", status=ServiceStatus.IN_WORK, promised=5)

    told = desk.desk_figures(OCTOBER, stores=None, today=TODAY)

    assert sorted((r.requests, r.mean_days, r.late_requests) for r in told.by_store) == [(1, 3.0, 0), (1, 9.0, 1)]
    assert {r.name: r.requests for r in told.by_master} == {"": 1, "Пётр": 1}
    assert len(told.by_kind) == 2
    assert (told.open_now, told.overdue) == (1, 1)


def test_whom_the_desk_won(store, sell):
    day = TODAY - timedelta(days=300)
    people = [factories.ClientFactory.create() for _client in range(5)]
    for n, client in enumerate(people[:4]):
        request(client, store, day, took=3, number=f"w-{n}")
    sell(people[0], day + timedelta(days=180), 1_000)
    sell(people[1], day + timedelta(days=181), 1_000)
    sell(people[2], day, 1_000)
    sell(people[4], day, 1_000)
    derived.refresh([client.pk for client in people])

    told = desk.won(stores=[store], today=TODAY)

    assert (told.visitors, told.buyers, told.share["few"]) == (3, 1, True)


def test_reviews_by_month_with_their_interval(card, store):
    for n in range(40):
        made = request(card, store, date(2026, 10, 1), took=1, number=f"r-{n}")
        Review.objects.create(
            client=card,
            store=store,
            request=made,
            asked_on=date(2026, 10, 9),
            score=3 if n < 10 else 9,
            answered_at=timezone.now(),
        )

    told = desk.review_figures(stores=[store], today=TODAY)

    month = told.months[0]
    assert (month.month, month.answers, month.mean, month.low_answers) == (date(2026, 10, 1), 40, 7.5, 10)
    assert month.mean_interval.low < 7.5 < month.mean_interval.high
    assert month.low["value"] == 25
    assert (told.asked, told.answered) == (40, 40)


@pytest.mark.parametrize("address", ["/desk/", "/desk/?export=1", "/reviews/", "/reviews/?export=1"])
def test_the_pages_open(address, card, store, manager, signed_in):
    request(card, store, store.today() - timedelta(days=40), took=3, number="1")

    assert signed_in(manager).get(address).status_code == 200
