"""A session that nobody uses ends; who may do much proves who they are in two ways."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from django.contrib.messages import get_messages
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stores import services
from stores.entrance import guarding
from stores.models import Employee
from tests.conftest import Decided, SignIn
from tests.factories import PASSWORD
from tests.present import present

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def enforced(decided: Decided) -> None:
    decided(
        second_factor_roles=(
            "admin",
            "manager",
        )
    )


def idle(browser: Browser, minutes: int) -> None:
    session = browser.session
    session[guarding.SEEN] = (timezone.now() - timedelta(minutes=minutes)).timestamp()
    session.save()


@pytest.mark.parametrize(("minutes", "stays"), [(59, True), (61, False)])
def test_a_session_ends_when_nobody_acts(admin: Employee, signed_in: SignIn, minutes: int, stays: bool) -> None:
    browser = signed_in(admin)
    idle(browser, minutes)

    answer = browser.get("/sales/?first=2026-01-01")

    assert (answer.status_code == 200) == stays
    assert stays or answer["Location"] == "/accounts/login/?next=/sales/%3Ffirst%3D2026-01-01"
    assert (browser.get("/sales/").status_code == 200) == stays


def test_a_seller_has_longer_and_an_act_begins_it_anew(seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)
    for _time in range(2):
        idle(browser, 200)
        assert browser.get("/sales/").status_code == 200

    assert timezone.now().timestamp() - browser.session[guarding.SEEN] < 10


def test_a_page_after_another_writes_no_session(
    seller: Employee, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(seller)
    browser.get("/accounts/password/change/")

    with django_assert_max_num_queries(30) as asked:
        browser.get("/accounts/password/change/")

    assert [query for query in asked if "UPDATE" in query["sql"]] == []


def test_in_the_days_of_grace_a_page_says_so_and_afterwards_leads_there(
    manager: Employee, signed_in: SignIn, enforced: None
) -> None:
    browser = signed_in(manager)
    assert "вход в два этапа" in browser.get("/sales/").content.decode()
    manager.refresh_from_db()
    assert timedelta(days=6) < present(manager.second_factor_due) - timezone.now() < timedelta(days=7)

    Employee.objects.update(second_factor_due=timezone.now())

    answer = browser.get("/sales/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/")
    assert browser.post("/sell/").status_code == 302
    assert browser.get("/accounts/2fa/").status_code == 200
    assert list(get_messages(answer.wsgi_request)) != []


def test_a_seller_needs_none(seller: Employee, signed_in: SignIn, enforced: None) -> None:
    Employee.objects.update(second_factor_due=timezone.now())

    assert signed_in(seller).get("/sales/").status_code == 200


def test_who_has_one_is_asked_for_it_once_a_session(
    admin: Employee, signed_in: SignIn, enforced: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    TOTP.activate(admin, SECRET)
    Employee.objects.update(second_factor_due=timezone.now())
    browser = signed_in(admin)
    assert browser.get("/sales/").status_code == 200

    with django_assert_max_num_queries(30) as asked:
        browser.get("/sales/")

    assert [query for query in asked if query["sql"].partition(" FROM ")[2].startswith('"mfa_authenticator"')] == []


def test_a_password_alone_does_not_let_in_who_has_one(admin: Employee, client: Browser) -> None:
    TOTP.activate(admin, SECRET)
    client.post("/accounts/login/", {"login": admin.username, "password": PASSWORD})
    assert client.get("/sales/").status_code == 302

    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.get("/sales/").status_code == 302
    code = next(f"{hotp_value(SECRET, counter):06d}" for counter in yield_hotp_counters_from_time())
    client.post("/accounts/2fa/authenticate/", {"code": code})

    assert client.get("/sales/").status_code == 200


def test_who_lost_the_phone_gets_in_for_a_day_and_is_signed_out_everywhere(
    admin: Employee, manager: Employee, signed_in: SignIn, enforced: None
) -> None:
    TOTP.activate(manager, SECRET)
    former = signed_in(manager)

    signed_in(admin).post("/backoffice/stores/employee/", {"action": "forget_second_factor", "_selected_action": [manager.pk]})

    assert (Authenticator.objects.count(), former.get("/sales/").status_code) == (0, 302)
    manager.refresh_from_db()
    assert timezone.now() < present(manager.second_factor_due) <= timezone.now() + services.A_DAY
    assert signed_in(manager).get("/sales/").status_code == 200
