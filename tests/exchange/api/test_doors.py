"""Door counters push how many came in."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from analytics.models import VisitorCount
from exchange.models import DoorCount
from stores.models import Store
from tests.exchange.conftest import MakeTill, Till


@pytest.fixture
def door(make_till: MakeTill, store: Store) -> Till:
    return make_till("door", may_send=False, may_quote=False, may_look_up=False, may_count=True)


NOON = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0) - timedelta(days=1)  # noon in Vladivostok


def count(door: Till, hour: int = 0, came: int = 12, **said: Any) -> Any:
    begins = NOON + timedelta(hours=hour)
    told = {
        "store": "luxury",
        "device": "d1",
        "from": begins.isoformat(),
        "until": (begins + timedelta(hours=1)).isoformat(),
        "in": came,
    }
    return door.browser.post("/api/visitors/", json.dumps(told | said), content_type="application/json")


def test_periods_of_all_doors_add_up_to_the_stores_day(door: Till, store: Store) -> None:
    answers = [count(door), count(door, 1, 5), count(door, device="d2", came=3)]

    day = NOON.astimezone(store.zone).date()
    assert [(answer.status_code, answer.json()["visitors"]) for answer in answers] == [(200, 12), (200, 17), (200, 20)]
    assert list(VisitorCount.objects.values_list("store", "day", "visitors")) == [(store.pk, day, 20)]


def test_the_same_period_once_more_counts_once_and_a_correction_holds(door: Till) -> None:
    told = [count(door, came=came).json()["visitors"] for came in (12, 12, 9)]

    assert (told, DoorCount.objects.count()) == ([12, 12, 9], 1)


@pytest.mark.parametrize(
    ("said", "status", "error"),
    [
        ({"store": "nowhere"}, 422, "unknown_store"), ({"in": -1}, 422, "invalid"), ({"from": "yesterday"}, 422, "invalid"),
        ({"until": NOON.isoformat()}, 422, "period"), ({"until": (NOON + timedelta(hours=20)).isoformat()}, 422, "period"),
        ({"from": (NOON + timedelta(days=9)).isoformat(), "until": (NOON + timedelta(days=9, hours=1)).isoformat()}, 422, "period"),
        ({"until": (NOON + timedelta(minutes=30)).isoformat()}, 409, "overlaps"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_not_counted(door: Till, said: dict[str, Any], status: int, error: str) -> None:
    count(door)

    answer = count(door, **said)

    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert VisitorCount.objects.get().visitors == 12


def test_a_key_that_may_not_count_is_refused_and_one_that_counts_does_nothing_else(
    door: Till, make_till: MakeTill, store: Store
) -> None:
    till = make_till("till")

    assert (count(till).status_code, door.send({}).status_code) == (403, 403)
    assert not VisitorCount.objects.exists()


def test_a_source_of_one_store_counts_no_other(make_till: MakeTill, store: Store, other_store: Store) -> None:
    mine = make_till("door", may_count=True, store=other_store)

    assert count(mine).status_code == 422
