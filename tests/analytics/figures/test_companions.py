"""What offering companions brings: the arms beside each other."""

from datetime import date, timedelta
from itertools import count, islice

import pytest

from analytics.figures.companions import what_they_bring
from analytics.figures.periods import Period
from catalogue.reading import article_key
from clients.models import Client
from purchases.companions import arms, finding
from purchases.models import Companion
from stores.models import Employee, Store
from tests.factories import ClientFactory
from tests.purchases.companions.conftest import buy

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
DAY = date(2026, 3, 10)


@pytest.fixture
def pair(admin: Employee) -> Companion:
    """To a ring, these earrings: since the fifth of March."""
    return Companion.objects.create(
        origin="hand",
        base_kind="ring",
        with_article=article_key("E-200"),
        with_written="E-200",
        first_on=date(2026, 3, 5),
        made_by=admin,
    )


def of_arm(sees: bool, many: int) -> list[Client]:
    """The first so many clients of an arm."""
    made = (ClientFactory.create() for _n in count())
    return list(islice((client for client in made if arms.sees(client.pk) is sees), many))


def test_each_arm_has_its_share_and_average(pair: Companion, store: Store, other_store: Store) -> None:
    shown, held = of_arm(True, 6), of_arm(False, 2)
    for client in shown[:3]:
        buy(client, store, "R-1", "E-200", on=DAY)
        buy(client, store, "R-1", on=DAY + timedelta(days=1))  # only the first receipt counts
    for client in (shown[3], *held):
        buy(client, store, "R-1", on=DAY)
    buy(shown[4], store, "C-1", on=DAY)  # nothing is offered to it
    buy(shown[4], store, "R-1", "E-200", on=date(2026, 3, 4))  # nor was on that day
    buy(shown[5], other_store, "R-1", "E-200", on=DAY)

    finding.read_writings(MARCH.first)
    told, everywhere = what_they_bring(store, MARCH), what_they_bring(None, MARCH)

    assert [(arm["clients"], arm["added"]["n"], arm["average"]["value"]) for arm in told["arms"].values()] == [
        (4, 3, 1750),
        (2, 0, 1000),
    ]
    assert everywhere["arms"]["shown"]["added"]["n"] == 4
    assert (told["gap"]["says"], told["money"]["says"], told["clients"], told["needed"] > 500) == ("too_few", "too_few", 6, True)


def test_a_pair_that_ended_counts_up_to_its_last_day(pair: Companion, store: Store) -> None:
    Companion.objects.update(ended_on=DAY)
    first, last = of_arm(True, 2)
    buy(first, store, "R-1", "E-200", on=DAY)
    buy(last, store, "R-1", "E-200", on=DAY - timedelta(days=1))

    assert what_they_bring(None, MARCH)["clients"] == 1


def test_what_is_brought_back_was_not_added(pair: Companion, store: Store) -> None:
    (client,) = of_arm(True, 1)
    buy(client, store, "R-1", "E-200", on=DAY).pieces.filter(article="E-200").update(returned_on=DAY)

    assert what_they_bring(None, MARCH)["arms"]["shown"]["added"]["n"] == 0


def test_a_difference_is_told_with_its_interval(pair: Companion, store: Store) -> None:
    shown, held = of_arm(True, 200), of_arm(False, 50)
    for place, client in enumerate(shown):
        buy(client, store, *(["R-1", "E-200"] if place < 150 else ["R-1"]), on=DAY)
    for place, client in enumerate(held):
        buy(client, store, *(["R-1", "E-200"] if place < 20 else ["R-1"]), on=DAY)
    finding.read_writings(MARCH.first)

    told = what_they_bring(None, MARCH)

    assert (told["gap"]["says"], round(told["gap"]["difference"]), told["arms_fit"]) == ("more", 35, True)
    assert 0 < told["gap"]["low"] < 35 < told["gap"]["high"]
    assert (told["money"]["difference"], told["money"]["says"]) == (350, "more")


def test_of_nobody_nothing(db: None) -> None:
    told = what_they_bring(None, MARCH)

    assert (told["clients"], told["gap"]["says"], told["needed"]) == (0, "too_few", None)
