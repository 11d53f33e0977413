"""Rights issued, used, given back and revoked."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from loyalty import codes
from loyalty.models import Right, RightUse
from loyalty.offers import acts
from loyalty.offers.acts import RightRefusedError, RightSaid
from loyalty.pricing import Benefit, Refused
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY, coupon
from tests.together import SEVERAL_CONNECTIONS, together

SAID = RightSaid("Вторая покупка", Benefit.SUM, Decimal(2_000), DAY, DAY + timedelta(days=30))
LATER = DAY + timedelta(days=40)


def use(right: Right, receipt: str = "r1") -> RightUse:
    return acts.use(right, receipt, Decimal(500), on=DAY, by=None)


def uses_left(right: Right) -> int:
    right.refresh_from_db()
    return right.uses_left


def test_an_occasion_has_one_right_however_often_it_is_issued(card: Client) -> None:
    assert acts.issue(SAID, {"second:1": card.pk, "second:2": None}, by=None) == 2
    before = set(Right.objects.values_list("code_key", flat=True))

    assert acts.issue(SAID, {"second:1": card.pk, "second:3": None}, by=None) == 1
    assert Right.objects.filter(client=card).count() == 1
    assert before < set(Right.objects.values_list("code_key", flat=True))


def test_many_are_issued_at_once(db: None, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(40):  # SQLite takes 58 rows in one statement
        assert acts.issue(SAID, {f"o{n}": None for n in range(300)}, by=None) == 300


def test_a_code_that_another_has_is_made_anew(right: Right, monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter([right.code_key, right.code_key, "ABCD2345"])
    monkeypatch.setattr(codes, "make", lambda length: "ZZZZZZZZ" if length != codes.RIGHT else next(made))

    acts.issue(SAID, {"two": None}, by=None)

    assert Right.objects.get(occasion_key="two").code_key == "ABCD2345"


@pytest.mark.parametrize("wrong", [SAID._replace(value=Decimal(0)), SAID._replace(until_on=DAY - timedelta(days=1))])
def test_what_gives_nothing_is_not_issued(db: None, wrong: RightSaid) -> None:
    with pytest.raises(ValidationError):
        acts.issue(wrong, {"one": None}, by=None)

    assert not Right.objects.exists()


def test_it_is_found_by_its_code(right: Right) -> None:
    assert acts.find(right.code.lower()) == right
    with pytest.raises(RightRefusedError):
        acts.find("ABCD2345" if right.code_key != "ABCD2345" else "ABCD2346")


def test_a_use_is_one_less_and_the_last_one_is_the_last(right: Right) -> None:
    use(right)

    with pytest.raises(RightRefusedError) as refused:
        use(right, "r2")
    assert (refused.value.why, uses_left(right), RightUse.objects.count()) == (Refused.USED, 0, 1)


def test_why_it_cannot_be_used(card: Client, right: Right) -> None:
    mine = coupon("mine", client=card.pk)
    revoked = coupon("revoked")
    acts.revoke(revoked)
    revoked.refresh_from_db()

    told = [
        right.refused_to(None, DAY - timedelta(days=1)), right.refused_to(None, LATER), mine.refused_to(None, DAY),
        mine.refused_to(card.pk, DAY), revoked.refused_to(None, DAY),
    ]  # fmt: skip
    assert told == [Refused.EARLY, Refused.LATE, Refused.OTHERS, Refused.NOT, Refused.REVOKED]


def test_what_comes_back_can_be_used_again_for_two_weeks_at_least(right: Right) -> None:
    use(right)

    acts.follow("r1", Decimal(0), on=LATER)
    acts.follow("r1", Decimal(0), on=LATER)

    assert (uses_left(right), right.until_on) == (1, LATER + timedelta(days=14))
    assert RightUse.objects.get().back_on == LATER


def test_a_coupon_for_many_does_not_live_longer_by_one_return(db: None) -> None:
    many = coupon(uses=100)
    use(many)

    acts.follow("r1", Decimal(0), on=LATER)

    assert (uses_left(many), many.until_on) == (100, DAY + timedelta(days=30))


def test_what_stands_again_takes_a_use_or_stands_without(right: Right) -> None:
    use(right)
    acts.follow("r1", Decimal(0), on=DAY)
    use(right, "r2")

    acts.follow("r1", Decimal(500), on=DAY)
    assert (uses_left(right), RightUse.objects.get(receipt_key="r1").is_drawn) == (0, False)

    acts.follow("r1", Decimal(0), on=DAY)
    assert uses_left(right) == 0
    acts.follow("r2", Decimal(0), on=DAY)
    assert uses_left(right) == 1


def test_a_revoked_one_holds_again(right: Right) -> None:
    assert (acts.revoke(right), acts.revoke(right)) == (True, False)
    with pytest.raises(RightRefusedError):
        use(right)

    assert (acts.give_again(right), acts.give_again(right)) == (True, False)
    use(right)


def test_all_of_a_client_are_revoked(card: Client, right: Right) -> None:
    coupon("mine", client=card.pk)
    coupon("hers", client=ClientFactory.create().pk)

    assert acts.revoke_of(card.pk) == 1


class TestAtOnce:
    pytestmark = SEVERAL_CONNECTIONS

    def test_of_fifty_uses_of_one_coupon_one_is_made(self, db: None) -> None:
        right = coupon()

        said = together(*(partial(use, right, f"till {n}") for n in range(50)))

        assert [one for one in said if one is RightRefusedError] == [RightRefusedError] * 49
        assert (uses_left(right), RightUse.objects.count()) == (0, 1)

    def test_fifty_issues_of_one_occasion_make_one_right(self, db: None) -> None:
        said = together(*(partial(acts.issue, SAID, {"one": None, f"own {n}": None}, by=None) for n in range(50)))

        assert [one for one in said if isinstance(one, type)] == []
        assert Right.objects.count() == 51
