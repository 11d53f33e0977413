"""The derived tables and the report against a plain-Python twin, on random histories."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics import returning, snapshots
from analytics.periods import Period
from purchases import services
from purchases.models import ClientActivity, Kind, ServiceRequest, StaleDay, Visit
from purchases.services import PieceLine
from tests.factories import ClientFactory, StoreFactory
from tests.purchases import twin

FIRST = date(2026, 1, 1)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["sale", "sale", "sale", "service", "return", "cancel"]),
        st.integers(0, 3),
        st.integers(0, 1),
        st.integers(0, 70),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=18,
)


def play(events, clients, stores, after=lambda: None):
    """Make the history through the services; returns what happened as plain rows."""
    history = twin.History()
    for kind, who, where, day, price in events:
        client, store, on = clients[who], stores[where], FIRST + timedelta(days=day)
        if kind == "sale":
            lines = [PieceLine("R1", list(Kind)[price], Decimal(price * 1000)), PieceLine("E2", Kind.EARRINGS, Decimal(500))]
            history.sales.append(services.sell(lines, store=store, seller=None, client=client, sold_on=on))
        elif kind == "service":
            request = ServiceRequest(store=store, client=client, kind="repair", accepted_on=on, number="")
            history.services.append(services.take_in(request, by=None))
        elif kind == "return" and history.sales:
            purchase = history.sales[price % len(history.sales)]
            pieces = list(purchase.pieces.kept())[: 1 + where]
            services.return_pieces(purchase, pieces, by=None, on=on + timedelta(days=90))
        elif kind == "cancel" and history.services:
            request = history.services[price % len(history.services)]
            request.refresh_from_db()
            if request.status != "cancelled":
                services.move(request, "cancelled", by=None)
        after()
    return history


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS, a=st.integers(0, 70), b=st.integers(0, 70))
def test_figures_equal_the_twin_after_any_history(transactional_base, events, a, b):
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
def test_a_fresh_snapshot_is_never_wrong(transactional_base, events, a, b):
    clients, stores = transactional_base()
    period = Period(FIRST + timedelta(days=min(a, b)), FIRST + timedelta(days=max(a, b)))
    for store in (None, *stores):
        snapshots._keep(period, store)
    StaleDay.objects.all().delete()

    def shown_is_true():
        for store in (None, *stores):
            shown = snapshots.report(period, store=store).report
            assert shown == returning.returning_report(*period, store=store)

    play(events, clients, stores, after=shown_is_true)


@pytest.fixture
def transactional_base(db):
    def fresh():
        for model in (Visit, ClientActivity, StaleDay):
            model.objects.all().delete()
        return [ClientFactory.create() for _ in range(4)], [StoreFactory.create() for _ in range(2)]

    return fresh
