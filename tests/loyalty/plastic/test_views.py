"""Plastic cards beside the client's card, and in the search box."""

import pytest
from django.test import Client as Browser

from clients.models import Client
from crm_site.pages import finding
from loyalty.models import LoyaltyCard
from loyalty.plastic import acts
from stores.models import Employee
from tests.conftest import SignIn
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY


@pytest.fixture
def browser(signed_in: SignIn, seller: Employee) -> Browser:
    return signed_in(seller)


def test_a_number_is_given_blocked_and_holds_again(browser: Browser, card: Client) -> None:
    page = browser.post(f"/clients/{card.pk}/plastic/", {"number": "0045 1230 9874"}, follow=True).content.decode()
    one = LoyaltyCard.objects.get()
    assert ("0045 1230 9874" in page, one.by) == (True, browser.get("/").wsgi_request.user)

    browser.post(f"/plastic/{one.pk}/block/", {"client": card.pk})
    one.refresh_from_db()
    assert one.status == "blocked"
    answer = browser.post(f"/plastic/{one.pk}/again/", {"client": card.pk})
    one.refresh_from_db()
    assert (one.status, answer["Location"]) == ("issued", f"/clients/{card.pk}/")


@pytest.mark.parametrize(("number", "said"), [("12", "цифр"), ("0045", "другого клиента")])
def test_what_is_refused_is_said(browser: Browser, card: Client, number: str, said: str) -> None:
    acts.give(ClientFactory.create().pk, "0045", on=DAY, by=None)

    page = browser.post(f"/clients/{card.pk}/plastic/", {"number": number}, follow=True).content.decode()

    assert (said in page, LoyaltyCard.objects.count()) == (True, 1)


def test_the_search_finds_the_client_by_it(card: Client) -> None:
    acts.give(card.pk, "004512309874", on=DAY, by=None)

    found = finding.search("0045 1230 9874")

    assert ([one.client for one in found.clients], found.way, found.is_certain) == ([card], finding.Last.PLASTIC, True)
    assert found.told == "По карте 004512309874 (действует):"
