"""Friends of two cards that become one, and two again."""

from clients.models import Client
from loyalty.friends import acts, following
from loyalty.models import Referral
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY


def pairs() -> set[tuple[int, int, str]]:
    return set(Referral.objects.values_list("referrer", "friend", "status"))


def test_who_brought_whom_follows_the_card_and_goes_back(card: Client) -> None:
    survivor, friend, other = (ClientFactory.create() for _n in range(3))
    acts.bring(friend, card, on=DAY, by=None)
    acts.bring(card, other, on=DAY, by=None)
    before = pairs()

    moved = following.move(card.pk, survivor.pk, on=DAY)
    assert pairs() == {(survivor.pk, friend.pk, "registered"), (other.pk, survivor.pk, "registered")}

    following.restore(moved, card.pk, survivor.pk)
    assert pairs() == before


def test_who_brought_themselves_brought_nobody(card: Client) -> None:
    survivor = ClientFactory.create()
    acts.bring(survivor, card, on=DAY, by=None)

    moved = following.move(card.pk, survivor.pk, on=DAY)
    assert pairs() == {(card.pk, survivor.pk, "void")}

    following.restore(moved, card.pk, survivor.pk)
    assert pairs() == {(card.pk, survivor.pk, "registered")}


def test_a_friend_is_brought_once(card: Client) -> None:
    survivor, one, other = (ClientFactory.create() for _n in range(3))
    acts.bring(card, one, on=DAY, by=None)
    acts.bring(survivor, other, on=DAY, by=None)
    before = pairs()

    moved = following.move(card.pk, survivor.pk, on=DAY)

    assert (moved, pairs()) == ({}, before)
