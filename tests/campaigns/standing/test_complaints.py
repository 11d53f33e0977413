"""Who was not content: heard or not, and when an offer may come."""

from datetime import date, timedelta

import pytest

from campaigns.models import Program, Touch
from campaigns.standing import complaints
from clients.models import Client
from messaging import errands
from messaging.models import Errand
from portal import reviews
from portal.models import Review
from purchases.models import Purchase
from stores.models import Employee
from tests.campaigns.standing.conftest import DAY, NOON, Reachable, TurnOn, planned
from tests.campaigns.standing.test_choosing import refused
from tests.conftest import Sell


@pytest.fixture
def regular(reachable: Reachable, sell: Sell) -> Client:
    client = reachable()
    for days in (300, 200, 92):
        sell(client, DAY - timedelta(days=days), 1_000)
    return client


def answered(client: Client, score: int) -> Review:
    purchase = Purchase.objects.filter(client=client).latest("sold_on")
    review = Review.objects.create(client=client, store=purchase.store, purchase=purchase, asked_on=purchase.sold_on)
    return reviews.answer(review.token, score, "", now=NOON - timedelta(days=80))


def test_a_low_answer_is_heard_by_its_own_errand(regular: Client, seller: Employee) -> None:
    told = [complaints.of_clients([regular.pk], NOON)]
    errand = answered(regular, 3).errand
    assert errand
    told.append(complaints.of_clients([regular.pk], NOON))

    errands.close(errand, "done", by=seller, now=NOON - timedelta(days=13))
    told.append(complaints.of_clients([regular.pk], NOON))

    in_peace = complaints.of_clients([regular.pk], NOON + timedelta(days=1))
    assert [*told, in_peace] == [(set(), set()), (set(), {regular.pk}), (set(), {regular.pk}), (set(), set())]


def test_a_good_answer_is_no_complaint(regular: Client) -> None:
    answered(regular, 10)

    assert complaints.of_clients([regular.pk], NOON) == (set(), set())


def test_who_was_refused_is_asked_first_and_offered_something_two_weeks_after_it_went_well(
    regular: Client, seller: Employee, turn_on: TurnOn
) -> None:
    program: Program = turn_on("return")
    refused(regular, date(2026, 8, 1))

    assert [planned(program), planned(program)] == [1, 0]

    errand = Errand.objects.get()
    assert (errand.is_service, Touch.objects.values_list("arm", "reason").get()) == (True, ("out", "complaint"))
    errands.close(errand, "done", by=seller, now=NOON)
    assert [planned(program, NOON + timedelta(days=days)) for days in (13, 14, 15)] == [0, 1, 0]
    assert list(Touch.objects.order_by("pk").values_list("round", "arm")) == [
        ("after-2026-08-20", "out"), ("after-2026-08-20+", "treated"),
    ]  # fmt: skip
    assert list(Errand.objects.order_by("pk").values_list("is_service", flat=True)) == [True, False]
