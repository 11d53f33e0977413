"""What holidays bring to regulars and newcomers, against ordinary days around."""

from datetime import date, timedelta

import pytest

from analytics.figures import holidays
from analytics.figures.periods import Period
from clients.models import Client
from stores.models import Store
from tests.conftest import Sell
from tests.factories import ClientFactory

YEAR = Period(date(2025, 6, 1), date(2026, 5, 31))
WOMEN = date(2026, 3, 2)


@pytest.fixture
def regular(sell: Sell, store: Store) -> Client:
    client = ClientFactory.create(home_store=store)
    sell(client, date(2025, 6, 2), 1)
    return client


def of(key: str, store: Store | None = None) -> dict[str, object]:
    return next(row for row in holidays.holidays(store, YEAR) if row["holiday"] == key)


def test_the_newest_stand_first_and_those_cut_by_the_period_do_not(db: None) -> None:
    told = [(row["holiday"], row["year"]) for row in holidays.holidays(None, YEAR)]

    assert told == [("women", 2026), ("defenders", 2026), ("valentine", 2026), ("new-year", 2025)]
    assert holidays.holidays(None, Period(WOMEN + timedelta(days=1), YEAR.last)) == []


def test_a_day_of_the_holiday_against_ordinary_days(regular: Client, sell: Sell, store: Store, other_store: Store) -> None:
    ordinary = [
        day for n in range(-28, 35) if (day := WOMEN + timedelta(days=n)) and not date(2026, 2, 8) <= day <= date(2026, 2, 14)
    ]
    ordinary = [
        day for day in ordinary if not (date(2026, 2, 17) <= day <= date(2026, 2, 23) or WOMEN <= day <= date(2026, 3, 8))
    ]
    for day in ordinary:
        sell(regular, day, 100)
    for n in range(7):
        sell(regular, WOMEN + timedelta(days=n), 300)
        sell(ClientFactory.create(home_store=store), WOMEN + timedelta(days=n), 50)
    sell(ClientFactory.create(home_store=store), ordinary[0], 14 * len(ordinary))

    women = of("women")

    assert women["regular"] == {"buyers": 7, "a_day": 300, "usual_day": 100, "more": 200}
    assert women["newcomer"] == {"buyers": 7, "a_day": 50, "usual_day": 14, "more": 257.1}
    assert (women["days"], women["around"]) == (7, len(ordinary))
    assert of("women", other_store)["regular"] == {"buyers": 0, "a_day": 0, "usual_day": 0, "more": None}
