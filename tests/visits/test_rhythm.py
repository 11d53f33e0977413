"""When a client usually comes, against a plain-Python twin."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.kinds import PieceKind
from clients.models import Client
from purchases import services
from purchases.services import PieceLine
from stores.models import Store
from tests.conftest import Sell
from tests.factories import ClientFactory
from tests.present import present
from tests.visits import twin
from tests.visits.histories import EVENTS, FIRST, TODAY, play
from visits import rhythm
from visits.models import Rhythm, TypicalInterval


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
        rhythm.keep_model(r=0.8, alpha=90.0, a=0.7, b=1.9, spending=None, clients=4, fitted_on=TODAY)
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
    rhythm.keep_model(r=300, alpha=1.0, a=0.5, b=0.5, spending=None, clients=4, fitted_on=TODAY)
    for day in range(5):
        sell(card, date(1995, 1, 1) + timedelta(days=day), 700)

    rhythm.recompute(date(2180, 1, 1))

    assert present(Rhythm.objects.get().chance) < 1e-200


def test_a_card_says_which_rule_spoke_and_over_how_many(card: Client, store: Store, sell: Sell) -> None:
    regular, newcomer = ClientFactory.create(), ClientFactory.create()
    for day in (1, 11, 31):
        sell(regular, date(2026, 1, day), 700)
    sell(card, FIRST, 700)
    services.sell([PieceLine("W1", PieceKind.WATCH, Decimal(100))], store=store, seller=None, client=newcomer, sold_on=FIRST)
    assert rhythm.usual_of(card.rhythm, card.activity) is None

    rhythm.keep_typical_intervals()
    rhythm.recompute(TODAY)

    said = [rhythm.usual_of(Rhythm.objects.get(client=one), one.activity) for one in (regular, card, newcomer)]
    assert said == [(15, "own", 1), (15, "kind", 1), (15, "chain", 1)]
    TypicalInterval.objects.all().delete()
    assert present(rhythm.usual_of(Rhythm.objects.get(client=card), card.activity)).clients == 0
