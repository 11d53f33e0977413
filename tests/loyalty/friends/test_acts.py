"""Friends brought, rewarded by the night, and what makes it void."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from clients.models import Client, ContactBeside
from loyalty import codes, selectors, services
from loyalty.friends import acts
from loyalty.friends.acts import NotAFriendError
from loyalty.models import Lot, Referral, ReferralTerms, VoidReason
from loyalty.plastic import acts as plastic
from purchases import services as purchases
from stores.models import Employee
from tests.conftest import Sell
from tests.factories import ClientFactory, phone_of
from tests.loyalty.conftest import DAY
from tests.together import SEVERAL_CONNECTIONS, together

KEPT = DAY + timedelta(days=14)


@pytest.fixture(autouse=True)
def _terms(db: None) -> None:
    """500 to who brought, 300 to the friend, from 5 000, after 14 days, two friends a year."""
    facts = {"for_referrer": 500, "for_friend": 300, "floor": Decimal(5_000), "most_a_year": 2}
    ReferralTerms.objects.create(since=DAY, **facts)


def bring(friend: Client, referrer: Client) -> Referral:
    return acts.bring(friend, referrer, on=DAY, by=None)


def lots() -> dict[int, int]:
    return {lot.account.members.get().client_id: lot.left for lot in Lot.objects.all()}


def told() -> list[tuple[str, str]]:
    return list(Referral.objects.order_by("pk").values_list("status", "reason"))


def test_both_get_bonuses_when_the_first_purchase_was_kept(card: Client, sell: Sell) -> None:
    friend = ClientFactory.create()
    bring(friend, card)
    sell(friend, DAY, 4_999)
    sell(friend, DAY + timedelta(days=1), 5_000)

    given = [acts.reward(KEPT), acts.reward(KEPT + timedelta(days=1)), acts.reward(KEPT + timedelta(days=1))]

    assert (given, lots(), told()) == ([0, 1, 0], {card.pk: 500, friend.pk: 300}, [("rewarded", "")])


def test_a_purchase_that_came_back_brings_nothing(card: Client, sell: Sell, seller: Employee) -> None:
    friend = ClientFactory.create()
    bring(friend, card)
    purchase = sell(friend, DAY, 5_000)
    purchases.return_pieces(purchase, purchase.pieces.all(), by=seller, on=DAY)

    assert (acts.reward(KEPT), lots(), told()) == (0, {}, [("registered", "")])


def test_a_later_return_takes_the_bonuses_back(card: Client, sell: Sell, seller: Employee) -> None:
    friend = ClientFactory.create()
    bring(friend, card)
    purchase = sell(friend, DAY, 5_000)
    acts.reward(KEPT)
    purchases.return_pieces(purchase, purchase.pieces.all(), by=seller, on=KEPT)

    acts.reward(KEPT)

    assert (lots(), told()) == ({card.pk: 0, friend.pk: 0}, [("void", VoidReason.RETURNED)])


def test_the_same_word_again_is_one(card: Client) -> None:
    friend = ClientFactory.create()

    assert bring(friend, card) == bring(friend, card)
    with pytest.raises(NotAFriendError) as refused:
        bring(friend, ClientFactory.create())
    assert (refused.value.why, Referral.objects.count()) == ("brought", 1)


def test_a_friend_is_somebody_else(card: Client) -> None:
    wife = ClientFactory.create()
    services.join(services.open_account(card.pk, on=DAY), wife, on=DAY)

    for one in (card, wife):
        with pytest.raises(NotAFriendError) as refused:
            bring(one, card)
        assert refused.value.why == "same"
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("own", "beside"),
    [
        ({"email": "dom@example.ru"}, {}),
        ({}, {"kind": "email", "value": "dom@example.ru"}),
        ({}, {"kind": "phone", "value": "+79140001122"}),
    ],
    ids=["e-mail", "further e-mail", "further phone"],
)
def test_a_contact_of_both_makes_them_one_household(card: Client, own: dict[str, str], beside: dict[str, str]) -> None:
    Client.objects.filter(pk=card.pk).update(email="dom@example.ru", phone="+79140001122")
    card.refresh_from_db()
    friend = ClientFactory.create(**own)
    if beside:
        ContactBeside.objects.create(client=friend, at=timezone.now(), **beside)

    with pytest.raises(NotAFriendError) as refused:
        bring(friend, card)
    assert refused.value.why == "same"


def test_who_came_before_is_no_new_client(card: Client, sell: Sell) -> None:
    friend = ClientFactory.create()
    sell(friend, DAY, 100)

    with pytest.raises(NotAFriendError) as refused:
        bring(friend, card)
    assert (refused.value.why, Referral.objects.exists()) == ("came before", False)


def test_more_friends_than_the_terms_allow_bring_nothing(card: Client, sell: Sell) -> None:
    for friend in [ClientFactory.create() for _n in range(3)]:
        bring(friend, card)
        sell(friend, DAY, 5_000)

    assert (acts.reward(KEPT), told()) == (2, [("rewarded", ""), ("rewarded", ""), ("void", VoidReason.LIMIT)])


def test_a_referrer_is_found_by_phone_or_card(card: Client) -> None:
    plastic.give(card.pk, "004512", on=DAY, by=None)

    assert [acts.referrer_of(text) for text in (phone_of(card), "0045-12", "9999", "")] == [card, card, None, None]


def test_the_card_knows_of_friends(card: Client, sell: Sell) -> None:
    friend = ClientFactory.create()
    bring(friend, card)
    sell(card, DAY, 100)

    of_friend, of_card = selectors.friends_of(friend.pk, DAY), selectors.friends_of(card.pk, DAY)

    assert of_friend
    assert of_card
    assert (of_friend.brought, of_friend.is_new, of_card.brought, of_card.is_new) == (0, True, 1, False)
    assert selectors.friends_of(card.pk, DAY - timedelta(days=1)) is None


class TestAtOnce:
    pytestmark = SEVERAL_CONNECTIONS

    def test_two_nights_at_once_give_once(self, card: Client, sell: Sell) -> None:
        friend = ClientFactory.create()
        bring(friend, card)
        sell(friend, DAY, 5_000)

        assert sorted(together(*[partial(acts.reward, KEPT)] * 4)) == [0, 0, 0, 1]
        assert lots() == {card.pk: 500, friend.pk: 300}


def test_a_friends_code_names_who_sent_them(card: Client) -> None:
    code = selectors.code_of_friend(card.pk)

    assert [acts.referrer_of(text) for text in (codes.shown(code), code.lower(), code[1:] + "A")] == [card, card, None]


def test_the_code_of_a_merged_card_is_its_heirs(card: Client) -> None:
    code, heir = selectors.code_of_friend(card.pk), ClientFactory.create()
    Client.objects.filter(pk=card.pk).update(state="merged", merged_into=heir, phone=None)

    assert acts.referrer_of(code) == heir
