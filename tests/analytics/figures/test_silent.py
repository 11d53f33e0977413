"""Who is silent, who came back, whom to expect."""

from datetime import timedelta

import numpy as np
import pytest

from analytics.figures import lifetime, silent
from analytics.figures.lifetime import Model, Spending
from analytics.figures.periods import Period
from clients.models import CardState, Client
from stores.models import Store
from tests.analytics import twin
from tests.analytics.conftest import TODAY, Histories
from tests.conftest import Sell
from tests.factories import ClientFactory
from tests.present import present
from visits import rhythm
from visits.models import Rhythm, TypicalInterval

AS_OF = Period(TODAY, TODAY)


@pytest.mark.parametrize("seed", [4, 5])
def test_weeks_equal_the_twin(histories: Histories, seed: int) -> None:
    histories(50, seed)
    typical = dict(TypicalInterval.objects.values_list("kind", "days"))
    kinds = dict(Client.objects.values_list("pk", "activity__first_kind"))

    weeks = silent.weeks(None, AS_OF)

    since = TODAY - timedelta(days=TODAY.weekday()) - timedelta(weeks=25)
    fell, back = twin.silences(lambda client: typical.get(kinds[client] or "-", typical[""]), TODAY, since)
    assert [row["fell"] for row in weeks] == [fell[since + timedelta(weeks=n)] for n in range(26)]
    assert [row["back"] for row in weeks] == [back[since + timedelta(weeks=n)] for n in range(26)]
    assert sum(fell.values()) > 0


def test_now_counts_each_side_once(histories: Histories) -> None:
    histories(40)

    now = silent.now(None, AS_OF)

    silent_now = Rhythm.objects.filter(silent_from__lte=TODAY)
    assert now["regulars"]["silent"] == silent_now.filter(client__activity__visit_days__gte=2).count()
    assert now["once"]["silent"] == silent_now.filter(client__activity__visit_days=1).count()
    assert now["regulars"]["clients"] + now["once"]["clients"] == Rhythm.objects.count()
    assert now["regulars"]["stake"] is None


def test_a_store_means_clients_whose_home_it_is(histories: Histories, store: Store, other_store: Store) -> None:
    histories(40)

    sides = [silent.now(place, AS_OF) for place in (None, store, other_store)]

    whole, *parts = [side["regulars"]["silent"] + side["once"]["silent"] for side in sides]
    assert whole == sum(parts) > 0


def test_the_list_begins_with_what_is_most_at_stake(histories: Histories, store: Store) -> None:
    histories(60)
    rhythm.keep_model(r=0.8, alpha=90.0, a=0.7, b=1.9, spending=(2.0, 3.0, 40_000.0), clients=60, fitted_on=TODAY)
    rhythm.recompute(TODAY)

    listed = list(silent.listed("regulars", TODAY, None))

    stakes = [present(client.rhythm.stake) for client in listed]
    assert stakes == sorted(stakes, reverse=True)
    assert all(client.activity.visit_days >= 2 and present(client.rhythm.silent_from) <= TODAY for client in listed)


@pytest.mark.parametrize("model", [Model(0.8, 90.0, 0.7, 1.9), Model(4.6, 583.0, 1.43, 0.96)])
def test_at_stake_is_what_the_year_would_bring_times_the_chance_to_lose_it(histories: Histories, model: Model) -> None:
    histories(60)
    spending = Spending(2.0, 3.0, 40_000.0)
    rhythm.keep_model(r=model.r, alpha=model.alpha, a=model.a, b=model.b, spending=spending, clients=60, fitted_on=TODAY)
    rhythm.recompute(TODAY)

    for told in Rhythm.objects.select_related("client__activity"):
        own = told.client.activity
        x, seen, age = own.visit_days - 1, (own.last_day - own.first_day).days, (TODAY - own.first_day).days
        lived = lifetime.Histories(*(np.array([float(value)]) for value in (x, seen, age, 1)))
        alive = float(model.alive(lived)[0])
        visits = float(model.expected(lived, 365)[0]) / alive
        each = float(spending.expected(np.array([own.visit_days]), np.array([float(own.spent) / own.visit_days]))[0])
        assert float(present(told.stake)) == pytest.approx(visits * each * (1 - alive), rel=0.02)


def test_cards_that_stand_for_nobody_are_on_no_list(sell: Sell) -> None:
    client = ClientFactory.create()
    for day in (500, 490, 480):
        sell(client, TODAY - timedelta(days=day), 100)
    rhythm.recompute(TODAY)
    assert [one.pk for one in silent.listed("regulars", TODAY, None)] == [client.pk]

    Client.objects.filter(pk=client.pk).update(state=CardState.ERASED)

    assert not silent.listed("all", TODAY, None)


def test_expected_regulars_stand_in_their_week(sell: Sell) -> None:
    client = ClientFactory.create()
    for day in (38, 28, 18):
        sell(client, TODAY - timedelta(days=day), 3_000)
    rhythm.recompute(TODAY)
    assert client.rhythm.expected_on == TODAY - timedelta(days=8)

    sell(client, TODAY - timedelta(days=2), 3_000)

    weeks = silent.expected(None, AS_OF)
    assert [(week["clients"], week["usual"]) for week in weeks[:3]] == [(0, 0), (1, 3_000), (0, 0)]


@pytest.mark.parametrize("show", ["all", "expected"])
def test_a_list_of_some_stores_holds_those_whose_home_they_are(
    histories: Histories, store: Store, other_store: Store, show: str
) -> None:
    histories(40)
    whole, here, there, nowhere = (set(silent.listed(show, TODAY, stores)) for stores in (None, [store], [other_store], []))

    assert (here | there, here & there, nowhere) == (whole, set(), set())
    assert {client.home_store for client in here} == {store}
    assert set(silent.listed(show, TODAY, [store], store)) == here


def test_the_rule_is_put_to_the_test_by_the_year_since(sell: Sell, store: Store, other_store: Store) -> None:
    then = TODAY - timedelta(days=365)
    for came_since in (True, True, False):
        quiet, lively = ClientFactory.create(home_store=store), ClientFactory.create(home_store=store)
        for client, last in ((quiet, 400), (lively, 10)):
            for day in (60, 30, 0):
                sell(client, then - timedelta(days=last + day), 1_000)
            if came_since:
                sell(client, then + timedelta(days=100), 1_000)
    rhythm.keep_typical_intervals()

    told = silent.put_to_the_test(store, AS_OF)

    assert [(told[side]["of"], told[side]["n"], told[side]["few"]) for side in ("silent", "others")] == [
        (3, 2, True),
        (3, 2, True),
    ]
    assert silent.put_to_the_test(other_store, AS_OF) == {"silent": None, "others": None}
