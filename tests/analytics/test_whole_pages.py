"""The pages of figures: what they show, whose, in how many queries, as a workbook, and on the first day of a new store."""

from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from analytics import snapshots
from stores.models import Employee, Role, Store
from tests import factories
from tests.analytics.conftest import Histories
from tests.conftest import SignIn

STANDING = ["/coming-back/", "/silent/", "/worth/", "/people/", "/returning/detail/"]

PAGES = ["/", *STANDING, "/returning/", "/silent/regulars/", "/silent/expected/", "/money/", "/money/expenses/", "/money/visitors/",
         "/money/calculators/", "/ask/", "/ask/?w0=silent&g0=0&p0_days=0", "/figures/help/"]  # fmt: skip


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


def test_a_page_from_a_snapshot_keeps_to_ten_queries_and_reads_no_raw_rows(
    boss: Employee, signed_in: SignIn, histories: Histories, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    histories(20)
    snapshots.recompute_all(timezone.localdate())
    browser = signed_in(boss)

    for address in (*STANDING, "/returning/", "/money/"):
        browser.get(address)
        with django_assert_max_num_queries(10, info=address) as queries:
            browser.get(address)
        assert not [(address, query) for query in queries.captured_queries if "purchases_piece" in query["sql"]]


def test_every_figure_comes_as_a_workbook(boss: Employee, signed_in: SignIn, histories: Histories) -> None:
    histories(30)
    browser = signed_in(boss)

    books = {address: load_workbook(BytesIO(browser.get(address, {"export": 1}).content), read_only=True) for address in STANDING}

    assert [address for address, book in books.items() if len(list(book.worksheets[0].rows)) <= 5] == []


@pytest.mark.parametrize("address", [*STANDING, "/money/", "/ask/", "/silent/regulars/"])
def test_a_manager_of_one_store_sees_that_store_alone(address: str, store: Store, other_store: Store, signed_in: SignIn) -> None:
    browser = signed_in(factories.employee(Role.MANAGER, store))

    assert browser.get(address).context["store"] == store
    assert browser.get(address, {"store": other_store.pk}).status_code == 404


def test_a_list_too_large_for_a_workbook_says_what_to_do(
    boss: Employee, signed_in: SignIn, histories: Histories, monkeypatch: pytest.MonkeyPatch
) -> None:
    histories(20)
    monkeypatch.setattr("imports.exports.MOST_ROWS", 2)

    for address in ("/ask/?w0=visits&g0=0&p0_least=1&p0_most=99&export=1", "/silent/all/?export=1"):
        answer = signed_in(boss).get(address)
        assert answer["Content-Type"].startswith("text/html")
        assert len(list(get_messages(answer.wsgi_request))) == 1, address
