"""Pages of single figures: lists of clients to act on, the desk, and progress that only its store may see."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from analytics.figures.periods import Period
from analytics.models import Snapshot
from clients.models import Purpose
from clients.services import record_consents
from stores.models import Employee, Role, Store
from tests import factories
from tests.analytics.conftest import Histories
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory
from workshop.models import ServiceRequest

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def test_the_progress_of_a_foreign_figure_is_not_there(store: Store, other_store: Store, signed_in: SignIn) -> None:
    one = Snapshot.objects.create(figure="people", scope=other_store.pk, first=MARCH.first, last=MARCH.last)
    chain = Snapshot.objects.create(figure="people", scope=0, first=MARCH.first, last=MARCH.last)
    browser = signed_in(factories.employee(Role.MANAGER, store))

    assert [browser.get(f"/figures/{pending.pk}/progress/").status_code for pending in (one, chain)] == [404, 404]


def test_the_list_of_the_silent_keeps_its_number_of_queries_and_exports(
    boss: Employee, signed_in: SignIn, histories: Histories, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    histories(60)
    browser = signed_in(boss)
    with django_assert_max_num_queries(9):
        page = browser.get("/silent/all/")

    book = load_workbook(BytesIO(browser.get("/silent/all/", {"export": 1}).content), read_only=True)

    assert len(list(book.worksheets[0].rows)) == page.context["page"].paginator.count + 1


def test_the_page_shows_the_desk_and_gives_a_workbook(
    manager: Employee, signed_in: SignIn, desk_history: Callable[[int, int], None]
) -> None:
    desk_history(60, 5)
    browser, address = signed_in(manager), reverse("analytics:desk")

    shown = browser.get(address, {"first": "2025-07-01", "last": "2026-06-30"})
    ServiceRequest.objects.all().delete()
    empty = browser.get(address, {"first": "2025-07-01", "last": "2026-06-30"})

    assert shown.context["data"]["kept_word"]["total"]["handed_out"] > 0
    assert empty.context["data"]["kept_word"]["total"]["handed_out"] == 0
    assert browser.get(address, {"export": 1}).status_code == 200


def test_the_page_of_the_desk_is_not_for_sellers(seller: Employee, signed_in: SignIn) -> None:
    assert signed_in(seller).get(reverse("analytics:desk")).status_code == 403


def test_a_list_that_there_is_not_is_not_found(boss: Employee, signed_in: SignIn) -> None:
    browser = signed_in(boss)

    shown = {
        show: browser.get(f"/silent/{show}/").status_code for show in ("call", "regulars", "once", "all", "expected", "cats")
    }
    assert shown == {"call": 200, "regulars": 200, "once": 200, "all": 200, "expected": 200, "cats": 404}


def test_a_list_to_call_holds_only_whom_one_may_call(boss: Employee, signed_in: SignIn, sell: Sell, store: Store) -> None:
    agreed, declined = ClientFactory.create(home_store=store), ClientFactory.create(home_store=store)
    record_consents(agreed, {Purpose.CALLS: True}, by=None, where=None)
    for client in (agreed, declined):
        for days in (500, 490, 480):
            sell(client, store.today() - timedelta(days=days), 1_000)
    browser = signed_in(boss)

    listed = {show: list(browser.get(f"/silent/{show}/").context["page"]) for show in ("call", "regulars")}

    assert (listed["call"], len(listed["regulars"])) == ([agreed], 2)


def test_holidays_stand_with_their_names(signed_in: SignIn, manager: Employee) -> None:
    page = signed_in(manager).get("/holidays/?first=2025-06-01&last=2026-05-31")

    names = [row["name"].replace("\xa0", " ") for row in page.context["rows"]]
    assert names == ["8 Марта 2026", "23 февраля 2026", "14 февраля 2026", "Новый год 2025"]
