"""The derived tables and the report against a plain-Python twin, on random histories."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics import snapshots
from analytics.figures import returning
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from catalogue.kinds import PieceKind
from clients.models import Client
from purchases import services
from purchases.correcting import acts, contents
from purchases.correcting.acts import NothingToUndoError
from purchases.models import Purchase
from purchases.services import PieceLine, StaleReceiptError, VoidedError
from stores.models import Employee, Role, Store
from tests.conftest import Sell
from tests.factories import ClientFactory, StoreFactory
from tests.present import present
from tests.visits import twin
from tests.visits.twin import History
from visits import rhythm
from visits.models import ClientActivity, LifeModel, Rhythm, StaleDay, TypicalInterval, Visit
from workshop import services as workshop_services
from workshop import tickets
from workshop.models import ServiceRequest

FIRST = date(2026, 1, 1)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["sale", "sale", "sale", "service", "return", "cancel", "void", "restore", "correct", "attach", "undo"]),
        st.integers(0, 3),
        st.integers(0, 1),
        st.integers(0, 70),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=18,
)


def play(
    events: list[tuple[str, int, int, int, int]],
    clients: list[Client],
    stores: list[Store],
    after: Callable[[], object] = lambda: None,
) -> History:
    """Make the history through the services; returns what happened as plain rows."""
    history = twin.History()
    taker = Employee.objects.get_or_create(username="taker", defaults={"role": Role.SELLER})[0]
    for kind, who, where, day, price in events:
        client, store, on = clients[who], stores[where], FIRST + timedelta(days=day)
        if kind == "sale":
            lines = [
                PieceLine("R1", list(PieceKind)[price], Decimal(price * 1000)),
                PieceLine("E2", PieceKind.EARRINGS, Decimal(500)),
            ]
            history.sales.append(services.sell(lines, store=store, seller=None, client=client, sold_on=on))
        elif kind == "service":
            request = ServiceRequest(store=store, client=client, kind="repair", accepted_on=on, number="")
            history.services.append(tickets.take_in(request, by=taker))
        elif kind == "return" and history.sales:
            purchase = history.sales[price % len(history.sales)]
            pieces = list(purchase.pieces.kept())[: 1 + where]
            with suppress(VoidedError):
                services.return_pieces(purchase, pieces, by=None, on=on + timedelta(days=90))
        elif kind == "cancel" and history.services:
            request = history.services[price % len(history.services)]
            request.refresh_from_db()
            if request.status != "cancelled":
                workshop_services.move(request, "cancelled", by=None)
        elif history.sales:
            put_right(kind, Purchase.written.get(pk=history.sales[price % len(history.sales)].pk), client, on, by=taker)
        after()
    return history


def put_right(kind: str, purchase: Purchase, client: Client, on: date, *, by: Employee) -> None:
    """An act on a receipt, if it stands so that it can be done."""
    with suppress(VoidedError, StaleReceiptError, NothingToUndoError):
        version = purchase.version
        if kind == "void":
            acts.void(purchase, reason="by mistake", version=version, by=by)
        elif kind == "restore":
            acts.restore(purchase, version=version, by=by)
        elif kind == "attach":
            acts.attach_client(purchase, client=client, version=version, by=by)
        elif kind == "undo":
            acts.undo(purchase, version=version, by=by)
        elif kind == "correct":
            is_ = contents.of(purchase)
            piece = is_.pieces[0]._replace(price=is_.pieces[0].price + 700, kind=PieceKind.WATCH)
            acts.correct(purchase, wanted=replace(is_, sold_on=on, pieces=(piece,)), version=version, by=by)


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


TODAY = FIRST + timedelta(days=400)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS, later=EVENTS, typical=st.booleans(), model=st.booleans())
def test_rhythms_equal_the_twin_after_any_history(
    transactional_base: Callable[[], tuple[list[Client], list[Store]]],
    events: list[tuple[str, int, int, int, int]],
    later: list[tuple[str, int, int, int, int]],
    typical: bool,
    model: bool,
) -> None:
    clients, stores = transactional_base()
    before = play(events, clients, stores)
    if typical:
        rhythm.keep_typical_intervals()
    if model:
        rhythm.keep_model(r=0.8, alpha=90.0, a=0.7, b=1.9, clients=4, fitted_on=TODAY)
    rhythm.recompute(TODAY)
    history = play(later, clients, stores)
    history.sales += before.sales
    history.services += before.services
    rhythm.recompute(TODAY)

    known = dict(TypicalInterval.objects.values_list("kind", "days"))
    assert twin.stored_rhythms() == history.rhythms(known, (0.8, 90.0, 0.7, 1.9) if model else None, TODAY)


def test_a_sale_renews_the_rhythm_at_once(card: Client, sell: Sell) -> None:
    for day in (1, 11, 31):
        sell(card, date(2026, 1, day), 700)

    told = card.rhythm
    assert (told.interval, told.rule, told.expected_on) == (15, "own", date(2026, 2, 15))
    assert told.silent_from == date(2026, 3, 18)  # 45 days after the last visit are not yet more than three intervals


def test_typical_intervals_are_medians_by_first_kind(store: Store) -> None:
    for gaps, kind in (
        ((10, 10), PieceKind.RING),
        ((20, 20), PieceKind.RING),
        ((60, 60), PieceKind.RING),
        ((100, 100), PieceKind.CHAIN),
    ):
        day, client = FIRST, ClientFactory.create()
        for gap in (0, *gaps):
            day += timedelta(days=gap)
            services.sell([PieceLine("A1", kind, Decimal(100))], store=store, seller=None, client=client, sold_on=day)
    newcomer = ClientFactory.create()
    services.sell([PieceLine("A1", PieceKind.WATCH, Decimal(100))], store=store, seller=None, client=newcomer, sold_on=FIRST)

    rhythm.keep_typical_intervals()
    rhythm.recompute(TODAY)

    found = dict(TypicalInterval.objects.values_list("kind", "days"))
    assert found == {"ring": 20, "chain": 100, "": 40}
    assert (newcomer.rhythm.interval, newcomer.rhythm.rule) == (40, "chain")


def test_a_chance_of_many_years_does_not_overflow(card: Client, store: Store, sell: Sell) -> None:
    rhythm.keep_model(r=300, alpha=1.0, a=0.5, b=0.5, clients=4, fitted_on=TODAY)
    for day in range(5):
        sell(card, date(1995, 1, 1) + timedelta(days=day), 700)

    rhythm.recompute(date(2180, 1, 1))

    assert present(Rhythm.objects.get().chance) < 1e-200


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


@pytest.fixture
def transactional_base(db: None) -> Callable[[], tuple[list[Client], list[Store]]]:
    def fresh() -> tuple[list[Client], list[Store]]:
        for model in (Visit, ClientActivity, Rhythm, TypicalInterval, LifeModel, StaleDay):
            model.objects.all().delete()
        return [ClientFactory.create() for _ in range(4)], [StoreFactory.create() for _ in range(2)]

    return fresh
