"""Cohorts, curves, chances and concentration against plain loops, and what is said of few."""

from datetime import date, timedelta
from typing import Any

import pytest

from analytics.figures import coming_back
from analytics.figures.periods import Period
from clients.models import Client
from stores.models import Store
from tests.analytics import twin
from tests.analytics.conftest import TODAY, Histories
from tests.conftest import Sell
from tests.factories import ClientFactory

AS_OF = Period(TODAY, TODAY)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("whose", ["chain", "store"])
def test_cohorts_and_next_purchases_equal_the_twin(histories: Histories, store: Store, whose: str, seed: int) -> None:
    histories(40, seed)
    place = store if whose == "store" else None

    cohorts = coming_back.cohorts(place, AS_OF)
    nth = coming_back.next_purchase(place, AS_OF)["nth"]

    expected = twin.cohort_counts(place, TODAY, coming_back.WINDOWS)
    told = {
        row["month"]: [row["clients"], *([one["of"], one["n"]] if one else [0, 0] for one in row["windows"])] for row in cohorts
    }
    assert told == expected
    counts = twin.next_counts(place, TODAY)
    assert [(row["n"], row["of"]) for row in nth] == [counts[n] for n in sorted(counts)]


def test_below_thirty_nothing_is_said(card: Client, sell: Sell) -> None:
    sell(card, TODAY - timedelta(days=500), 100)

    share = coming_back.next_purchase(None, AS_OF)["newcomers"]

    assert (share["n"], share["of"], share["few"]) == (0, 1, True)


def test_an_empty_base_gives_no_error(db: None) -> None:
    told: dict[str, Any] = {name: part(None, AS_OF) for name, part in coming_back.PARTS}

    assert (told["cohorts"], told["curves"], told["next"]["nth"]) == ([], [], [])
    assert (told["concentration"]["buyers"], told["concentration"]["top"]) == (0, None)
    assert told["sensitivity"]["brings"] is None


def test_the_curve_is_kaplan_and_meiers() -> None:
    """100 watched: 10 came in week 0, 30 left unseen in week 1, 15 of the 60 left came in week 2."""
    rows = [(0, 9, 10), (None, 1, 30), (2, 9, 15), (None, 60, 45)]

    curve = coming_back.came_again_by_week(rows, weeks=4)

    assert curve == [10.0, 10.0, 32.5, 32.5]


def test_the_curve_stops_where_too_few_are_watched() -> None:
    assert coming_back.came_again_by_week([(None, 1, 80), (None, 60, 20)], weeks=10) == [0.0, 0.0]


def test_the_best_fifth_of_ten_equal_buyers_brings_a_fifth(sell: Sell) -> None:
    for number in range(10):
        sell(ClientFactory.create(), TODAY - timedelta(days=number), 1_000)

    told = coming_back.concentration(None, AS_OF)

    assert (told["buyers"], told["revenue"], told["top"]) == (10, 10_000, 20.0)


def test_one_point_more_by_hand(sell: Sell) -> None:
    """Two of four newcomers came again within their year and left 3 000 and 5 000: a hundredth of four brings 4 × 1 % × 4 000."""
    first = TODAY - timedelta(days=500)
    clients = [ClientFactory.create() for _ in range(4)]
    for client in clients:
        sell(client, first, 10_000)
    sell(clients[0], first + timedelta(days=10), 3_000)
    sell(clients[1], first + timedelta(days=365), 5_000)
    sell(clients[2], first + timedelta(days=366), 99_000)

    told = coming_back.sensitivity(None, AS_OF)

    assert (told["newcomers"], told["again"]["n"], told["each"], told["brings"]) == (4, 2, 4_000, 160)


def test_a_share_carries_wilsons_interval() -> None:
    assert coming_back.share(10, 100) == {"of": 100, "n": 10, "value": 10.0, "low": 5.52, "high": 17.44, "few": False}
    assert coming_back.share(0, 0) is None


def testmonths_before() -> None:
    assert coming_back.months_before(date(2026, 6, 17), 1) == date(2026, 5, 31)
    assert coming_back.months_before(date(2026, 1, 31), 13) == date(2024, 12, 31)
