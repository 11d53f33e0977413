"""Bonuses promised to a basket."""

from datetime import timedelta

from django.utils import timezone

from loyalty import reservations
from loyalty.models import Account, Reservation


def test_a_promise_binds_other_baskets_until_it_is_over(account: Account) -> None:
    now = timezone.now()
    reservations.reserve("a", account=account, spends=300, now=now)

    assert reservations.promised(account.pk, now=now) == 300
    assert reservations.promised(account.pk, now=now, but="a") == 0
    assert reservations.promised(account.pk, now=now + timedelta(minutes=16)) == 0


def test_a_second_promise_to_a_basket_takes_the_place_of_the_first(account: Account) -> None:
    now = timezone.now()
    first = reservations.reserve("a", account=account, spends=300, now=now).key

    second = reservations.reserve("a", account=account, spends=100, now=now)

    assert (Reservation.objects.get(), reservations.promised(account.pk, now=now)) == (second, 100)
    assert first != second.key


def test_what_was_sold_or_is_long_over_is_promised_no_more(account: Account) -> None:
    now = timezone.now()
    reservations.take(reservations.reserve("a", account=account, spends=300, now=now).key)
    reservations.reserve("b", account=account, spends=300, now=now - timedelta(days=2))

    assert (reservations.forget(now), Reservation.objects.count()) == (1, 0)
