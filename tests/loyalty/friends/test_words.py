"""Who brought a new client is asked while they are registered, where friends bring something."""

import pytest

from clients.models import Client
from loyalty import codes, selectors
from loyalty.models import Referral, ReferralTerms
from stores.models import Employee, Store
from tests.clients.views.test_cards import DETAILS
from tests.conftest import SignIn
from tests.factories import email_of, phone_of


@pytest.fixture
def _terms(store: Store) -> None:
    ReferralTerms.objects.create(since=store.today(), for_referrer=500, for_friend=300)


def test_it_is_asked_only_where_it_brings_something(signed_in: SignIn, seller: Employee) -> None:
    assert 'name="friend"' not in signed_in(seller).get("/clients/register/").content.decode()


@pytest.mark.usefixtures("_terms")
@pytest.mark.parametrize("way", ["code", "link", "phone", "none"])
def test_the_friend_is_written_down_with_the_card(signed_in: SignIn, seller: Employee, card: Client, way: str) -> None:
    browser, code = signed_in(seller), selectors.code_of_friend(card.pk)
    said = {
        "code": codes.shown(code).lower(),
        "link": f"https://crm.example.ru/friend/{code}/",
        "phone": phone_of(card),
        "none": "",
    }[way]
    assert 'name="friend"' in browser.get("/clients/register/").content.decode()

    answer = browser.post("/clients/register/", {**DETAILS, "friend": said})

    assert answer.status_code == 302
    assert [(one.referrer, one.by) for one in Referral.objects.all()] == ([(card, seller)] if said else [])


@pytest.mark.usefixtures("_terms")
def test_who_is_nobody_is_said_before_anything_is_saved(signed_in: SignIn, seller: Employee) -> None:
    answer = signed_in(seller).post("/clients/register/", {**DETAILS, "friend": "ABCDEFG"})

    assert (answer.status_code, Client.objects.exists()) == (422, False)
    assert "Проверьте набранное" in answer.content.decode()


@pytest.mark.usefixtures("_terms")
def test_one_of_the_same_household_is_registered_and_no_friend(signed_in: SignIn, seller: Employee, card: Client) -> None:
    said = {**DETAILS, "email": email_of(card), "friend": phone_of(card)}

    page = signed_in(seller).post("/clients/register/", said, follow=True).content.decode()

    assert ("друг — кто-то другой" in page, Client.objects.count(), Referral.objects.exists()) == (True, 2, False)
