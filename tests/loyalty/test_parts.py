"""What loyalty holds about a person, and what is left of it."""

from datetime import timedelta

from clients.models import Client
from loyalty.models import Lot, Member
from loyalty.parts import LoyaltyPart
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY, Earn

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

    assert [len(rows) for rows in told.values()] == [1, 1]
    assert list(told["Движения бонусов"][0].values()) == ["05.05.2026", "начислено", "100"]


def test_who_is_erased_has_no_bonuses(card: Client, earn: Earn) -> None:
    earn(100, last=DAY + timedelta(days=3650))

    erased = [PART.erase(card.pk, []) for _ in range(2)]

    assert erased == [{"bonuses": 1}] * 2
    assert (Lot.objects.get().left, Member.objects.present().exists()) == (0, False)
