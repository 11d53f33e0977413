from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crm_site.pages.oversight import oversight
from messaging.models import Message
from stores.deciding import ruling
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory, StoreFactory


@pytest.fixture
def founder(db: None) -> Employee:
    return factories.employee(Role.ADMIN)


def trial(gateway: str, state: str = "sent") -> None:
    now = timezone.now()
    Message.objects.create(
        occasion_key=f"test:{gateway}:{state}", source="test", recipient="+79147012233", text="Carat", state=state,
        gateway=gateway, send_after=now, expires_at=now + timedelta(hours=1),
    )  # fmt: skip


def done(admin: Employee) -> list[bool]:
    found = oversight(admin, begins=True)["beginning"]
    return [step.is_done for step in found.steps] if found else []


def test_an_empty_base_begins_with_its_name_and_a_store(founder: Employee, signed_in: SignIn) -> None:
    page = signed_in(founder).get("/")

    assert done(founder) == [False] * 6
    assert page.context["beginning"].next.url == reverse("stores:settings_group", args=["chain"])
    assert page.content.decode().split('id="beginning"')[1].count("btn-primary") == 1


def test_each_step_is_done_by_what_is_in_the_base(founder: Employee, store: Store) -> None:
    factories.employee(Role.SELLER, store)
    ClientFactory.create(home_store=store)

    ruling.decide({"chain_name": "Агат"}, by=founder)

    assert done(founder) == [True, True, True, False, True, False]


@pytest.mark.parametrize(
    ("gateway", "state", "is_done"),
    [("file", "sent", False), ("smsc", "failed", False), ("smsc", "sent", True), ("kannel", "delivered", True)],
)
def test_sms_work_once_a_real_gateway_took_one(founder: Employee, gateway: str, state: str, is_done: bool) -> None:
    trial(gateway, state)

    assert done(founder)[3] == is_done


def test_a_chain_that_sells_reads_nothing_of_it(founder: Employee, signed_in: SignIn, store: Store, sell: Sell) -> None:
    trial("smsc")
    sell(ClientFactory.create(home_store=store), date(2026, 5, 5), 100)

    page = signed_in(founder).get("/")

    assert page.context["beginning"] is None
    assert 'id="beginning"' not in page.content.decode()


def test_steps_are_one_query(founder: Employee, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _rows in (1, 3):
        factories.employee(Role.SELLER, StoreFactory.create())
        ClientFactory.create()
        with django_assert_num_queries(1):
            oversight(founder, begins=True)


def test_an_admin_puts_it_away(founder: Employee, signed_in: SignIn) -> None:
    browser = signed_in(founder)

    browser.post(reverse("pages:put_beginning_away"))

    assert browser.get("/").context["beginning"] is None


def test_nobody_else_sees_or_moves_it(seller: Employee, manager: Employee, signed_in: SignIn) -> None:
    for one in (seller, manager):
        browser = signed_in(one)
        assert 'id="beginning"' not in browser.get("/").content.decode()
        assert browser.post(reverse("pages:put_beginning_away")).status_code == 403


@pytest.mark.parametrize("address", ["/sales/new/", "/service/new/", "/clients/register/"])
@pytest.mark.parametrize("role", Role)
def test_who_has_no_store_reads_what_to_do(founder: Employee, signed_in: SignIn, address: str, role: Role) -> None:
    page = signed_in(founder if role == Role.ADMIN else factories.employee(role)).get(address)

    words = page.content.decode()
    assert page.status_code == 403
    assert (reverse("stores:new_store") in words) == (role == Role.ADMIN)
    assert (f": {founder}" in words) == (role != Role.ADMIN)


@pytest.mark.parametrize("role", [Role.SELLER, Role.MANAGER])
def test_the_first_page_names_whom_to_ask(founder: Employee, signed_in: SignIn, role: Role) -> None:
    page = signed_in(factories.employee(role)).get("/")

    assert f": {founder}" in page.content.decode()
