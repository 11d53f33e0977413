"""Which card a write goes to, when the one of the form is gone meanwhile."""

import pytest

from clients import locking
from clients.models import CardState, Client
from clients.sameness import merging
from stores.models import Employee
from tests.factories import ClientFactory


def test_a_card_that_became_part_of_others_stands_for_the_last_of_them(card: Client, seller: Employee) -> None:
    stale, second = ClientFactory.create(), ClientFactory.create()
    merging.merge(second, stale, chosen={}, by=seller)
    merging.merge(card, second, chosen={}, by=seller)

    assert (locking.lock(stale), locking.standing(stale), locking.lock(None)) == (card, card, None)


def test_nothing_new_is_written_about_somebody_who_was_erased(card: Client) -> None:
    Client.objects.update(state=CardState.ERASED)

    with pytest.raises(locking.GoneError):
        locking.standing(card)

    assert locking.lock(card) == card
