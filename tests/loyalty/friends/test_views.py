"""Pages of friends."""

import pytest

from clients.models import Client
from loyalty.models import Referral, ReferralTerms
from stores.models import Employee, Store
from tests.conftest import SignIn
from tests.factories import ClientFactory, phone_of
from tests.loyalty.friends.test_forms import TYPED


@pytest.fixture
def _terms(store: Store) -> None:
    ReferralTerms.objects.create(since=store.today(), for_referrer=500, for_friend=300)


@pytest.mark.usefixtures("_terms")
def test_who_brought_a_new_client_is_asked_on_the_card(signed_in: SignIn, seller: Employee, card: Client) -> None:
    browser, friend = signed_in(seller), ClientFactory.create()
    assert 'data-key="f"' in browser.get(f"/clients/{friend.pk}/").content.decode()

    page = browser.post(f"/clients/{friend.pk}/friend/", {"referrer": phone_of(card)}, follow=True).content.decode()

    assert (Referral.objects.get().referrer, Referral.objects.get().by, 'data-key="f"' in page) == (card, seller, False)


@pytest.mark.parametrize("who", ["", "+79990000000"])
def test_nobody_is_said(signed_in: SignIn, seller: Employee, card: Client, who: str) -> None:
    page = signed_in(seller).post(f"/clients/{card.pk}/friend/", {"referrer": who}, follow=True).content.decode()

    assert ("Проверьте набранное" in page, Referral.objects.exists()) == (True, False)


def test_terms_are_whose_the_chain_says(signed_in: SignIn, admin: Employee, manager: Employee, other_store: Store) -> None:
    assert signed_in(manager).post("/friends/terms/", TYPED).status_code == 403
    assert not ReferralTerms.objects.exists()

    signed_in(admin).post("/friends/terms/", TYPED)
    assert (ReferralTerms.objects.get().for_referrer, ReferralTerms.objects.get().by) == (500, admin)
    assert signed_in(admin).post("/friends/terms/", {**TYPED, "for_friend": -1}).status_code == 422


@pytest.mark.usefixtures("_terms")
def test_the_list_says_who_brought_whom(signed_in: SignIn, manager: Employee, card: Client, store: Store) -> None:
    friend = ClientFactory.create(last_name="Орлова")
    Referral.objects.create(referrer=card, friend=friend, on=store.today())

    page = signed_in(manager).get("/friends/").content.decode()

    assert (str(friend) in page, str(card) in page, "ещё не покупал" in page) == (True, True, True)


def test_without_terms_the_card_says_nothing(signed_in: SignIn, seller: Employee, card: Client) -> None:
    assert 'id="friends"' not in signed_in(seller).get(f"/clients/{card.pk}/").content.decode()
