"""A PIN: what it may be, and how many tries it bears."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stores.models import Employee, Pin, Role
from stores.recognising import pins
from tests.conftest import Decided


@pytest.mark.parametrize("pin", ["0000", "1234", "9876", "1212", "1985", "2580", "123123", "555555"])
def test_what_everybody_tries_first_is_trivial(pin: str) -> None:
    assert pins.is_trivial(pin)


@pytest.mark.parametrize("pin", ["4071", "90518", "380164"])
def test_what_nobody_guesses_is_not(pin: str) -> None:
    assert not pins.is_trivial(pin)


def test_it_is_kept_as_a_digest_and_opens(seller: Employee) -> None:
    pins.give(seller, "4071")

    pins.check(seller, "4071")

    assert "4071" not in Pin.objects.get().digest


def test_wrong_ones_wait_and_then_take_the_password(seller: Employee) -> None:
    pins.give(seller, "4071")
    now = timezone.now()
    for _try in range(pins.WAITS_AFTER):
        with pytest.raises(pins.WrongPinError):
            pins.check(seller, "4072", now=now)

    with pytest.raises(pins.WaitError):
        pins.check(seller, "4071", now=now + timedelta(seconds=5))
    with pytest.raises(pins.WrongPinError):
        pins.check(seller, "4072", now=now + pins.WAIT)
    with pytest.raises(pins.ClosedPinError):
        pins.check(seller, "4072", now=now + 2 * pins.WAIT)
    with pytest.raises(pins.ClosedPinError):
        pins.check(seller, "4071", now=now + timedelta(days=1))

    pins.forgive(seller)
    pins.check(seller, "4071")


def test_the_right_one_forgets_the_wrong_ones(seller: Employee) -> None:
    pins.give(seller, "4071")
    for pin in ("1", "2"):
        with pytest.raises(pins.WrongPinError):
            pins.check(seller, pin)

    pins.check(seller, "4071")

    assert Pin.objects.get().failures == 0


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMIN])
def test_whoever_may_do_more_is_not_offered_one(seller: Employee, role: Role) -> None:
    pins.give(seller, "4071")
    seller.role = role

    assert not pins.is_offered(seller)
    with pytest.raises(pins.ClosedPinError):
        pins.check(seller, "4071")


def test_an_admin_takes_it_off_the_chain_and_two_steps_do(seller: Employee, decided: Decided) -> None:
    decided(second_factor_roles=("seller",))
    assert not pins.is_offered(seller)
    decided(second_factor_roles=(), pins_on=False)
    assert not pins.is_offered(seller)


def test_who_has_none_is_refused(seller: Employee) -> None:
    with pytest.raises(pins.ClosedPinError):
        pins.check(seller, "4071")
