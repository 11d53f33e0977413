"""A store's shared device: by password once a day, then by name and PIN."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from stores import services
from stores.models import ChainRight, Employee, Pin, Role, Store
from stores.recognising import pins, shared
from tests import factories
from tests.conftest import Decided, SignIn
from tests.factories import PASSWORD


@pytest.fixture
def tablet(store: Store, seller: Employee) -> Browser:
    """A shared device on which the seller has signed in today and set a PIN."""
    browser = Browser()
    by_password(browser, seller)
    browser.post("/pin/share/")
    browser.post("/pin/", {"password": PASSWORD, "pin": "4071"})
    return browser


@pytest.fixture
def colleague(tablet: Browser, store: Store) -> Employee:
    """Another seller who signed in on it today, and is there now."""
    other = factories.employee(Role.SELLER, store)
    tablet.post("/switch/lock/")
    by_password(tablet, other)
    tablet.post("/pin/", {"password": PASSWORD, "pin": "5093"})
    return other


def by_password(browser: Browser, employee: Employee) -> None:
    answer = browser.post("/accounts/login/", {"login": employee.username, "password": PASSWORD})
    assert answer.status_code == 302


def who(browser: Browser) -> str | None:
    return browser.session.get("_auth_user_id")


def enter(browser: Browser, employee: Employee, pin: str, **more: Any) -> Any:
    return browser.post("/switch/", {"who": employee.pk, "pin": pin, **more})


def test_one_switches_by_name_and_pin_and_is_oneself(tablet: Browser, seller: Employee, colleague: Employee) -> None:
    assert [one.pk for one in tablet.get("/switch/").context["people"]] == [seller.pk, colleague.pk]

    answer = enter(tablet, seller, "4071", next="/receipts/")

    assert (answer.status_code, answer["Location"], who(tablet)) == (302, "/receipts/", str(seller.pk))


def test_a_wrong_pin_leaves_who_is_there_and_says_so(tablet: Browser, seller: Employee, colleague: Employee) -> None:
    answers = [enter(tablet, seller, "9999") for _try in range(4)]

    assert ([answer.status_code for answer in answers], who(tablet)) == ([422] * 4, str(colleague.pk))
    assert answers[0].context["words"] != answers[3].context["words"]
    assert tablet.post("/switch/", {"pin": "4071"}).status_code == 422


def test_elsewhere_it_opens_nothing(tablet: Browser, seller: Employee) -> None:
    stranger = Browser()

    answer = enter(stranger, seller, "4071", next="/receipts/")

    assert (answer.status_code, answer["Location"], who(stranger)) == (302, "/accounts/login/?next=%2Freceipts%2F", None)
    assert stranger.get("/switch/?next=https://evil.example/")["Location"] == "/accounts/login/?next=%2F"


@pytest.mark.parametrize("ended", ["dismissed", "everywhere", "password", "another pin", "other store", "own device"])
def test_what_ends_sessions_ends_the_pin(tablet: Browser, seller: Employee, colleague: Employee, ended: str) -> None:
    if ended == "dismissed":
        services.dismiss(seller)
    elif ended == "everywhere":
        own = Browser()
        by_password(own, seller)
        own.post("/accounts/sessions/")
    elif ended == "password":
        seller.set_password("another-long-password")
        seller.save()
    elif ended == "another pin":
        pins.give(seller, "4072")
    elif ended == "other store":
        seller.stores.clear()
    else:
        tablet.post("/pin/share/", {"own": "1"})

    enter(tablet, seller, "4071")

    assert who(tablet) == str(colleague.pk)


def test_the_day_after_one_signs_in_by_password_again(tablet: Browser, seller: Employee, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = Store.objects.get().today() + timedelta(days=1)
    monkeypatch.setattr(Store, "today", lambda _store, _now=None: tomorrow)

    assert tablet.get("/switch/")["Location"].startswith("/accounts/login/")


def test_by_pin_one_has_no_permission_of_the_chain(tablet: Browser, seller: Employee, colleague: Employee) -> None:
    Employee.objects.filter(pk=seller.pk).update(rights={ChainRight.EXPORTS.value: True})
    by_pin, by_word = tablet, Browser()
    by_password(by_word, seller)
    enter(by_pin, seller, "4071")

    assert (by_word.get("/exports/").status_code, by_pin.get("/exports/").status_code) == (200, 403)


def test_a_manager_is_offered_none(manager: Employee, signed_in: SignIn) -> None:
    browser = signed_in(manager)

    browser.post("/pin/", {"password": PASSWORD, "pin": "4071"})

    assert (browser.get("/pin/").context["is_offered"], Pin.objects.exists()) == (False, False)


@pytest.mark.parametrize(
    ("password", "pin", "wrong"), [("no", "4071", "password"), (PASSWORD, "1234", "pin"), (PASSWORD, "40a", "pin")]
)
def test_a_pin_takes_the_password_and_is_not_the_first_that_one_tries(
    seller: Employee, signed_in: SignIn, password: str, pin: str, wrong: str
) -> None:
    answer = signed_in(seller).post("/pin/", {"password": password, "pin": pin})

    assert (answer.status_code, [*answer.context["form"].errors], Pin.objects.exists()) == (422, [wrong], False)


def test_one_may_do_without(tablet: Browser) -> None:
    tablet.post("/pin/take-away/")

    assert not Pin.objects.exists()


def test_a_shared_device_asks_who_is_there_when_nobody_acts(tablet: Browser, seller: Employee, colleague: Employee) -> None:
    session = tablet.session
    session["seen"] = timezone.now().timestamp() - 10 * 60
    session.save()

    answer = tablet.get("/receipts/")

    assert (answer.status_code, answer["Location"], who(tablet)) == (302, "/switch/?next=/receipts/", None)


def test_what_a_page_still_asks_when_its_person_has_left_leads_to_the_same_question(tablet: Browser, colleague: Employee) -> None:
    tablet.post("/switch/lock/", {"next": "/clients/register/"})

    late = tablet.post("/clients/meant/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/clients/register/")

    assert late["HX-Redirect"] == "/switch/?next=/clients/register/"


def test_switched_off_by_the_chain_a_session_by_pin_ends(
    tablet: Browser, seller: Employee, colleague: Employee, decided: Decided
) -> None:
    enter(tablet, seller, "4071")
    decided(pins_on=False)

    assert tablet.get("/receipts/").status_code == 302
    assert who(tablet) is None


def test_the_cookie_of_a_device_is_nobodys_to_write(client: Browser, seller: Employee) -> None:
    client.cookies[shared.COOKIE] = "forged"

    assert client.get("/switch/")["Location"].startswith("/accounts/login/")
