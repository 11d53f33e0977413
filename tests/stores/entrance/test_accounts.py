"""Signing in: nobody makes an account for themselves, and a device remembers who passed."""

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client as Browser
from django.test import RequestFactory
from pytest_django import Settings

from stores.entrance.accounts import ClosedAccountAdapter, SecondFactorAdapter
from stores.models import Employee, Role, Store
from stores.recognising import devices
from tests.conftest import Decided
from tests.factories import PASSWORD, employee


def test_nobody_signs_up(rf: RequestFactory) -> None:
    adapter = get_adapter(rf.get("/"))

    assert isinstance(adapter, ClosedAccountAdapter)
    assert adapter.is_open_for_signup(rf.get("/")) is False


def test_allauth_counts_the_address_that_we_read(rf: RequestFactory, settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9")

    assert get_adapter(request).get_client_ip(request) == "203.0.113.9"


def test_who_has_signed_in_is_known_on_this_device(client: Browser, seller: Employee) -> None:
    client.post("/accounts/login/", {"login": seller.username.upper(), "password": PASSWORD})

    assert devices.known(client.get("/").wsgi_request, seller.username) != ""


def test_who_has_not_is_not(client: Browser, seller: Employee) -> None:
    client.post("/accounts/login/", {"login": seller.username, "password": "wrong"})

    assert devices.COOKIE not in client.cookies


@pytest.mark.parametrize(("role", "may"), [(Role.SELLER, True), (Role.ADMIN, False)])
def test_a_second_factor_that_the_role_needs_is_not_given_up(store: Store, role: Role, may: bool, decided: Decided) -> None:
    decided(second_factor_roles=("admin",))
    one = employee(role, store)
    kept = Authenticator.objects.create(user=one, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=one, type=Authenticator.Type.RECOVERY_CODES, data={})

    assert SecondFactorAdapter().can_delete_authenticator(kept) == may
    Authenticator.objects.create(user=one, type=Authenticator.Type.WEBAUTHN, data={})
    assert SecondFactorAdapter().can_delete_authenticator(kept)


def test_a_person_sees_where_they_are_signed_in_and_signs_out_everywhere_else(seller: Employee) -> None:
    here, there = Browser(), Browser(headers={"user-agent": "Планшет"})
    for browser in (here, there):
        browser.post("/accounts/login/", {"login": seller.username, "password": PASSWORD})
    assert "Планшет" in here.get("/accounts/sessions/").content.decode()

    here.post("/accounts/sessions/")

    assert (here.get("/sales/").status_code, there.get("/sales/").status_code) == (200, 302)
