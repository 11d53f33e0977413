"""The page of who comes back: over which days, beside which, whose, in its table and on paper."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from analytics.figures import breakdown, returning
from analytics.figures.periods import Period
from analytics.shown import printed
from clients.models import Client
from purchases.models import Piece
from stores.models import Employee, Role, Store
from tests import factories
from tests.analytics.conftest import TODAY, Histories
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory
from visits.models import ClientActivity

URL = "/returning/"


def test_the_page_shows_the_figures_and_opens_their_receipts(
    manager: Employee, signed_in: SignIn, sell: Sell, card: Client
) -> None:
    sell(card, date(2026, 1, 5), 100)
    sell(card, date(2026, 2, 5), 700)
    browser = signed_in(manager)

    page = browser.get(URL, {"first": "2026-02-01", "last": "2026-02-28"})
    receipts = browser.get(page.context["receipts_url"] + "&group=regular")

    assert page.context["report"].regular.revenue == 700
    assert [purchase.sold_on for purchase in receipts.context["page"]] == [date(2026, 2, 5)]


@pytest.mark.parametrize(
    "query",
    [
        {"first": "x", "last": "y"},
        {"first": "2026-02-02", "last": "2026-02-01"},
        {"period": "nonsense"},
        {"first": "0001-01-01", "last": "2026-01-01"},
    ],
)
def test_a_period_that_is_none_gets_words(manager: Employee, signed_in: SignIn, query: dict[str, str]) -> None:
    assert signed_in(manager).get(URL, query).status_code == 200


def test_a_manager_of_some_stores_never_sees_the_chain(
    manager: Employee, other_store: Store, signed_in: SignIn, sell: Sell, card: Client
) -> None:
    sell(card, date(2026, 2, 5), 700, at=other_store)
    browser = signed_in(manager)
    days = {"first": "2026-02-01", "last": "2026-02-28"}

    assert browser.get(URL, days).context["report"].total.items == 0
    assert browser.get(URL, {**days, "store": str(other_store.pk)}).status_code == 404


def test_a_manager_of_all_stores_sees_the_chain(
    store: Store, other_store: Store, signed_in: SignIn, sell: Sell, card: Client
) -> None:
    sell(card, date(2026, 2, 5), 700, at=other_store)
    browser = signed_in(factories.employee(Role.MANAGER, store, other_store))

    page = browser.get(URL, {"first": "2026-02-01", "last": "2026-02-28"})

    assert page.context["report"].total.items == 1


def test_the_page_keeps_its_number_of_queries(
    manager: Employee, signed_in: SignIn, sell: Sell, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(manager)
    for day in range(1, 4):
        sell(ClientFactory.create(), date(2026, 2, day), 100)
        with django_assert_max_num_queries(26):
            browser.get(URL, {"first": "2026-02-01", "last": "2026-02-28"})


def test_the_table_comes_as_a_workbook(manager: Employee, signed_in: SignIn) -> None:
    response = signed_in(manager).get(URL, {"export": 1})

    assert response["Content-Disposition"] == 'attachment; filename="returning.xlsx"'


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


def test_the_text_of_the_chain_is_a_pdf_too(boss: Employee, signed_in: SignIn, sell: Sell, card: Client) -> None:
    sell(card, date(2026, 3, 5), 700)

    answer = signed_in(boss).get("/returning/print/", {"first": "2026-03-01", "last": "2026-03-31"})

    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert printed.paragraphs(returning.returning_report(date(2001, 1, 1), date(2001, 1, 2)))


@pytest.mark.parametrize(
    ("asked", "against"),
    [
        ({}, 100),
        ({"against": "year"}, 2_000),
        ({"against": "own", "first2": "2024-05-01", "last2": "2024-05-31"}, 30_000),
        ({"against": "own", "first2": "2024-05-31", "last2": "2024-05-01"}, 100),
        ({"against": "own"}, 100),
        ({"against": "cats"}, 100),
    ],
)
def test_a_period_is_compared_with_the_one_that_is_asked(
    manager: Employee, signed_in: SignIn, sell: Sell, card: Client, asked: dict[str, str], against: int
) -> None:
    for day, price in ((date(2026, 1, 5), 100), (date(2025, 2, 5), 2_000), (date(2024, 5, 5), 30_000)):
        sell(card, day, price)

    page = signed_in(manager).get(URL, {"first": "2026-02-01", "last": "2026-02-28", **asked})

    assert page.context["before"].total.revenue == against


@pytest.mark.parametrize(("asked", "months"), [("", 13), ("25", 25), ("37", 37), ("38", 13), ("x", 13)])
def test_as_many_months_are_drawn_as_are_offered(manager: Employee, signed_in: SignIn, asked: str, months: int) -> None:
    page = signed_in(manager).get(URL, {"months": asked})

    assert (page.context["count"], len(page.context["months"])) == (months, months)


def test_the_workbook_has_the_rows_of_the_report(manager: Employee, signed_in: SignIn, sell: Sell, card: Client) -> None:
    sell(card, date(2026, 1, 5), 100)
    sell(card, date(2026, 2, 5), 700)
    sell(ClientFactory.create(), date(2026, 2, 6), 350)

    answer = signed_in(manager).get(URL, {"first": "2026-02-01", "last": "2026-02-28", "export": "1"})

    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(min_row=3, values_only=True))
    assert [row[1:] for row in rows] == [
        (1, 1, 0, 2), (1, 1, 0, 2), (700, 350, 0, 1_050), (700, 350, None, 525), (1, 1, None, 1), (50, 50, 0, 100),
        (66.67, 33.33, 0, 100), (100, None, None, None),
    ]  # fmt: skip
