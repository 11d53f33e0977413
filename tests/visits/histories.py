"""Random histories of a small chain, made through the services."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from catalogue.kinds import PieceKind
from clients.models import Client
from purchases import services
from purchases.correcting import acts, contents
from purchases.correcting.acts import NothingToUndoError
from purchases.models import Purchase
from purchases.services import PieceLine, StaleReceiptError, VoidedError
from stores.models import Employee, Role, Store
from tests.visits import twin
from tests.visits.twin import History
from workshop import services as workshop_services
from workshop import tickets
from workshop.models import ServiceRequest

FIRST = date(2026, 1, 1)
TODAY = FIRST + timedelta(days=400)
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
