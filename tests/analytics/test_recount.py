"""The second opinion agrees where the pages are right, and finds what was planted: in rows, in snapshots, in the SQL itself."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import StringIO
from types import ModuleType
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from analytics import checks, recount, snapshots
from analytics.figures import coming_back, returning, silent, targets
from analytics.figures.periods import Period
from analytics.models import Recount, Snapshot
from analytics.raw_count import RawCount, Typical
from clients.models import CardState, Client
from purchases import services
from purchases.days import BUYING_DAYS
from purchases.models import Piece, Purchase
from stores.models import Employee, Store
from tests.analytics.conftest import TODAY, Histories
from tests.conftest import DATA, Sell
from tests.factories import ClientFactory, StoreFactory
from tests.lists import bring
from tests.present import present
from tests.visits.histories import EVENTS, play
from visits import derived, rhythm, sources
from visits.models import ClientActivity, Rhythm, StaleDay, TypicalInterval, Visit
from workshop import services as workshop_services
from workshop import tickets
from workshop.models import ServiceRequest

Plant = Callable[[ModuleType, str, str, str], None]
MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


def differing(*, store: str = "", shown: str = "live") -> set[str]:
    """Names of the figures in which the pages and the recount differ."""
    found = recount.recount(TODAY).differences
    return {row["figure"] for row in found if (row["store"], row["shown"]) == (store, shown)}


def agree() -> bool:
    return not recount.recount(TODAY).differences


# --- It agrees ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(2))
def test_histories_are_counted_alike_by_both_roads(histories: Histories, seed: int) -> None:
    histories(30, seed=seed)
    snapshots.recompute_all(TODAY)

    found = recount.recount(TODAY)

    assert (found.differences, found.wrong) == ([], 0)
    assert (found.clients, found.first, found.last, found.as_of) == (
        Visit.objects.values("client").distinct().count(),
        *MAY,
        TODAY,
    )
    assert found.compared > 400


def test_a_base_without_anything_has_nothing_to_differ_in(store: Store) -> None:
    snapshots.recompute_all(TODAY)

    found = recount.recount(TODAY)

    assert (found.clients, found.differences) == (0, [])


def test_the_list_of_the_acceptance_is_counted_alike_by_both_roads(db: None) -> None:
    for kind in ("clients", "purchases", "services"):
        bring(kind, DATA / "december-2018" / f"{kind}.csv")

    found = recount.recount(date(2019, 1, 15))

    assert (found.differences, found.first, found.clients > 0) == ([], date(2018, 12, 1), True)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_worker_looks_at_one_moment_and_leaves_nothing_open(card: Client, sell: Sell) -> None:
    sell(card, MAY.first, 5_000)

    found = recount.recount(TODAY)

    assert (found.clients, found.wrong, connection.in_atomic_block) == (1, 0, False)
    sell(card, MAY.last, 100)
    assert agree()


def test_a_demo_is_counted_alike_by_both_roads(db: None) -> None:
    call_command("load_demo", clients=150, stdout=StringIO(), stderr=StringIO())

    found = recount.recount(timezone.localdate())

    assert (found.differences, found.clients > 50) == ([], True)


def test_returns_cancelled_services_and_former_cards_are_left_out(
    store: Store, other_store: Store, sell: Sell, seller: Employee, histories: Histories
) -> None:
    histories(10)
    client, gone = (ClientFactory.create(home_store=store) for _n in range(2))
    sold = sell(client, date(2026, 5, 3), 5_000, 7_000)
    services.return_pieces(sold, [present(sold.pieces.first())], by=seller, on=date(2026, 6, 2))
    request = ServiceRequest(store=store, client=client, kind="repair", accepted_on=date(2026, 5, 4), number="")
    workshop_services.move(tickets.take_in(request, by=seller), "cancelled", by=seller)
    sell(gone, date(2024, 5, 3), 5_000)
    rhythm.recompute(TODAY)
    Client.objects.filter(pk=gone.pk).update(state=CardState.ERASED, phone=None)

    assert agree()


def test_sales_after_the_night_are_no_difference(histories: Histories, sell: Sell) -> None:
    client = histories(15)[0]
    snapshots.recompute_all(TODAY)
    sell(client, TODAY, 5_000)
    sell(ClientFactory.create(), TODAY, 5_000)
    sell(client, date(2026, 5, 5), 5_000)
    assert agree()

    snapshots.refresh_stale()

    assert agree()


@pytest.fixture
def empty_chain(db: None) -> Callable[[], tuple[list[Client], list[Store]]]:
    """Four clients and two stores without a past; each example of a property test begins with one."""
    stores = [StoreFactory.create() for _ in range(2)]

    def empty() -> tuple[list[Client], list[Store]]:
        for model in (Piece, Purchase, ServiceRequest, Visit, ClientActivity, Rhythm, TypicalInterval, StaleDay):
            model.objects.all().delete()
        return [ClientFactory.create() for _ in range(4)], stores

    return empty


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_both_roads_and_the_twin_agree_after_any_history(
    empty_chain: Callable[[], tuple[list[Client], list[Store]]], events: list[tuple[str, int, int, int, int]]
) -> None:
    clients, stores = empty_chain()
    history = play(events, clients, stores)
    rhythm.keep_typical_intervals()
    rhythm.recompute(TODAY)
    first, last = date(2026, 1, 10), date(2026, 2, 20)

    raw = RawCount()

    for store in (None, *stores):
        counted = raw.returning(first, last, store.pk if store else None)
        groups = dict(zip(("regular", "newcomer", "converted"), history.groups(first, last, store), strict=True))
        for name, group in groups.items():
            told = tuple(counted[f"{what}.{name}"] for what in ("clients", "items", "revenue"))
            assert told == (group.clients, group.items, float(group.revenue))
        most = history.records(last, store)
        assert tuple(counted[f"records.{name}"] for name in most._fields) == tuple(float(value) for value in most)
    rhythms = raw.rhythms(TODAY, Typical({}, None))
    counted_again = {(client, row.rule, bool(row.is_silent)) for client, row in rhythms.iterrows()}
    assert counted_again == {(row[0], row[2], bool(row[4] and row[4] <= TODAY)) for row in history.rhythms({}, None, TODAY)}
    assert agree()


# --- It finds -----------------------------------------------------------------------------------------------------


def test_a_wrong_visit_is_found_in_its_store_and_in_the_chain(histories: Histories, store: Store) -> None:
    histories(40)
    bought = Visit.objects.filter(day__range=MAY, items__gt=0)
    for scope in (0, store.pk):
        row = present(bought.filter(scope=scope).first())
        Visit.objects.filter(pk=row.pk).update(items=row.items + 7)

    found = [differing(), differing(store="luxury"), differing(store="duet")]

    assert ["returning report items.total" in names for names in found] == [True, True, False]
    assert all(name.startswith("returning report") for name in found[0])


def test_a_client_who_is_silent_on_the_pages_alone_is_named(histories: Histories) -> None:
    histories(20)
    client = present(Rhythm.objects.filter(silent_from__gt=TODAY, client__activity__visit_days__gte=2).first()).client_id
    Rhythm.objects.filter(client=client).update(silent_from=TODAY)

    found = differing()

    assert found >= {"silent now regulars.silent", "silent listed clients", f"silent listed client {client}"}


@pytest.mark.parametrize(
    ("figure", "spoil", "name"),
    [
        (
            "returning",
            lambda data: data["report"]["records"].update(items_in_a_year=99),
            "returning report records.items_in_a_year",
        ),
        ("coming-back", lambda data: data["cohorts"][0].update(clients=99), "coming-back cohorts"),
        ("silent", lambda data: data["now"]["once"].update(silent=99), "silent now once.silent"),
    ],
)
def test_a_wrong_snapshot_is_found_and_a_stale_one_is_not_looked_at(
    histories: Histories, figure: str, spoil: Callable[[dict[str, Any]], object], name: str
) -> None:
    histories(20)
    snapshots.recompute_all(TODAY)
    last_month = MAY if figure == "returning" else Period(TODAY, TODAY)
    snapshot = Snapshot.objects.get(figure=figure, scope=0, first=last_month.first, last=last_month.last)
    spoil(present(snapshot.data))
    snapshot.save()

    assert [found.startswith(name) for found in differing(shown="snapshot")] == [True]
    assert differing() == set()

    StaleDay.objects.create(scope=0, day=MAY.first)
    assert agree()


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Plant:
    """``planted(module, "NAME", right, wrong)``: a piece of a query as somebody might have got it wrong."""

    def plant(module: ModuleType, name: str, right: str, wrong: str) -> None:
        text = vars(module)[name]
        assert right in text
        monkeypatch.setattr(module, name, text.replace(right, wrong))

    return plant


@pytest.mark.parametrize(
    ("module", "query", "right", "wrong", "name"),
    [
        (
            returning,
            "_SUMS",
            "previous_buying_day < %(first)s",
            "previous_buying_day < %(last)s",
            "returning report clients.regular",
        ),
        (returning, "_SUMS", "second_day <= %(last)s", "second_day < %(last)s", "returning report items.converted"),
        (rhythm, "_MEDIANS", "((n + 1) / 2, (n + 2) / 2)", "((n + 3) / 2)", "silent typical all"),
    ],
)
def test_an_error_in_a_query_of_the_pages_is_found(
    histories: Histories,
    card: Client,
    sell: Sell,
    planted: Plant,
    module: ModuleType,
    query: str,
    right: str,
    wrong: str,
    name: str,
) -> None:
    histories(20)
    regular = ClientFactory.create()
    for day in (date(2026, 4, 1), date(2026, 5, 10), date(2026, 5, 20)):
        sell(regular, day, 5_000)
    sell(card, date(2026, 5, 2), 5_000)
    sell(card, MAY.last, 5_000)
    assert agree()

    planted(module, query, right, wrong)

    assert name in differing()


def test_an_error_in_what_stores_reached_is_found(store: Store, card: Client, sell: Sell, planted: Plant) -> None:
    sell(card, date(2026, 4, 1), 5_000)
    sell(card, MAY.last, 5_000)
    sell(ClientFactory.create(), MAY.last, 5_000)
    assert agree()

    planted(targets, "FACTS", "activity.first_day < %(first)s", "activity.first_day <= %(last)s")

    assert differing(store=store.code) == {"targets returning"}


@pytest.mark.parametrize(
    ("module", "name", "value", "found"),
    [
        (coming_back, "WINDOWS", (30, 90, 180, 200), "365.n"),
        (silent, "REGULAR_FROM", 3, "silent now regulars.clients"),
        (returning, "year_before", lambda last: last - timedelta(days=20), "returning report records.sum_in_a_year"),
    ],
)
def test_a_rule_that_changed_on_the_pages_alone_is_found(
    histories: Histories, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, value: object, found: str
) -> None:
    histories(30, seed=2)
    assert agree()

    monkeypatch.setattr(module, name, value)

    assert any(figure.endswith(found) for figure in differing())


@pytest.fixture
def returns_forgotten() -> Iterator[Callable[[], None]]:
    """``returns_forgotten()``: from now on the receipts tell of days as if nothing had come back."""
    right = " AND x.returned_on IS NULL"
    assert right in BUYING_DAYS.sql

    yield lambda: sources.register(BUYING_DAYS._replace(sql=BUYING_DAYS.sql.replace(right, "")))

    sources.register(BUYING_DAYS)


def test_an_error_in_the_derived_tables_is_found_where_running_them_again_finds_nothing(
    histories: Histories, returns_forgotten: Callable[[], None]
) -> None:
    histories(30)
    returns_forgotten()
    derived.rebuild()
    snapshots.recompute_all(TODAY)

    assert checks.check_figures().wrong == 0
    assert recount.recount(TODAY).wrong > 0


# --- What is kept ---------------------------------------------------------------------------------------------


def test_thirty_recounts_are_kept(store: Store) -> None:
    for _night in range(31):
        Recount.objects.create(first=MAY.first, last=MAY.last, as_of=TODAY, started_at=timezone.now())

    newest = recount.recount(TODAY)

    assert (Recount.objects.count(), Recount.objects.first()) == (30, newest)
