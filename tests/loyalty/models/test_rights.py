"""What a coupon says of itself."""

from decimal import Decimal

from loyalty.models import Right
from loyalty.pricing import Benefit, Offer
from tests.loyalty.conftest import coupon


def test_it_says_what_it_gives(db: None) -> None:
    told = [
        coupon("a", value=Decimal("7.5")).gives, coupon("b", benefit=Benefit.SUM, value=Decimal(2_000)).gives,
        coupon("c", benefit=Benefit.GIFT, value=Decimal(3_000)).gives,
    ]  # fmt: skip

    assert told == ["скидка 7,5\xa0%", "скидка 2\xa0000\xa0₽", "подарок ценой до 3\xa0000\xa0₽"]


def test_a_bill_reads_it_in_kopecks(db: None) -> None:
    right = coupon(benefit=Benefit.SUM, value=Decimal("500.50"), floor=Decimal(3_000), kinds=["ring"], not_on=["watch"])

    assert right.offer == Offer(Benefit.SUM, 500_50, 3_000_00, frozenset({"ring"}), frozenset({"watch"}))
    assert (right.only_for, right.but_for) == ("кольцо", "часы")


def test_only_what_can_be_used_is_open(right: Right) -> None:
    days = (right.from_on, right.until_on)

    assert [Right.objects.open_on(day).exists() for day in days] == [True, True]
    Right.objects.update(uses_left=0)
    assert [Right.objects.open_on(day).exists() for day in days] == [False, False]
