"""An evening moved, cancelled, and in a list."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from campaigns.evenings import answering, holding
from campaigns.models import Evening, Touch
from messaging.models import Errand
from stores.models import Employee
from tests.campaigns.evenings.conftest import NOON, STARTS, Invited, Make


def test_cancelled_once_with_its_calls(evening: Make, invited: Invited) -> None:
    made = evening()
    invited(made)

    cancelled = [holding.cancel(made, now=NOON) for _twice in range(2)]

    assert (cancelled, Errand.objects.get().outcome) == ([True, False], "dropped")
    assert Touch.objects.values_list("arm", "state", "reason").get() == ("treated", "over", "decided")
    assert list(Evening.objects.coming(NOON)) == []


def test_purchases_count_from_the_day_to_which_it_is_moved(evening: Make, invited: Invited, manager: Employee) -> None:
    made = evening()
    invited(made)
    later = STARTS + timedelta(days=7)
    Evening.objects.update(starts_at=later, ends_at=later + timedelta(hours=2))

    holding.changed(Evening.objects.get(), by=manager, now=NOON)

    assert Touch.objects.get().counted_from == date(2026, 12, 12)


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_of_evenings_costs_two_queries(
    evening: Make, invited: Invited, manager: Employee, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(many):
        made = evening(seats=2)
        answering.answer(invited(made), "accepted", guests=1, by=manager, now=NOON)
        answering.answer(invited(made), "accepted", by=manager, now=NOON)

    with django_assert_num_queries(2):
        rows = holding.listed(Evening.objects.coming(NOON))

    assert [row[1:] for row in rows] == [(2, 2, 1, 0)] * many
