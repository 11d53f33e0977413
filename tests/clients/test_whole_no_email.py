"""Who has no e-mail, or keeps it to themselves: asked once, with who asked; the card stays incomplete."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.utils import timezone

from clients import quality, rights, services
from clients.models import CardState, Client
from clients.sameness import merging
from clients.services import ContactDetails
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import SignIn
from tests.factories import ClientFactory

KIM = ContactDetails("Ким", "Анна", "", date(1990, 5, 6), "+79241112233")
TYPED = {
    "last_name": "Ким", "first_name": "Анна", "birth_date": "06.05.1990", "phone": "8 924 111-22-33", "consent_personal_data": "on"
}  # fmt: skip


@pytest.fixture
def without(seller: Employee, store: Store) -> Client:
    return services.register(KIM, by=seller, store=store, consents={}, no_email="none")


@pytest.fixture
def browser(seller: Employee, signed_in: SignIn) -> Browser:
    return signed_in(seller)


def test_the_card_stays_incomplete_and_says_why_and_who_asked(without: Client, seller: Employee) -> None:
    assert (without.state, without.no_email, without.no_email_by) == (CardState.INCOMPLETE, "none", seller)
    assert (without.missing, without.to_ask) == (["email"], [])
    assert list(Client.objects.without_email()) == [without]


@pytest.mark.parametrize(
    "wrong",
    [{"no_email": "none"}, {"no_email": "lazy", "no_email_at": timezone.now()}, {"no_email_at": timezone.now()}],
)
def test_the_database_refuses_a_reason_without_its_day_and_another_word(db: None, wrong: dict[str, str]) -> None:
    card = ClientFactory.create(state=CardState.INCOMPLETE, email=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.filter(pk=card.pk).update(**wrong)

    card.refresh_from_db()
    assert (card.no_email, card.no_email_at) == ("", None)


def test_the_database_refuses_an_e_mail_beside_a_reason_to_have_none(without: Client) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.filter(pk=without.pk).update(email="kim@example.ru")

    without.refresh_from_db()
    assert (without.email, without.no_email) == (None, "none")


def test_an_e_mail_given_later_makes_the_card_complete(without: Client, seller: Employee) -> None:
    services.complete_card(without, found=ContactDetails(email="kim@example.ru"), by=seller)

    assert (without.state, without.no_email, without.no_email_at) == (CardState.COMPLETE, "", None)


@pytest.mark.parametrize("lacking", [{"first_name": "А."}, {"birth_date": None}, {"phone": None}])
def test_a_card_that_lacks_more_is_not_among_them(without: Client, lacking: dict[str, None]) -> None:
    Client.objects.filter(pk=without.pk).update(**lacking)

    assert not Client.objects.without_email().exists()


def test_the_form_asks_for_the_e_mail_or_the_reason(browser: Browser) -> None:
    refused = browser.post("/clients/register/", TYPED)

    assert (refused.status_code, list(refused.context["form"].errors), Client.objects.count()) == (422, ["email"], 0)

    browser.post("/clients/register/", {**TYPED, "no_email": "declined"})

    assert Client.objects.get().no_email == "declined"


def test_an_e_mail_says_more_than_a_reason(browser: Browser) -> None:
    browser.post("/clients/register/", {**TYPED, "email": "kim@example.ru", "no_email": "declined"})

    assert Client.objects.values_list("state", "no_email").get() == ("complete", "")


def test_the_answer_at_completing_is_kept_and_not_asked_again(browser: Browser, store: Store) -> None:
    card = ClientFactory.create(state=CardState.INCOMPLETE, email=None, home_store=store)
    asked = browser.get(f"/clients/{card.pk}/").content.decode()

    browser.post(f"/clients/{card.pk}/complete/", {"no_email": "none"})

    told = browser.get(f"/clients/{card.pk}/").content.decode()
    assert ('id="lacks"' in asked, 'id="lacks"' in told, 'name="email"' in told) == (True, False, True)


def test_who_takes_the_proposal_keeps_the_answer(browser: Browser, store: Store) -> None:
    card = ClientFactory.create(state=CardState.INCOMPLETE, email=None, home_store=store)

    browser.post(f"/clients/{card.pk}/same-person/", {"no_email": "none"})

    card.refresh_from_db()
    assert card.no_email == "none"


def test_a_second_person_behind_a_phone_can_have_none(seller: Employee, store: Store, card: Client) -> None:
    second = services.register_behind(card, KIM, by=seller, store=store, consents={}, no_email="none")

    assert (second.no_email, second.missing) == ("none", ["phone", "email"])


def test_the_answers_are_counted_by_store_and_by_who_asked(without: Client, store: Store) -> None:
    other = factories.employee(Role.SELLER, store)
    lacking = ClientFactory.create(state=CardState.INCOMPLETE, email=None, home_store=store)
    services.complete_card(lacking, found=ContactDetails(), by=other, no_email="declined")

    assert [line.no_email for line in quality.by_store([store])] == [2]
    assert {line.key: (line.cards, line.no_email) for line in quality.by_seller([store])} == {
        without.registered_by_id: (1, 1), other.pk: (0, 1)
    }  # fmt: skip
    assert list(quality.cards_behind("no_email", [store], store=None, seller=other.pk)) == [lacking]


def test_a_merge_takes_the_answer_over_and_its_undo_gives_it_back(without: Client, seller: Employee, store: Store) -> None:
    never_asked = ClientFactory.create(state=CardState.INCOMPLETE, email=None, home_store=store)
    made = merging.merge(never_asked, without, chosen={}, by=seller)
    never_asked.refresh_from_db()

    merging.undo(made, by=seller)

    assert never_asked.no_email == "none"
    never_asked.refresh_from_db()
    without.refresh_from_db()
    assert (never_asked.no_email, without.no_email) == ("", "none")


def test_a_merge_with_a_card_that_has_an_e_mail_forgets_the_answer_until_undone(
    without: Client, seller: Employee, card: Client
) -> None:
    made = merging.merge(without, card, chosen={}, by=seller)
    without.refresh_from_db()
    joined = (without.email, without.no_email)

    merging.undo(made, by=seller)

    assert joined == (card.email, "")
    without.refresh_from_db()
    assert (without.email, without.no_email, without.no_email_by) == (None, "none", seller)


def test_an_erasure_takes_the_answer_too(without: Client) -> None:
    rights.erase(without, basis="просьба", by=None)

    without.refresh_from_db()
    assert (without.no_email, without.no_email_by, set(without.history.values_list("no_email", flat=True))) == ("", None, {""})
