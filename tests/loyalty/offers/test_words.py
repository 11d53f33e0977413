"""What the seller is told of a coupon that takes nothing off."""

from datetime import timedelta
from decimal import Decimal

import pytest

from loyalty.models import Right
from loyalty.offers import acts
from loyalty.offers.acts import RightRefusedError
from loyalty.offers.words import words_of
from loyalty.pricing import Refused
from tests.loyalty.conftest import DAY


@pytest.mark.parametrize("why", [why for why in Refused if why])
def test_every_reason_has_its_words(right: Right, why: Refused) -> None:
    assert words_of(RightRefusedError(why, right)).endswith(".")


def test_days_and_sums_are_named(right: Right) -> None:
    right.floor, right.until_on = Decimal(20_000), DAY + timedelta(days=1)
    acts.use(right, "r1", Decimal(5), on=DAY, by=None)

    told = [words_of(RightRefusedError(why, right)) for why in (Refused.EARLY, Refused.LATE, Refused.FLOOR, Refused.USED)]

    assert ["05.05.2026" in told[0], "06.05.2026" in told[1], "20\xa0000" in told[2], "05.05.2026" in told[3]] == [True] * 4
