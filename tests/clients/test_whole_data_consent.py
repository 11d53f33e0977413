"""Who was never asked for the consent to their data is asked at the next contact, once."""

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from clients import quality, selectors, services
from clients.models import Client, Consent
from stores.models import Employee, Store
from tests.conftest import SignIn
from tests.factories import ClientFactory

QUESTION = "data-ask-data"


@pytest.fixture
def counter(seller: Employee, signed_in: SignIn) -> Browser:
    return signed_in(seller)


@pytest.mark.parametrize("address", ["/clients/{pk}/", "/sales/new/?client={pk}", "/service/new/?client={pk}"])
def test_each_contact_asks_until_there_is_a_word(counter: Browser, card: Client, seller: Employee, address: str) -> None:
    before = counter.get(address.format(pk=card.pk)).content.decode()

    services.answer_about_data(card, agrees=True, by=seller, where=None)

    assert (QUESTION in before, QUESTION in counter.get(address.format(pk=card.pk)).content.decode()) == (True, False)


@pytest.mark.parametrize(("said", "given"), [("1", True), ("0", False)])
def test_one_key_answers_with_who_asked_where_and_the_words(
    counter: Browser, card: Client, seller: Employee, store: Store, said: str, given: bool
) -> None:
    answer = counter.post(f"/clients/{card.pk}/about-data/", {"agrees": said})

    word = card.consents.select_related("text_version").get()
    assert (answer.status_code, word.purpose, word.given, word.by, word.where) == (200, "personal_data", given, seller, store)
    assert word.text_version is not None


def test_no_answer_is_no_word(counter: Browser, card: Client) -> None:
    assert counter.post(f"/clients/{card.pk}/about-data/", {"agrees": "2"}).status_code == 400
    assert not Consent.objects.exists()


def test_a_second_answer_adds_nothing(card: Client, seller: Employee) -> None:
    services.answer_about_data(card, agrees=True, by=seller, where=None)

    services.answer_about_data(card, agrees=False, by=seller, where=None)

    assert card.consents.get().given is True


def test_cards_that_were_never_asked_are_counted_and_open(card: Client, store: Store, seller: Employee) -> None:
    assert [line.no_data for line in quality.by_store([store])] == [1]
    assert list(quality.cards_behind("no_data", [store], store=store.pk, seller=None)) == [card]

    services.answer_about_data(card, agrees=True, by=seller, where=store)

    assert [line.no_data for line in quality.by_store([store])] == [0]


def test_the_desk_shows_what_is_known_of_a_client(counter: Browser, card: Client) -> None:
    page = counter.get(f"/service/new/?client={card.pk}").content.decode()

    assert all(str(known) in page for known in (card, card.phone_shown, card.email, "03.07.1985"))


def test_a_card_without_the_consent_is_not_whole_and_is_to_be_completed(card: Client, store: Store, seller: Employee) -> None:
    def told() -> tuple[int, int, list[str]]:
        lacking = [client.missing_shown for client in selectors.to_complete([store])]
        return quality.by_store([store])[0].lacking, selectors.completeness([store]).incomplete, lacking

    unasked = told()
    services.answer_about_data(card, agrees=True, by=seller, where=store)
    agreed = told()
    services.record_consents(card, {"personal_data": False}, by=seller, where=store)

    assert unasked == (1, 1, ["согласие на обработку персональных данных"])
    assert (agreed, told()) == ((0, 0, []), (1, 1, ["согласие на обработку персональных данных: отозвано"]))


@pytest.mark.parametrize("cards", [1, 3])
def test_what_cards_lack_takes_as_many_queries_for_any_number(
    counter: Browser, store: Store, cards: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ClientFactory.create_batch(cards, home_store=store)
    counter.get("/clients/to-complete/")

    with django_assert_max_num_queries(10):
        page = counter.get("/clients/to-complete/")
    assert page.context["page"].paginator.count == cards
