"""Cards registered, completed and corrected; words of consent."""

from datetime import date

import pytest

from clients import services
from clients.models import CardState, Client, ContactConflict, Purpose
from clients.services import ContactDetails, PhoneTakenError
from stores.models import Employee, Store
from tests.factories import ClientFactory

ANNA = ContactDetails("Кузнецова", "Анна", "Петровна", date(1990, 5, 6), "+79241112233", "anna@example.ru")


def test_a_card_is_registered_with_its_consents_and_source(seller: Employee, store: Store) -> None:
    card = services.register(ANNA, by=seller, store=store, consents={"advertising_sms": True, "calls": False})

    assert (card.state, card.home_store, card.registered_by) == (CardState.COMPLETE, store, seller)
    assert list(card.consents.values_list("purpose", "given", "by")) == [("advertising_sms", True, seller.pk)]
    assert card.sources.get().origin == "counter"


def test_the_same_phone_again_makes_no_second_card(seller: Employee, store: Store) -> None:
    first = services.register(ANNA, by=seller, store=store, consents={})

    with pytest.raises(PhoneTakenError) as taken:
        services.register(ANNA._replace(first_name="Ольга"), by=seller, store=store, consents={})

    assert taken.value.holder == first
    assert Client.objects.count() == 1


def test_a_second_person_behind_a_phone_stays_incomplete(seller: Employee, store: Store, card: Client) -> None:
    second = services.register_behind(card, ANNA._replace(phone=card.phone), by=seller, store=store, consents={})

    assert (second.state, second.phone, second.reached_through) == (CardState.INCOMPLETE, None, card)


def test_completing_fills_gaps_and_overwrites_nothing(seller: Employee, store: Store) -> None:
    card = ClientFactory.create(state=CardState.INCOMPLETE, phone=None, email="old@example.ru", home_store=store)
    said = ContactDetails(card.last_name, "", "", card.birth_date, "+79241112233", "new@example.ru")

    done = services.complete_card(card, found=said, by=seller)

    assert (done.filled, done.differing) == (["phone"], ["email"])
    assert (card.phone, card.email, card.state) == ("+79241112233", "old@example.ru", CardState.COMPLETE)
    assert card.conflicts.get().offered == "new@example.ru"


def test_completing_with_a_phone_of_somebody_else_changes_nothing(seller: Employee, card: Client) -> None:
    other = ClientFactory.create(state=CardState.INCOMPLETE, phone=None)

    with pytest.raises(PhoneTakenError):
        services.complete_card(other, found=ContactDetails(phone=card.phone), by=seller)

    other.refresh_from_db()
    assert (other.phone, other.state) == (None, CardState.INCOMPLETE)


@pytest.mark.parametrize(("take", "email"), [(True, "new@example.ru"), (False, "old@example.ru")])
def test_a_conflict_is_settled_by_a_person(seller: Employee, store: Store, take: bool, email: str) -> None:
    card = ClientFactory.create(email="old@example.ru")
    services.complete_card(card, found=ContactDetails(email="new@example.ru"), by=seller)

    services.decide_conflict(card.conflicts.get(), take=take, by=seller)

    card.refresh_from_db()
    assert card.email == email
    assert not card.conflicts.filter(decision=ContactConflict.Decision.OPEN).exists()


def test_a_repeated_word_is_not_written_twice(seller: Employee, card: Client) -> None:
    for _time in range(2):
        services.record_consents(card, {Purpose.CALLS: True}, by=seller, where=None)
    services.record_consents(card, {Purpose.CALLS: False}, by=seller, where=None)

    assert list(card.consents.order_by("pk").values_list("given", flat=True)) == [True, False]
