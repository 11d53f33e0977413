"""What the base lacks, counted, and the cards behind each number."""

import pytest
from django.utils import timezone

from clients import quality
from clients.models import CardState, Client, ContactConflict, ContactProof
from clients.quality import QualityLine
from stores.models import Employee, Role, Store
from tests import factories
from tests.factories import ClientFactory, phone_of


@pytest.fixture
def lacking(store: Store, seller: Employee) -> Client:
    return ClientFactory.create(
        home_store=store, registered_by=seller, state=CardState.INCOMPLETE, phone=None, email=None, first_name=""
    )


@pytest.fixture
def doubted(store: Store, other_store: Store, seller: Employee) -> Client:
    """A card whose phone is in doubt and whose e-mail somebody contradicts."""
    card = ClientFactory.create(home_store=other_store)
    ContactProof.objects.create(client=card, field="phone", value=phone_of(card), state="doubtful", at=timezone.now())
    ContactConflict.objects.create(client=card, field="email", offered="x@y.ru", origin="counter", at=timezone.now())
    return card


@pytest.mark.parametrize(("cards", "lacks", "whole"), [(29, 1, None), (30, 3, 90.0), (40, 0, 100.0)])
def test_a_share_is_told_where_there_is_enough_to_say(cards: int, lacks: int, whole: float | None) -> None:
    assert QualityLine(1, "", cards, lacks, 0, 0, 0, 0, 0, 0, 0).whole == whole


def test_cards_without_a_home_have_a_line_of_their_own_the_last(store: Store, lacking: Client) -> None:
    ClientFactory.create(home_store=None)
    ClientFactory.create(home_store=store, state=CardState.ERASED)

    assert [(line.key, line.cards, line.lacking) for line in quality.by_store([store])] == [(store.pk, 1, 1), (None, 1, 1)]


def test_sellers_of_other_stores_have_no_line(store: Store, other_store: Store, lacking: Client) -> None:
    stranger = factories.employee(Role.SELLER, other_store)
    ClientFactory.create(home_store=store, registered_by=stranger)

    assert [(line.key, line.cards, line.first_name) for line in quality.by_seller([store])] == [(lacking.registered_by_id, 1, 1)]


@pytest.mark.parametrize(
    ("what", "behind"),
    [
        ("phone", "lacking"), ("email", "lacking"), ("first_name", "lacking"), ("birth_date", ""),
        ("doubtful", "doubted"), ("conflicting", "doubted"), ("<b>", ""),
    ],
)  # fmt: skip
def test_a_number_opens_the_cards_that_it_counts(
    store: Store, other_store: Store, lacking: Client, doubted: Client, what: str, behind: str
) -> None:
    found = quality.cards_behind(what, [store, other_store], store=None, seller=None)

    assert list(found) == {"lacking": [lacking], "doubted": [doubted], "": []}[behind]


def test_the_cards_of_a_number_are_of_one_store_and_one_seller(
    store: Store, other_store: Store, seller: Employee, lacking: Client
) -> None:
    other = ClientFactory.create(home_store=other_store, state=CardState.INCOMPLETE, phone=None)
    stores = [store, other_store]

    assert set(quality.cards_behind("phone", stores, store=None, seller=None)) == {lacking, other}
    assert list(quality.cards_behind("phone", stores, store=other_store.pk, seller=None)) == [other]
    assert list(quality.cards_behind("phone", stores, store=None, seller=seller.pk)) == [lacking]
