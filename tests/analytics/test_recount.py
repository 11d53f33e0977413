"""The second opinion agrees where the pages are right, and finds what was planted: in rows, in snapshots, in the SQL itself."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from analytics import checks, recount, snapshots, tasks
from analytics.figures import coming_back, returning, silent
from analytics.figures.periods import Period
from analytics.models import Recount, Snapshot
from analytics.raw_count import RawCount, Typical
from clients.models import CardState, Client
from purchases import services
from purchases.models import Piece, Purchase
from tests.analytics.conftest import TODAY
from tests.conftest import DATA
from tests.factories import ClientFactory, StoreFactory
from tests.lists import bring
from tests.visits.test_derived import EVENTS, play
from visits import derived, rhythm
from visits.models import ClientActivity, Rhythm, StaleDay, TypicalInterval, Visit
from workshop import services as workshop_services
from workshop import tickets
from workshop.models import ServiceRequest

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


def differing(*, store="", shown="live"):
    """Names of the figures in which the pages and the recount differ."""
    found = recount.recount(TODAY).differences
    return {row["figure"] for row in found if (row["store"], row["shown"]) == (store, shown)}


def agree():
    return recount.recount(TODAY).differences == []


# --- It agrees ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(2))
def test_histories_are_counted_alike_by_both_roads(histories, seed):
    histories(40, seed=seed)
    snapshots.recompute_all(TODAY)

    found = recount.recount(TODAY)

    assert (found.differences, found.wrong) == ([], 0)
    assert (found.clients, found.first, found.last, found.as_of) == (
        Visit.objects.values("client").distinct().count(),
        *MAY,
        TODAY,
    )
    assert found.compared > 400


def test_a_base_without_anything_has_nothing_to_differ_in(store):
    snapshots.recompute_all(TODAY)

    found = recount.recount(TODAY)

    assert (found.clients, found.differences) == (0, [])


def test_the_example_of_the_definitions_is_counted_as_it_is_told(store, other_store, sell):
    anna, boris = ClientFactory.create(home_store=store), ClientFactory.create(home_store=other_store)
    sell(anna, date(2026, 1, 5), 10_000)
    sell(anna, date(2026, 3, 3), 20_000)
    sell(boris, date(2026, 3, 7), 6_000)
    sell(boris, date(2026, 3, 20), 2_000, at=other_store)
    sell(None, date(2026, 3, 20), 700, no_card_reason="declined")

    raw = RawCount()

    march = raw.returning(date(2026, 3, 1), date(2026, 3, 31), None)
    assert march == {
        "items.total": 3, "items.regular": 1, "items.newcomer": 2, "items.converted": 2,
        "items.regular_share": 100 / 3, "items.newcomer_share": 200 / 3, "items.converted_share_of_newcomers": 100,
        "revenue.total": 28_000, "revenue.regular": 20_000, "revenue.newcomer": 8_000, "revenue.converted": 8_000,
        "revenue.regular_share": pytest.approx(71.43, abs=0.005), "revenue.newcomer_share": pytest.approx(28.57, abs=0.005),
        "revenue.converted_share_of_newcomers": 100,
        "average_price.regular": 20_000, "average_price.newcomer": 4_000, "average_price.premium_percent": 400,
        "clients.regular": 1, "clients.newcomer": 1, "clients.converted": 1,
        "items_per_client.regular": 1, "items_per_client.newcomer": 2, "items_per_client.premium_percent": -50,
        "records.items_in_a_month": 2, "records.items_in_a_year": 2,
        "records.sum_in_a_month": 20_000, "records.sum_in_a_year": 30_000,
        "without_card.items": 1, "without_card.revenue": 700,
    }  # fmt: skip
    in_the_other = raw.returning(date(2026, 3, 1), date(2026, 3, 31), other_store.pk)
    assert (in_the_other["items.converted"], in_the_other["clients.newcomer"], in_the_other["without_card.items"]) == (1, 1, 0)
    assert raw.cohorts(date(2026, 6, 17), other_store.pk) == {}


def test_the_list_of_the_acceptance_gives_the_report_that_the_chain_printed(db):
    for kind in ("clients", "purchases", "services"):
        bring(kind, DATA / "december-2018" / f"{kind}.csv")
    expected = json.loads((DATA / "december-2018" / "expected.json").read_text())

    counted = RawCount().returning(date(2018, 12, 1), date(2018, 12, 31), None)

    for section in ("items", "revenue", "average_price", "clients", "items_per_client", "records"):
        for name, value in expected[section].items():
            assert counted[f"{section}.{name}"] == pytest.approx(value, abs=0.5), (section, name)
    assert recount.recount(date(2019, 1, 15)).differences == []


def test_a_demo_is_counted_alike_by_both_roads(db):
    call_command("load_demo", clients=150, stdout=StringIO(), stderr=StringIO())

    found = recount.recount(timezone.localdate())

    assert (found.differences, found.clients > 50) == ([], True)


def test_returns_cancelled_services_and_former_cards_are_left_out(store, other_store, sell, seller, histories):
    histories(10)
    client, gone = (ClientFactory.create(home_store=store) for _n in range(2))
    sold = sell(client, date(2026, 5, 3), 5_000, 7_000)
    services.return_pieces(sold, [sold.pieces.first()], by=seller, on=date(2026, 6, 2))
    request = ServiceRequest(store=store, client=client, kind="repair", accepted_on=date(2026, 5, 4), number="")
    workshop_services.move(tickets.take_in(request, by=seller), "cancelled", by=seller)
    sell(gone, date(2024, 5, 3), 5_000)
    rhythm.recompute(TODAY)
    Client.objects.filter(pk=gone.pk).update(state=CardState.ERASED, phone=None)

    assert agree()


def test_sales_after_the_night_are_no_difference(histories, sell):
    client = histories(15)[0]
    snapshots.recompute_all(TODAY)
    sell(client, TODAY, 5_000)
    sell(ClientFactory.create(), TODAY, 5_000)
    sell(client, date(2026, 5, 5), 5_000)
    assert agree()

    snapshots.refresh_stale()

    assert agree()


@pytest.fixture
def empty_chain(db):
    """Four clients and two stores without a past; each example of a property test begins with one."""
    stores = [StoreFactory.create() for _ in range(2)]

    def empty():
        for model in (Piece, Purchase, ServiceRequest, Visit, ClientActivity, Rhythm, TypicalInterval, StaleDay):
            model.objects.all().delete()
        return [ClientFactory.create() for _ in range(4)], stores

    return empty


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_both_roads_and_the_twin_agree_after_any_history(empty_chain, events):
    clients, stores = empty_chain()
    history = play(events, clients, stores)
    rhythm.keep_typical_intervals()
    rhythm.recompute(TODAY)
    first, last = date(2026, 1, 10), date(2026, 2, 20)

    raw = RawCount()

    for store in (None, *stores):
        counted = raw.returning(first, last, store and store.pk)
        groups = dict(zip(("regular", "newcomer", "converted"), history.groups(first, last, store), strict=True))
        for name, group in groups.items():
            told = tuple(counted[f"{what}.{name}"] for what in ("clients", "items", "revenue"))
            assert told == (group.clients, group.items, float(group.revenue))
        most = history.records(last, store)
        assert tuple(counted[f"records.{name}"] for name in most._fields) == tuple(float(value) for value in most)
    rhythms = raw.rhythms(TODAY, Typical({}, None))
    told = {(client, row.rule, bool(row.is_silent)) for client, row in rhythms.iterrows()}
    assert told == {(row[0], row[2], bool(row[4] and row[4] <= TODAY)) for row in history.rhythms({}, None, TODAY)}
    assert agree()


# --- It finds -----------------------------------------------------------------------------------------------------


def test_a_wrong_visit_is_found_in_its_store_and_in_the_chain(histories, store):
    histories(40)
    bought = Visit.objects.filter(day__range=MAY, items__gt=0)
    for scope in (0, store.pk):
        row = bought.filter(scope=scope).first()
        Visit.objects.filter(pk=row.pk).update(items=row.items + 7)

    found = [differing(), differing(store="luxury"), differing(store="duet")]

    assert ["returning report items.total" in names for names in found] == [True, True, False]
    assert all(name.startswith("returning report") for name in found[0])


def test_a_client_who_is_silent_on_the_pages_alone_is_named(histories):
    histories(40)
    client = Rhythm.objects.filter(silent_from__gt=TODAY, client__activity__visit_days__gte=2).first().client_id
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
def test_a_wrong_snapshot_is_found_and_a_stale_one_is_not_looked_at(histories, figure, spoil, name):
    histories(20)
    snapshots.recompute_all(TODAY)
    last_month = MAY if figure == "returning" else Period(TODAY, TODAY)
    snapshot = Snapshot.objects.get(figure=figure, scope=0, first=last_month.first, last=last_month.last)
    spoil(snapshot.data)
    snapshot.save()

    assert [found.startswith(name) for found in differing(shown="snapshot")] == [True]
    assert differing() == set()

    StaleDay.objects.create(scope=0, day=MAY.first)
    assert agree()


@pytest.fixture
def planted(monkeypatch):
    """``planted(module, "NAME", right, wrong)``: a piece of a query as somebody might have got it wrong."""

    def plant(module, name, right, wrong):
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
def test_an_error_in_a_query_of_the_pages_is_found(histories, card, sell, planted, module, query, right, wrong, name):
    histories(40)
    regular = ClientFactory.create()
    for day in (date(2026, 4, 1), date(2026, 5, 10), date(2026, 5, 20)):
        sell(regular, day, 5_000)
    sell(card, date(2026, 5, 2), 5_000)
    sell(card, MAY.last, 5_000)
    assert agree()

    planted(module, query, right, wrong)

    assert name in differing()


@pytest.mark.parametrize(
    ("module", "name", "value", "found"),
    [
        (coming_back, "WINDOWS", (30, 90, 180, 200), "365.n"),
        (silent, "REGULAR_FROM", 3, "silent now regulars.clients"),
        (returning, "year_before", lambda last: last - timedelta(days=20), "returning report records.sum_in_a_year"),
    ],
)
def test_a_rule_that_changed_on_the_pages_alone_is_found(histories, monkeypatch, module, name, value, found):
    histories(60, seed=2)
    assert agree()

    monkeypatch.setattr(module, name, value)

    assert any(figure.endswith(found) for figure in differing())


def test_an_error_in_the_derived_tables_is_found_where_running_them_again_finds_nothing(histories, planted):
    histories(60)
    planted(derived, "_VISITS", " AND x.returned_on IS NULL", "")
    derived.rebuild()
    snapshots.recompute_all(TODAY)

    assert checks.check_figures().wrong == 0
    assert recount.recount(TODAY).wrong > 0


# --- Where it is told ---------------------------------------------------------------------------------------------


def test_the_command_tells_the_differences_and_exits_with_an_error(histories):
    histories(20)
    day = timezone.localdate()
    out = StringIO()
    call_command("recount", stdout=out)
    assert out.getvalue().endswith(": 0 differences\n")
    Rhythm.objects.update(silent_from=date(2000, 1, 1))

    told, as_json = StringIO(), StringIO()
    with pytest.raises(CommandError):
        call_command("recount", stdout=told)
    with pytest.raises(CommandError):
        call_command("recount", "--json", stdout=as_json)

    assert f"silent now regulars.silent, chain, {day} – {day}, live: " in told.getvalue()
    found = json.loads(as_json.getvalue())
    assert (found["as_of"], found["wrong"]) == (day.isoformat(), Recount.objects.first().wrong)
    assert {"figure", "store", "first", "last", "shown", "said", "counted"} == set(found["differences"][0])


def test_the_health_page_tells_what_the_last_recount_found(client, histories):
    histories(3)
    tasks.recount()
    assert client.get("/health/?format=json").status_code == 200

    Recount.objects.update(wrong=4)

    answer = client.get("/health/?format=json")
    assert (answer.status_code, "counted again, differ in 4 places" in answer.content.decode()) == (500, True)


def test_nothing_is_recounted_while_the_night_still_renews_the_figures(histories):
    histories(3)
    Rhythm.objects.update(silent_from=date(2000, 1, 1))
    cache.add(tasks.AT_ONCE, True)

    assert (tasks.recount(), Recount.objects.count()) == (0, 0)
    cache.delete(tasks.AT_ONCE)
    assert tasks.recount() > 0


def test_thirty_recounts_are_kept(store):
    for _night in range(31):
        Recount.objects.create(first=MAY.first, last=MAY.last, as_of=TODAY, started_at=timezone.now())

    newest = recount.recount(TODAY)

    assert (Recount.objects.count(), Recount.objects.first()) == (30, newest)
