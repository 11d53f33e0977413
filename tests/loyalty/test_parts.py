"""What loyalty holds about a person, and what is left of it."""

from datetime import timedelta

from clients.models import Client
from loyalty.friends import acts as friends
from loyalty.models import Certificate, Lot, Member, Referral, Right, VoidReason
from loyalty.parts import LoyaltyPart
from stores.models import Store
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY, Earn, certificate, coupon

PART = LoyaltyPart()


def test_a_card_with_bonuses_stays(card: Client, earn: Earn) -> None:
    earn(100)
    bare = ClientFactory.create()

    assert PART.holdings([card.pk, bare.pk]) == {card.pk: "bonuses"}
    assert (PART.counted(card.pk), PART.counted(bare.pk)) == ({"бонусы": 100}, {})
    assert PART.reason_not_to_erase(card.pk) == ""


def test_the_person_reads_lots_and_moves(card: Client, earn: Earn) -> None:
    earn(100)

    told = PART.describe(card.pk)

    assert [len(rows) for rows in told.values()] == [1, 1, 0, 0, 0, 0]
    assert list(told["Движения бонусов"][0].values()) == ["05.05.2026", "начислено", "100"]


def test_who_is_erased_has_no_bonuses(card: Client, earn: Earn) -> None:
    earn(100, last=DAY + timedelta(days=3650))

    erased = [PART.erase(card.pk, []) for _ in range(2)]

    assert erased == [{"bonuses": 1, "rights": 0, "certificates": 0}] * 2
    assert (Lot.objects.get().left, Member.objects.present().exists()) == (0, False)


def test_personal_offers_follow_the_card(card: Client) -> None:
    survivor = ClientFactory.create()
    mine = coupon("mine", client=card.pk)
    assert (PART.holdings([card.pk]), PART.counted(card.pk)) == ({card.pk: "rights"}, {"персональные предложения": 1})

    moved = PART.move(card.pk, survivor.pk)
    assert Right.objects.get().client == survivor
    PART.restore(moved, card.pk, survivor.pk)
    assert Right.objects.get().client == card

    assert (len(PART.describe(card.pk)["Персональные предложения"]), mine.client_id) == (1, card.pk)


def test_who_is_erased_has_no_offers(card: Client) -> None:
    coupon("mine", client=card.pk)

    assert PART.erase(card.pk, [])["rights"] == 1
    assert Right.objects.get().revoked_at is not None


def test_a_certificate_is_told_and_stays_whoever_bought_it(card: Client, store: Store) -> None:
    one = certificate(store)
    Certificate.objects.update(client=card)

    assert (PART.holdings([card.pk]), PART.counted(card.pk)) == ({card.pk: "certificates"}, {"сертификаты": 1})
    assert len(PART.describe(card.pk)["Сертификаты"]) == 1
    assert PART.erase(card.pk, [])["certificates"] == 1
    one.refresh_from_db()
    assert one.left == 5_000


def test_a_friend_who_waits_brings_nothing_when_one_of_the_two_is_erased(card: Client) -> None:
    friend = ClientFactory.create()
    friends.bring(friend, card, on=DAY, by=None)
    assert PART.holdings([card.pk, friend.pk]) == {card.pk: "friends", friend.pk: "friends"}

    PART.erase(card.pk, [])

    assert Referral.objects.get().reason == VoidReason.ERASED
