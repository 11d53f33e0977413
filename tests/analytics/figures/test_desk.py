"""The figures of the service desk against plain Python over random histories."""

import statistics
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from analytics.figures import desk
from analytics.figures.coming_back import share
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from clients.models import Client
from stores.models import Store
from tests.conftest import Sell
from tests.present import present
from workshop.models import ServiceRequest

YEAR = Period(date(2025, 7, 1), date(2026, 6, 30))


def _by_hand(requests: list[ServiceRequest]) -> dict[str, Any]:
    days = [(present(r.ready_on or r.closed_on) - r.accepted_on).days for r in requests]
    due = [(r, r.due_on) for r in requests if r.due_on]
    late = [r for r, due_on in due if present(r.ready_on or r.closed_on) > due_on]
    promised = [(due_on - r.accepted_on).days for r, due_on in due]
    return {
        "handed_out": len(days),
        "median_days": statistics.median(days) if days else None,
        "mean_days": round(statistics.mean(days), 1) if days else None,
        "median_promised": statistics.median(promised) if promised else None,
        "overdue": share(len(late), len(due)),
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_word_of_the_desk_is_what_plain_python_counts(
    desk_history: Callable[[int, int], None], store: Store, seed: int
) -> None:
    desk_history(120, seed)

    whole, mine = desk.kept_word(None, YEAR), desk.kept_word(store, YEAR)

    closed = [
        r for r in ServiceRequest.objects.all() if r.status == "handed_out" and YEAR.first <= present(r.closed_on) <= YEAR.last
    ]
    here = [r for r in closed if r.store_id == store.pk]
    assert (whole["total"], mine["total"]) == (_by_hand(closed), _by_hand(here))
    for part, field in (("by_store", "store_id"), ("by_kind", "kind"), ("by_master", "master_id")):
        for row in whole[part]:
            expected = _by_hand([r for r in closed if getattr(r, field) == row["key"]])
            assert {name: row[name] for name in expected} == expected
        assert sum(row["handed_out"] for row in whole[part]) == len(closed)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whom_the_desk_wins_is_what_plain_python_counts(desk_history: Callable[[int, int], None], seed: int) -> None:
    desk_history(120, seed)

    told = desk.won(None, YEAR)["buyers"]

    new, buyers = 0, 0
    for request in ServiceRequest.objects.exclude(status="cancelled").select_related("client"):
        elapsed = (YEAR.last - request.accepted_on).days
        bought = [purchase.sold_on for purchase in request.client.purchases.all()]
        if not 180 <= elapsed < 180 + 365 or any(day <= request.accepted_on for day in bought):
            continue
        new += 1
        buyers += any((day - request.accepted_on).days <= 180 for day in bought)
    assert new > 0
    assert told == share(buyers, new)


def test_what_came_back_to_the_till_makes_no_buyer(sell: Sell, card: Client, store: Store) -> None:
    ServiceRequest.objects.create(client=card, store=store, accepted_on=date(2025, 10, 1), number="1", kind="repair")
    sell(card, date(2025, 11, 1), 1_000).pieces.update(returned_on=date(2025, 11, 2))

    assert desk.won(None, YEAR)["buyers"]["n"] == 0


def test_the_figure_follows_the_desk_at_once_and_takes_few_queries(
    desk_history: Callable[[int, int], None], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk_history(30, 4)

    with django_assert_num_queries(5):
        FIGURES["desk"].compute(None, YEAR)
