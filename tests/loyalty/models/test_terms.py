"""Terms by version, and what a bill reads of them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loyalty.models import Terms, Tier
from loyalty.pricing import Mode, Rules
from loyalty.tiers import hundredths
from tests.loyalty.conftest import DAY


def test_the_newest_version_that_has_begun_holds(db: None) -> None:
    old, new, later = (Terms(since=since, mode=Mode.BOTH) for since in (DAY, DAY, DAY + timedelta(days=5)))
    for terms in (old, new, later):
        terms.save()

    assert [Terms.objects.live_on(day).first() for day in (DAY - timedelta(days=1), DAY, date(2030, 1, 1))] == [None, new, later]
    assert str(old) == "2026-05-05: both"


@pytest.mark.parametrize(
    ("mode", "bonuses", "discount", "share"),
    [
        (Mode.OFF, False, False, 0),
        (Mode.DISCOUNT, False, True, 0),
        (Mode.BONUSES, True, False, 3_000),
        (Mode.BOTH, True, True, 3_000),
    ],
)
def test_a_mode_says_what_is_given(mode: Mode, bonuses: bool, discount: bool, share: int) -> None:
    terms = Terms(since=DAY, mode=mode)

    assert (terms.gives_bonuses, terms.gives_discount, terms.rules) == (bonuses, discount, Rules(share, 100))


@pytest.mark.parametrize("wrong", [{"mode": "gold"}, {"earn_percent": 101}, {"least_paid": 0}, {"life_days": 0}])
def test_terms_that_cannot_be_are_refused(db: None, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Terms(**{"since": DAY, "mode": Mode.BOTH, **wrong}).save()

    assert not Terms.objects.exists()


def test_a_spend_has_one_tier(terms: Terms) -> None:
    Tier(terms=terms, from_spent=Decimal(5)).save()

    with pytest.raises(IntegrityError), transaction.atomic():
        Tier(terms=terms, from_spent=Decimal(5)).save()

    assert str(Tier(name="золото")) == "золото"


def test_percents_are_whole_hundredths() -> None:
    assert [hundredths(percent) for percent in (None, Decimal("7.25"))] == [0, 725]
