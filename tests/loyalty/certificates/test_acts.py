"""Certificates sold, spent, given back, cancelled, prolonged."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyalty import nightly
from loyalty.certificates import acts
from loyalty.certificates.acts import CertificateRefusedError, CertificateSaid, TouchedError
from loyalty.models import Certificate, CertificateMove, NotGood
from stores.models import Store
from tests import factories
from tests.loyalty.conftest import DAY, certificate
from tests.together import SEVERAL_CONNECTIONS, together

SAID = CertificateSaid(Decimal(5_000), "card", DAY + timedelta(days=365))


@pytest.fixture
def five(store: Store) -> Certificate:
    return certificate(store)


def left(one: Certificate) -> int:
    one.refresh_from_db()
    return int(one.left)


def pay(one: Certificate, amount: int, receipt: str = "receipt:1") -> None:
    acts.spend(acts.hold([one], Decimal(amount), on=DAY), receipt, on=DAY, by=None)


def follow(receipt: str, wanted: int, version: str = "1", on: date = DAY) -> Decimal:
    return acts.follow(receipt, Decimal(wanted), version=version, on=on, by=None)


def test_the_same_form_sells_one(store: Store) -> None:
    sell = partial(acts.sell, SAID, store=store, seller=None, on=DAY, form_key=uuid4())

    assert sell() == sell()
    assert (left(Certificate.objects.get()), CertificateMove.objects.get().sum) == (5_000, 5_000)


@pytest.mark.parametrize("wrong", [SAID._replace(amount=Decimal(0)), SAID._replace(until_on=DAY - timedelta(days=1))])
def test_what_is_nothing_is_not_sold(store: Store, wrong: CertificateSaid) -> None:
    with pytest.raises(ValidationError):
        acts.sell(wrong, store=store, seller=None, on=DAY, form_key=uuid4())

    assert not Certificate.objects.exists()


def test_it_is_found_by_its_code(five: Certificate) -> None:
    assert acts.find(str(five).lower()) == five
    with pytest.raises(CertificateRefusedError) as refused:
        acts.find("кольцо")
    assert refused.value.why == NotGood.UNKNOWN


def test_it_pays_as_much_as_it_can(five: Certificate) -> None:
    assert [int(part.sum) for part in acts.cover([five], Decimal(8_000), on=DAY)] == [5_000]
    assert acts.cover([five], Decimal(0), on=DAY) == []


def test_what_comes_back_lives_two_weeks_at_least(five: Certificate) -> None:
    pay(five, 4_000)
    late = DAY + timedelta(days=400)

    assert (follow("receipt:1", 1_000, on=late), follow("receipt:1", 1_000, on=late)) == (3_000, 0)
    assert (left(five), five.until_on) == (4_000, late + timedelta(days=14))
    assert [move.receipt for move in five.moves.all()] == [None, 1, 1]


def test_what_was_spent_elsewhere_is_not_paid_twice(five: Certificate) -> None:
    pay(five, 4_000)
    follow("receipt:1", 0)
    pay(five, 3_000, "receipt:2")

    with pytest.raises(CertificateRefusedError):
        follow("receipt:1", 4_000, "2")
    assert (left(five), list(nightly.differences())) == (2_000, [])


def test_only_an_untouched_one_is_cancelled(store: Store, five: Certificate) -> None:
    pay(five, 1)
    with pytest.raises(TouchedError):
        acts.cancel(five, on=DAY, by=None)
    assert left(five) == 4_999

    other = certificate(store)
    acts.cancel(other, on=DAY, by=None)
    with pytest.raises(TouchedError):
        acts.cancel(other, on=DAY, by=None)
    assert (left(other), other.spent, other.refused_on(DAY)) == (0, 0, NotGood.CANCELLED)


def test_it_is_prolonged_from_the_day_that_was_seen(five: Certificate) -> None:
    until = five.until_on + timedelta(days=90)

    acts.prolong(five, until, seen=five.until_on)
    with pytest.raises(TouchedError):
        acts.prolong(five, until + timedelta(days=90), seen=five.until_on)

    five.refresh_from_db()
    assert five.until_on == until


MOVES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3_000)), min_size=1, max_size=20)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES, st.integers(1, 6_000), st.integers(1, 6_000))
def test_any_history_leaves_what_a_twin_counts(db: None, moves: list[tuple[int, int]], one: int, other: int) -> None:
    store = factories.StoreFactory.create()
    both = [certificate(store, one), certificate(store, other)]
    bought: dict[int, int] = {}

    for version, (number, wanted) in enumerate(moves):
        receipt, most = f"receipt:{store.pk}{number}", one + other - sum(bought.values())
        if number not in bought:
            bought[number] = min(wanted, most)
            held = [held for held in both if left(held)]
            acts.spend(acts.hold(held, Decimal(wanted), on=DAY), receipt, on=DAY, by=None)
        elif acts.knows(receipt) and wanted <= bought[number]:
            follow(receipt, wanted, str(version))
            bought[number] = wanted

        assert sum(left(held) for held in both) == one + other - sum(bought.values())
        assert {number: int(acts.spent_in(f"receipt:{store.pk}{number}")) for number in bought} == bought
    assert list(nightly.differences()) == []


class TestAtOnce:
    pytestmark = SEVERAL_CONNECTIONS

    def test_the_same_form_twice_at_once_sells_one(self, store: Store) -> None:
        sell = partial(acts.sell, SAID, store=store, seller=None, on=DAY, form_key=uuid4())

        assert len({one.pk for one in together(*[sell] * 8)}) == 1
        assert CertificateMove.objects.count() == 1
