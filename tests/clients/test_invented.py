"""Contacts that were typed to have typed something are found with why, on whose cards and by whom; a manager settles each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clients import invented, proving
from clients.invented import Seller, Suspects
from clients.models import CardState, Client, ContactBeside, ContactConflict
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import SignIn
from tests.factories import ClientFactory, phone_of

NOW = timezone.now()


def found(store: Store) -> list[tuple[str, str, int]]:
    return [(row.value, row.reason, row.cards) for row in Suspects([store])[0:50]]


def cards(store: Store, *emails: str, by: Employee | None = None) -> list[Client]:
    """Cards with these e-mails, whatever they are: lists and former rules let in more than a form does."""
    made = ClientFactory.create_batch(len(emails), home_store=store, registered_by=by)
    for card, email in zip(made, emails, strict=True):
        Client.objects.filter(pk=card.pk).update(email=email)
    return made


@pytest.mark.parametrize(
    ("email", "is_invented"),
    [
        ("1@1.ru", True), ("net@net.ru", True), ("qwerty@qwerty.com", True), ("нет@почта.рф", True), ("noemail@bk.ru", True),
        ("x@mail.ru", False), ("123@mail.ru", False), ("net@mail.ru", False), ("mail@masha.ru", True), ("anna@annagold.ru", False),
    ],
)  # fmt: skip
def test_an_address_that_says_that_there_is_none(store: Store, email: str, is_invented: bool) -> None:
    cards(store, email)

    assert found(store) == ([(email, "looks", 1)] if is_invented else [])


def test_one_address_on_three_cards_is_told_with_them_and_who_typed_it(
    store: Store, other_store: Store, seller: Employee
) -> None:
    mine = cards(store, *["ofis@luxe.ru"] * 3, "pair@mail.ru", "pair@mail.ru", by=seller)[:3]
    cards(other_store, "ofis@luxe.ru")

    row = Suspects([store])[0:50][0]

    assert (row.value, row.reason, row.cards, row.more) == ("ofis@luxe.ru", "many", 3, 0)
    assert (row.clients, row.sellers) == (mine[::-1], [Seller(seller.short_name, 3)])
    assert Suspects([store]).count() == 1


def test_a_contact_of_our_own_on_the_card_of_somebody_else(store: Store, seller: Employee) -> None:
    Store.objects.filter(pk=store.pk).update(phone="+74232000000")
    Employee.objects.filter(pk=seller.pk).update(email="Seller@Carat.ru")
    own = ClientFactory.create(home_store=store, last_name=seller.last_name, first_name=seller.first_name)
    assert own.email
    cards(store, own.email, "seller@carat.ru")
    client = ClientFactory.create(home_store=store)
    ContactBeside.objects.create(client=client, kind="phone", value="+74232000000", by=seller, at=NOW)
    ContactConflict.objects.create(client=client, field="phone", offered=phone_of(own), origin="counter", by=seller, at=NOW)

    assert sorted(found(store)) == sorted(
        [(own.email, "own", 2), ("seller@carat.ru", "own", 1), ("+74232000000", "own", 1), (phone_of(own), "own", 2)]
    )


def test_one_phone_typed_by_one_seller_again_and_again(store: Store, seller: Employee, card: Client) -> None:
    another = factories.employee(Role.SELLER, store)
    behind = {"state": CardState.INCOMPLETE, "phone": None, "home_store": store, "reached_through": card}
    ClientFactory.create_batch(2, registered_by=seller, **behind)
    assert found(store) == []

    ContactBeside.objects.create(
        client=ClientFactory.create(home_store=store), kind="phone", value=phone_of(card), by=seller, at=NOW
    )
    ClientFactory.create(registered_by=another, **behind)

    [row] = Suspects([store])[0:50]
    assert (row.value, row.reason) == (card.phone, "again")
    assert row.sellers[0] == Seller(seller.short_name, 3)


def test_a_phone_that_nobody_was_given(store: Store) -> None:
    ClientFactory.create(home_store=store, phone="+79147777777")
    ClientFactory.create(home_store=store, phone="+79141234568")

    assert found(store) == [("+79147777777", "looks", 1)]


@pytest.mark.parametrize(("is_real", "doubts"), [(True, []), (False, [True])])
def test_a_manager_settles_it_and_the_slip_is_undone(store: Store, manager: Employee, is_real: bool, doubts: list[bool]) -> None:
    card, _other = cards(store, "1@1.ru", "1@1.ru")

    assert invented.settle("1@1.ru", [store], is_real=is_real, by=manager, now=NOW) == 2

    [told] = invented.settled([store], now=NOW + timedelta(days=1))
    assert (found(store), told) == ([], ("1@1.ru", is_real, manager.short_name, NOW, 2))
    card.refresh_from_db()
    assert [doubt.reason == doubt.INVENTED for doubt in card.doubts] == doubts
    assert invented.unsettle("1@1.ru", NOW, [store]) == 2
    assert (found(store), invented.settled([store], now=NOW)) == ([("1@1.ru", "looks", 2)], [])


def test_a_further_contact_that_is_asked_for_again_stands_on_the_card_until_it_is_removed(
    store: Store, manager: Employee, signed_in: SignIn
) -> None:
    card = ClientFactory.create(home_store=store)
    contact = ContactBeside.objects.create(client=card, kind="phone", value="+79147777777", by=manager, at=NOW)
    invented.settle(contact.value, [store], is_real=False, by=manager, now=NOW)
    browser, alert = signed_in(manager), "Спросите заново: +79147777777"
    assert alert in browser.get(f"/clients/{card.pk}/").text

    ContactBeside.objects.update(removed_at=NOW)

    assert alert not in browser.get(f"/clients/{card.pk}/").text


def test_what_a_code_has_confirmed_is_not_asked_about_and_a_new_card_is(
    store: Store, seller: Employee, manager: Employee
) -> None:
    [card] = cards(store, "test@test.ru")
    card.refresh_from_db()
    proving.confirm(card, "email", by=seller, now=NOW)
    assert (found(store), invented.settle("test@test.ru", [store], is_real=False, by=manager, now=NOW)) == ([], 0)

    cards(store, "test@test.ru")

    assert found(store) == [("test@test.ru", "looks", 1)]


def test_other_stores_and_cards_that_are_gone_tell_nothing(store: Store, other_store: Store) -> None:
    cards(other_store, "1@1.ru")
    [gone] = cards(store, "1@1.ru")
    Client.objects.filter(pk=gone.pk).update(state=CardState.ERASED)

    assert found(store) == []
