"""Passport data on pages: masked, and opened by one's own store, for a reason that is logged."""

from cryptography.fernet import Fernet
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import Settings

from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import SignIn
from tests.workshop.conftest import DATA
from workshop import passports
from workshop.models import Passport, PassportView, ServiceRequest


def test_another_store_does_not_open_it(kept: Passport, other_store: Store, signed_in: SignIn) -> None:
    stranger = factories.employee(Role.SELLER, other_store)

    answer = signed_in(stranger).post(f"/service/{kept.request_id}/passport/", {"why": "любопытно"})

    assert (answer.status_code, PassportView.objects.count()) == (404, 0)


def test_pages_show_no_more_than_two_digits(kept: Passport, manager: Employee, signed_in: SignIn) -> None:
    browser = signed_in(manager)
    addresses = (f"/service/{kept.request_id}/", f"/clients/{kept.request.client_id}/", "/service/",
                 f"/clients/{kept.request.client_id}/everything/", f"/service/{kept.request_id}/ticket/")  # fmt: skip

    for address in addresses:
        told = browser.get(address).content
        assert not any(value.encode() in told for value in DATA.values()), address


def test_a_passport_is_masked_and_each_view_is_logged(
    at_desk: Browser, ticket: list[ServiceRequest], seller: Employee, manager: Employee, signed_in: SignIn
) -> None:
    passports.keep(ticket[0], {"full_name": "Иванова Елена", "number": "4510 123412"}, by=seller)
    page, whole = reverse("workshop:service", args=[ticket[0].pk]), reverse("workshop:open_passport", args=[ticket[0].pk])

    masked = at_desk.get(page).content.decode()
    assert "•••• ••12" in masked
    assert "123412" not in masked
    assert at_desk.post(whole, {"why": ""}).status_code == 422
    assert not PassportView.objects.exists()

    assert "4510 123412" in at_desk.post(whole, {"why": "сверка"}).content.decode()

    assert PassportView.objects.get().by == seller
    assert "сверка" in signed_in(manager).get(page).content.decode()
    assert "сверка" not in at_desk.get(page).content.decode()


def test_a_ticket_without_a_passport_has_none_to_open(ticket: list[ServiceRequest], at_desk: Browser) -> None:
    answer = at_desk.post(reverse("workshop:open_passport", args=[ticket[0].pk]), {"why": "сверка"})

    assert (answer.status_code, PassportView.objects.count()) == (404, 0)


def test_data_of_a_lost_key_are_told_of_and_not_shown(kept: Passport, at_desk: Browser, settings: Settings) -> None:
    settings.PASSPORT_KEYS = [Fernet.generate_key().decode()]

    answer = at_desk.post(reverse("workshop:open_passport", args=[kept.request_id]), {"why": "сверка"}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert (DATA["number"] in answer.content.decode(), PassportView.objects.count()) == (False, 0)
