"""A PIN: by it a seller comes back in two seconds on a shared device where they signed in by password today.

It is a seller's alone: whoever may do more signs in by password and in two steps each time (docs/adr/0069).
"""

from datetime import datetime, timedelta
from itertools import pairwise

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from stores import rules
from stores.models import Employee, Pin, Role

SHORTEST, LONGEST = 4, 6
# After so many wrong ones in a row one waits; after these only the password helps.
WAITS_AFTER, CLOSED_AFTER = 3, 5
WAIT = timedelta(seconds=30)
# What everybody tries first, besides rows and repeats.
COMMON = {"1212", "1313", "2580", "0852", "1004", "6969", "159753", "147258", "123123", "112233", "121212"}


class PinError(Exception):
    """This PIN opens nothing now."""


class WrongPinError(PinError):
    """It is another one."""


class WaitError(PinError):
    """Too many wrong ones: it is tried again in ``WAIT``."""


class ClosedPinError(PinError):
    """Only the password helps: there were too many wrong ones, or there is no PIN."""


def is_offered(employee: Employee) -> bool:
    """Whether this person may have one at all."""
    chain = rules.current()
    return chain.pins_on and employee.role == Role.SELLER and Role.SELLER not in chain.second_factor_roles


def is_trivial(pin: str) -> bool:
    """Whether it is among the first that anybody tries: 1111, 1234, 9876, 1212, a year."""
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    is_year = len(pin) == 4 and "1940" <= pin <= "2039"
    return (len(steps) == 1 and steps <= {0, 1, -1}) or pin in COMMON or is_year or pin == pin[: len(pin) // 2] * 2


def give(employee: Employee, pin: str) -> Pin:
    """The PIN of an employee from now on; devices ask for the password once more."""
    facts = {"digest": make_password(pin), "stamp": get_random_string(16), "failures": 0, "failed_at": None}
    return Pin.objects.update_or_create(employee=employee, defaults=facts)[0]


def take_away(employee: Employee) -> None:
    Pin.objects.filter(employee=employee).delete()


def end(employee: Employee) -> None:
    """No device lets them in by PIN before they sign in by password on it."""
    Pin.objects.filter(employee=employee).update(stamp=get_random_string(16))


def forgive(employee: Employee) -> None:
    """Who knew the password may try the PIN again."""
    Pin.objects.filter(employee=employee).update(failures=0, failed_at=None)


def proof(employee: Employee, stamp: str) -> str:
    """What a device notes of somebody who signed in on it: void with the password, the sessions' end and the PIN."""
    return salted_hmac(
        "stores.pins", f"{employee.pk}:{employee.get_session_auth_hash()}:{stamp}", algorithm="sha256"
    ).hexdigest()[:32]


def check(employee: Employee, pin: str, *, now: datetime | None = None) -> None:
    """Raises WrongPinError, WaitError or ClosedPinError. Each try is counted before it is looked at, so that many at once are."""
    now = now or timezone.now()
    with transaction.atomic():
        kept = Pin.objects.select_for_update().filter(employee=employee).first()
        if kept is None or kept.failures >= CLOSED_AFTER or not is_offered(employee):
            raise ClosedPinError
        if kept.failures >= WAITS_AFTER and kept.failed_at and kept.failed_at + WAIT > now:
            raise WaitError
        Pin.objects.filter(pk=kept.pk).update(failures=F("failures") + 1, failed_at=now)
    if not check_password(pin, kept.digest):
        raise ClosedPinError if kept.failures + 1 >= CLOSED_AFTER else WrongPinError
    forgive(employee)
