"""A client's code for friends, where the terms give something for them."""

import pytest
from django.utils import timezone

from clients.models import Client
from loyalty import selectors
from loyalty.models import ReferralTerms
from portal import inviting
from stores.chain_day import day_of


@pytest.fixture
def terms(db: None) -> ReferralTerms:
    return ReferralTerms.objects.create(since=day_of(timezone.now()), for_referrer=500, for_friend=300, floor=5_000)


def test_where_friends_bring_nothing_there_is_no_code(card: Client) -> None:
    assert (inviting.invitation_of(card), inviting.read(selectors.code_of_friend(card.pk))) == (None, None)


def test_the_link_says_what_the_clients_page_does(card: Client, terms: ReferralTerms) -> None:
    mine = inviting.invitation_of(card)

    assert mine == inviting.read(selectors.code_of_friend(card.pk))
    assert mine
    assert (mine.terms, selectors.friend_of_code(mine.code)) == (terms, card.pk)
    assert mine.address.endswith(f"/friend/{selectors.code_of_friend(card.pk)}/")
    assert "<svg" in mine.square


def test_a_code_of_no_card_opens_nothing(terms: ReferralTerms) -> None:
    assert [inviting.read(text) for text in (selectors.code_of_friend(77_777), "ABCDEFG", "")] == [None] * 3
