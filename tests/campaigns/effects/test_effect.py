from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from campaigns.effects import effect
from campaigns.effects.effect import Effect
from campaigns.models import Program
from clients.models import Client
from messaging.models import Message, Reason
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.present import present
from workshop.models import ServiceRequest
from workshop.tickets import take_in

TODAY = date(2026, 11, 21)
OCTOBER = date(2026, 10, 10)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def of(program: Program, stores: list[Store] | None = None, today: date = TODAY) -> Effect:
    return effect.effect_of(program, *YEAR, today=today, stores=stores)


@pytest.mark.parametrize(("days", "came"), [(-1, 0), (0, 1), (29, 1), (30, 0)])
def test_who_came_within_thirty_days_counts(
    program: Program, planned: Callable[..., Client], sell: Sell, days: int, came: int
) -> None:
    sell(planned(), OCTOBER + timedelta(days=days), 10_000)

    written = of(program).total.written

    assert (written.planned, written.full, written.came, written.revenue) == (1, 1, came, 10_000 * came)


def test_two_visits_are_one_client_and_both_sums(program: Program, planned: Callable[..., Client], sell: Sell) -> None:
    client = planned()
    sell(client, OCTOBER, 1_000), sell(client, OCTOBER + timedelta(days=5), 2_000, 3_000)

    written = of(program).total.written

    assert (written.came, written.bought, written.revenue) == (1, 1, 6_000)


def test_a_window_that_is_not_over_says_nothing_yet(program: Program, planned: Callable[..., Client], sell: Sell) -> None:
    sell(planned(date(2026, 11, 1)), date(2026, 11, 5), 9_000)

    assert of(program).total.written == (1, 1, 1, 0, 0, 0, 0)
    assert of(program, today=date(2026, 12, 1)).total.written.came == 1


def test_an_offer_counts_from_the_day_it_went(program: Program, planned: Callable[..., Client], sell: Sell) -> None:
    client = planned(date(2026, 10, 17), counted_from=OCTOBER)
    sell(client, date(2026, 10, 12), 500)

    assert of(program).total.written.came == 1


def test_everybody_written_to_counts_whatever_became_of_it(program: Program, planned: Callable[..., Client]) -> None:
    for state in ("delivered", "sent", "failed", "unknown", "expired", "suppressed"):
        planned(state=state)
    planned(held=True)

    total = of(program).total

    assert (total.written[:3], total.held.planned) == ((6, 2, 1), 1)


def test_whom_the_program_cannot_reach_is_in_neither_group(program: Program, planned: Callable[..., Client]) -> None:
    planned(state="suppressed")
    Message.objects.update(reason=Reason.ROAD)

    assert of(program).total.written.planned == 0
    assert not effect.clients_behind(program, *YEAR, "planned", today=TODAY, stores=None).exists()


def test_months_and_stores_add_up(
    program: Program, planned: Callable[..., Client], sell: Sell, store: Store, other_store: Store
) -> None:
    for day, home in ((OCTOBER, store), (OCTOBER, other_store), (date(2026, 9, 1), other_store), (date(2026, 9, 2), None)):
        sell(planned(day, home=home), day, 1_000)

    found = of(program)

    assert [(row.key, row.compared.written.came, row.first, row.last) for row in found.months] == [
        ("2026-09", 2, date(2026, 9, 1), date(2026, 9, 30)), ("2026-10", 2, date(2026, 10, 1), date(2026, 10, 31)),
    ]  # fmt: skip
    assert {row.label: row.compared.written.came for row in found.stores} == {store: 1, other_store: 2, None: 1}
    assert of(program, stores=[other_store]).total.written.came == 2


def test_each_number_opens_its_clients(
    program: Program, planned: Callable[..., Client], sell: Sell, store: Store, other_store: Store
) -> None:
    came, stayed, held, held_came = planned(), planned(state="failed"), planned(held=True), planned(held=True, home=other_store)
    for client in (came, held_came):
        sell(client, OCTOBER, 1_000)

    def behind(show: str, stores: list[Store] | None = None, **more: Any) -> set[Client]:
        return set(effect.clients_behind(program, *YEAR, show, today=TODAY, stores=stores, **more))

    assert (behind("planned"), behind("sent"), behind("came")) == ({came, stayed}, {came}, {came})
    assert (behind("bought"), behind("held-bought")) == ({came}, {held_came})
    assert (behind("held"), behind("held-came"), behind("held", store=str(store.pk))) == ({held, held_came}, {held_came}, {held})
    assert behind("held", [other_store]) == {held_came}


def test_clients_without_a_home_are_opened_by_nought(program: Program, planned: Callable[..., Client]) -> None:
    homeless = planned(home=None)
    planned()

    assert list(effect.clients_behind(program, *YEAR, "planned", today=TODAY, stores=None, store="0")) == [homeless]


def test_averages_are_of_all_whose_window_is_over(program: Program, planned: Callable[..., Client], sell: Sell) -> None:
    sell(planned(), OCTOBER, 10_000)
    planned(), planned(date(2026, 11, 20))

    total = of(program).total

    assert (total.written.average, present(total.written.share).value) == (5_000, 0.5)
    assert (total.held.average, total.held.share) == (None, None)


def test_who_came_without_buying_is_not_behind_the_sum(
    program: Program, planned: Callable[..., Client], sell: Sell, store: Store, seller: Employee
) -> None:
    buyer, guest = planned(), planned()
    sell(buyer, OCTOBER, 2_000)
    take_in(ServiceRequest(store=store, client=guest, accepted_on=OCTOBER, kind="cleaning"), by=seller)

    came, bought = (set(effect.clients_behind(program, *YEAR, show, today=TODAY, stores=None)) for show in ("came", "bought"))

    assert (came, bought) == ({buyer, guest}, {buyer})


def test_what_was_handed_over_was_sent_also_where_it_did_not_arrive(program: Program, planned: Callable[..., Client]) -> None:
    arrived, lost, _never = planned(), planned(state="failed"), planned(state="failed")
    Message.objects.filter(client=lost).update(sent_at=f"{OCTOBER}T01:00Z")

    assert of(program).total.written[:3] == (3, 2, 1)
    assert set(effect.clients_behind(program, *YEAR, "sent", today=TODAY, stores=None)) == {arrived, lost}


def test_one_query_whatever_the_number_of_messages(
    program: Program, planned: Callable[..., Client], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _client in range(3):
        planned()

    with django_assert_num_queries(2):
        of(program)
