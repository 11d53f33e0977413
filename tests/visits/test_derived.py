"""The derived tables and the report against a plain-Python twin, on random histories."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics import snapshots
from analytics.figures import returning
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from clients.models import Client
from purchases.models import Piece
from stores.models import Store
from tests.conftest import Sell
from tests.visits import twin
from tests.visits.histories import EVENTS, FIRST, play
from visits import derived
from visits.models import ClientActivity, StaleDay, TypicalInterval, Visit


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS, a=st.integers(0, 70), b=st.integers(0, 70))
def test_figures_equal_the_twin_after_any_history(
    transactional_base: Callable[[], tuple[list[Client], list[Store]]],
    events: list[tuple[str, int, int, int, int]],
    a: int,
    b: int,
) -> None:
    clients, stores = transactional_base()
    history = play(events, clients, stores)
    first, last = FIRST + timedelta(days=min(a, b)), FIRST + timedelta(days=max(a, b))

    assert twin.stored_visits() == history.visits()
    assert twin.stored_activities() == history.activities()
    for store in (None, *stores):
        report = returning.returning_report(first, last, store=store)
        assert (report.regular, report.newcomer, report.converted) == history.groups(first, last, store)
        assert report.records == history.records(last, store)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS, a=st.integers(0, 70), b=st.integers(0, 70))
def test_a_fresh_snapshot_is_never_wrong(
    transactional_base: Callable[[], tuple[list[Client], list[Store]]],
    events: list[tuple[str, int, int, int, int]],
    a: int,
    b: int,
) -> None:
    clients, stores = transactional_base()
    period = Period(FIRST + timedelta(days=min(a, b)), FIRST + timedelta(days=max(a, b)))
    for store in (None, *stores):
        snapshots.keep(FIGURES["returning"], period, store)
    StaleDay.objects.all().delete()

    def shown_is_true() -> None:
        for store in (None, *stores):
            shown = snapshots.report(period, store=store).report
            assert shown == returning.returning_report(*period, store=store)

    play(events, clients, stores, after=shown_is_true)


def test_all_tables_are_made_anew_for_everybody(card: Client, sell: Sell) -> None:
    for day in (1, 11, 31):
        sell(card, date(2026, 1, day), 700)
    before = twin.stored_visits(), twin.stored_activities()
    Visit.objects.update(total=1)
    ClientActivity.objects.all().delete()

    derived.rebuild()

    assert (twin.stored_visits(), twin.stored_activities()) == before
    assert TypicalInterval.objects.get(kind="").days == 15
    assert {stale.day for stale in StaleDay.objects.all()} == {date(2026, 1, day) for day in (1, 11, 31)}


def test_who_has_nothing_left_has_no_rows_and_their_days_are_stale(card: Client, sell: Sell) -> None:
    sell(card, FIRST, 700)
    StaleDay.objects.all().delete()
    Piece.objects.all().delete()

    derived.refresh([card.pk])

    assert (twin.stored_visits(), twin.stored_activities()) == (set(), set())
    assert set(StaleDay.objects.values_list("day", flat=True)) == {FIRST}


def test_a_write_that_touched_no_day_makes_none_stale(card: Client, sell: Sell) -> None:
    sell(card, FIRST, 700)
    StaleDay.objects.all().delete()

    derived.refresh([card.pk], days=[])

    assert not StaleDay.objects.exists()


def test_a_sale_without_a_card_makes_its_day_stale_for_store_and_chain(store: Store) -> None:
    derived.mark_without_card(store.pk, FIRST)

    assert set(StaleDay.objects.values_list("scope", "day")) == {(0, FIRST), (store.pk, FIRST)}
