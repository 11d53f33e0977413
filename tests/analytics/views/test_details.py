"""The pages of figures: what they show, whose, in how many queries, as a workbook, and on the first day of a new store."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from analytics import snapshots
from analytics.figures import breakdown, changes, returning, today
from analytics.figures.periods import Period
from analytics.models import Segment, Snapshot
from analytics.shown import printed
from clients.models import Client
from purchases.models import Piece
from stores.models import Employee, Role, Store
from tests import factories
from tests.analytics.conftest import TODAY, Histories
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory
from visits.models import ClientActivity

STANDING = ["/coming-back/", "/silent/", "/worth/", "/people/", "/returning/detail/"]
PAGES = ["/", *STANDING, "/returning/", "/silent/regulars/", "/silent/expected/", "/money/", "/money/expenses/", "/money/visitors/",
         "/money/calculators/", "/ask/", "/ask/?w0=silent&g0=0&p0_days=0", "/figures/help/"]  # fmt: skip
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def boss(store: Store, other_store: Store) -> Employee:
    """A manager of all stores, who sees the chain."""
    return factories.employee(Role.MANAGER, store, other_store)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_page_serves_a_store_that_opened_yesterday(address: str, language: str, boss: Employee, signed_in: SignIn) -> None:
    boss.language = language
    boss.save()

    assert signed_in(boss).get(address).status_code == 200


def test_every_page_serves_a_chain_of_three_years(boss: Employee, signed_in: SignIn, histories: Histories) -> None:
    histories(60)
    browser = signed_in(boss)

    assert {address: browser.get(address).status_code for address in PAGES} == dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize("address", [*STANDING, "/returning/", "/money/"])
def test_a_page_from_a_snapshot_keeps_to_ten_queries_and_reads_no_raw_rows(
    address: str, boss: Employee, signed_in: SignIn, histories: Histories, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    histories(20)
    snapshots.recompute_all(timezone.localdate())
    browser = signed_in(boss)
    browser.get(address)

    with django_assert_max_num_queries(10) as queries:
        browser.get(address)

    assert not [query for query in queries.captured_queries if "purchases_piece" in query["sql"]]


def test_today_keeps_to_ten_queries(
    boss: Employee, signed_in: SignIn, sell: Sell, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(boss)
    for number in range(3):
        sell(ClientFactory.create(), timezone.localdate(), 100 + number)
        browser.get("/")
        with django_assert_max_num_queries(10):
            browser.get("/")


@pytest.mark.parametrize("address", STANDING)
def test_every_figure_comes_as_a_workbook(address: str, boss: Employee, signed_in: SignIn, histories: Histories) -> None:
    histories(30)

    answer = signed_in(boss).get(address, {"export": 1})

    book = load_workbook(BytesIO(answer.content), read_only=True)
    assert len(list(book.worksheets[0].rows)) > 5


@pytest.mark.parametrize("address", [*STANDING, "/money/", "/ask/", "/silent/regulars/"])
def test_a_manager_of_one_store_sees_that_store_alone(address: str, store: Store, other_store: Store, signed_in: SignIn) -> None:
    browser = signed_in(factories.employee(Role.MANAGER, store))

    assert browser.get(address).context["store"] == store
    assert browser.get(address, {"store": other_store.pk}).status_code == 404


def test_a_figure_that_takes_long_shows_how_far_it_is(
    boss: Employee,
    signed_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(snapshots, "MOST_LIVE", -1)
    browser = signed_in(boss)

    waiting = browser.get("/people/")
    pending = Snapshot.objects.get(figure="people")
    progress = browser.get(f"/figures/{pending.pk}/progress/")
    assert (b"<progress" in waiting.content, b"<progress" in progress.content) == (True, True)
    pending.delete()
    with django_capture_on_commit_callbacks(execute=True):
        browser.get("/people/")

    done = Snapshot.objects.get(figure="people")
    assert done.data is not None
    assert browser.get(f"/figures/{done.pk}/progress/")["HX-Refresh"] == "true"
    assert "data" in browser.get("/people/").context


def test_the_progress_of_a_foreign_figure_is_not_there(store: Store, other_store: Store, signed_in: SignIn) -> None:
    one = Snapshot.objects.create(figure="people", scope=other_store.pk, first=MARCH.first, last=MARCH.last)
    chain = Snapshot.objects.create(figure="people", scope=0, first=MARCH.first, last=MARCH.last)
    browser = signed_in(factories.employee(Role.MANAGER, store))

    assert [browser.get(f"/figures/{pending.pk}/progress/").status_code for pending in (one, chain)] == [404, 404]


def test_the_breakdown_adds_up_to_the_report_in_every_dimension(histories: Histories, store: Store) -> None:
    histories(50)
    period = Period(TODAY - timedelta(days=200), TODAY)
    for place in (None, store):
        report = returning.returning_report(*period, store=place)
        for rows in breakdown.detail(place, period).values():
            for side, group in (("regular", report.regular), ("newcomer", report.newcomer)):
                assert sum(row[side]["items"] for row in rows) == group.items
                assert Decimal(str(sum(row[side]["revenue"] for row in rows))) == group.revenue


def test_a_row_of_the_breakdown_opens_its_receipts(boss: Employee, signed_in: SignIn, histories: Histories) -> None:
    histories(50)
    period = Period(TODAY - timedelta(days=200), TODAY)
    by = breakdown.detail(None, period)
    browser = signed_in(boss)
    days = {"first": str(period.first), "last": str(period.last), "group": "all"}
    kept = Piece.objects.kept().filter(purchase__sold_on__range=period).exclude(purchase__client=None)

    shown = browser.get("/sales/", {**days, "kind": "ring"}).context["page"].paginator.count
    banded = browser.get("/sales/", {**days, "band": "10000"}).context["page"].paginator.count
    first = by["first_kind"][0]["key"]
    began = browser.get("/sales/", {**days, "first_kind": first}).context["page"].paginator.count

    assert shown == kept.filter(kind="ring").values("purchase").distinct().count() > 0
    assert banded == kept.filter(price__gte=10_000, price__lt=30_000).values("purchase").distinct().count() > 0
    of_them = ClientActivity.objects.filter(first_kind=first).values("client")
    assert began == kept.filter(purchase__client__in=of_them).values("purchase").distinct().count() > 0


def test_records_name_their_holders(sell: Sell) -> None:
    often, once = ClientFactory.create(), ClientFactory.create()
    sell(often, date(2026, 3, 5), 100, 100)
    sell(often, date(2026, 3, 6), 100)
    sell(once, date(2026, 2, 6), 90_000)

    rows = returning.record_rows(date(2026, 3, 31), None)

    assert {name: (row.client, row.month, row.value) for name, row in rows.items() if row} == {
        "items_in_a_month": (often.pk, "2026-03-01", 3),
        "items_in_a_year": (often.pk, "", 3),
        "sum_in_a_month": (once.pk, "2026-02-01", 90_000),
        "sum_in_a_year": (once.pk, "", 90_000),
    }


def test_today_counts_the_same_weekdays(store: Store, sell: Sell, card: Client) -> None:
    now = date(2026, 6, 17)
    for days, price in ((0, 100), (7, 2_000), (364, 30_000), (365, 400_000)):
        sell(card, now - timedelta(days=days), price)
    sell(None, now, 50, no_card_reason="hurry")

    day, week, month = today.compared(now, None)

    assert [int(till.revenue) for till in (day.now, day.week, day.year)] == [150, 2_000, 30_000]
    assert (day.now.items, day.now.carded, day.now.regular) == (2, 100, 100)
    assert (int(week.now.revenue), int(week.week.revenue), int(month.now.revenue)) == (150, 2_000, 2_150)
    assert [int(till.revenue) for till in (today.compared(now, [store])[0].now, today.compared(now, [])[0].now)] == [150, 0]
    told = today.registered(now, None)
    assert (told.receipts, told.with_card, told.capture) == (2, 1, 50)


def test_what_changed_most_is_told_by_what_moved_it(store: Store, other_store: Store, sell: Sell) -> None:
    now = date(2026, 6, 17)
    old = ClientFactory.create()
    sell(old, now - timedelta(days=40), 10_000)
    sell(old, now - timedelta(days=10), 50_000)
    sell(ClientFactory.create(), now - timedelta(days=5), 1_000, at=other_store)

    told = changes.changed(None, Period(now, now))

    before = told["before"]
    assert (before["now"], before["before"]) == (51_000, 10_000)
    assert [(m["what"], m["key"], m["moved"]) for m in before["movers"]] == [
        ("group", "regular", 50_000), ("kind", "ring", 41_000), ("store", store.pk, 40_000),
    ]  # fmt: skip


def test_the_text_of_the_chain_is_a_pdf_too(boss: Employee, signed_in: SignIn, sell: Sell, card: Client) -> None:
    sell(card, date(2026, 3, 5), 700)

    answer = signed_in(boss).get("/returning/print/", {"first": "2026-03-01", "last": "2026-03-31"})

    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert printed.paragraphs(returning.returning_report(date(2001, 1, 1), date(2001, 1, 2)))


def test_a_question_is_kept_opened_and_deleted_with_a_way_back(boss: Employee, signed_in: SignIn, card: Client) -> None:
    browser = signed_in(boss)
    query = "w0=home&g0=0&p0_store=" + str(card.home_store_id)

    browser.post("/ask/save/", {"query": query, "name": "  Наши  "})
    kept = Segment.objects.get()
    opened = browser.get(f"/ask/{kept.pk}/", follow=True)
    assert (kept.name, kept.by, list(opened.context["page"])) == ("Наши", boss, [card])

    browser.post("/ask/save/", {"query": "w0=never&g0=0", "name": "Наши"})
    assert (Segment.objects.get().definition, Segment.objects.count()) == ([[{"what": "never"}]], 1)
    after = browser.post(f"/ask/{kept.pk}/forget/", follow=True)
    assert (Segment.objects.count(), after.context["definition"]) == (0, [[{"what": "never"}]])


def test_anothers_question_is_not_overwritten_or_deleted(
    boss: Employee, store: Store, other_store: Store, signed_in: SignIn
) -> None:
    kept = Segment.objects.create(name="Чужой", definition=[[{"what": "never"}]], by=boss)
    browser = signed_in(factories.employee(Role.MANAGER, store, other_store))

    browser.post("/ask/save/", {"query": "w0=incomplete&g0=0", "name": "Чужой"})
    browser.post(f"/ask/{kept.pk}/forget/")
    browser.post("/ask/save/", {"query": "", "name": "Пустой"})

    assert [one.definition for one in Segment.objects.all()] == [[[{"what": "never"}]]]


def test_the_builder_works_by_links_and_buttons_alone(boss: Employee, signed_in: SignIn) -> None:
    browser = signed_in(boss)

    more = browser.get("/ask/", {"w0": "never", "g0": "0", "into": "0"}, follow=True)
    fewer = browser.get("/ask/", {"w0": "never", "g0": "0", "w1": "silent", "g1": "1", "p1_days": "3", "out": "1"}, follow=True)

    assert [[form.number for form in filled] for _group, filled in more.context["groups"]] == [[0, 1]]
    assert fewer.context["definition"] == [[{"what": "never"}]]


def test_the_answer_keeps_its_number_of_queries(
    boss: Employee, signed_in: SignIn, histories: Histories, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(boss)
    for _time in range(2):
        histories(5)
        with django_assert_max_num_queries(9):
            browser.get("/ask/?w0=visits&g0=0&p0_least=1&p0_most=99")


def test_the_list_of_the_silent_keeps_its_number_of_queries_and_exports(
    boss: Employee, signed_in: SignIn, histories: Histories, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    histories(60)
    browser = signed_in(boss)
    with django_assert_max_num_queries(9):
        page = browser.get("/silent/all/")

    book = load_workbook(BytesIO(browser.get("/silent/all/", {"export": 1}).content), read_only=True)

    assert len(list(book.worksheets[0].rows)) == page.context["page"].paginator.count + 1


def test_calculators_reckon_with_the_usual_numbers_and_refuse_wrong_ones(boss: Employee, signed_in: SignIn) -> None:
    browser = signed_in(boss)

    usual = browser.get("/money/calculators/").context["told"]
    wrong = browser.get("/money/calculators/", {"purchases": "-1", "price": "x"}).context["told"]

    assert (usual["profit"], usual["campaign"].total, usual["churn"]["total"]) == (2_000, 70_000, 2_244_000)
    assert "profit" not in wrong


@pytest.mark.parametrize("address", ["/ask/?w0=visits&g0=0&p0_least=1&p0_most=99", "/silent/all/"])
def test_a_list_too_large_for_a_workbook_says_what_to_do(
    address: str, boss: Employee, signed_in: SignIn, histories: Histories, monkeypatch: pytest.MonkeyPatch
) -> None:
    histories(20)
    monkeypatch.setattr("imports.exports.MOST_ROWS", 2)

    answer = signed_in(boss).get(f"{address}{'&' if '?' in address else '?'}export=1")

    assert answer["Content-Type"].startswith("text/html")
    assert len(list(get_messages(answer.wsgi_request))) == 1
