"""Passport data where a service needs it: sealed by keys outside the database, shown in part, deleted on their day.

They stand in no log, history, export or message. What is opened is logged with its reason.
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import QuerySet

from stores import rules
from stores.models import Employee
from workshop.models import Passport, PassportView, ServiceRequest, ServiceTerm

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

# However long a piece lies at the desk.
LONGEST = timedelta(days=365)
BATCH = 200
FIELDS = ("full_name", "number", "issued_by", "issued_on")


class KeyMissingError(ImproperlyConfigured):
    """There is no key to seal passport data with."""


class SealError(Exception):
    """The data cannot be opened: their key is not among ours."""


class Shown(NamedTuple):
    """Passport data as a page shows them before somebody asks for the whole."""

    number: str
    delete_on: date


def asked_for(kind: str, declared_value: Decimal | None, terms: Mapping[str, ServiceTerm]) -> bool:
    """Whether the chain asks for a passport at intake; by default it never does."""
    term = terms.get(kind)
    if term is None:
        return False
    over = term.passport_from is not None and declared_value is not None and declared_value >= term.passport_from
    return term.asks_passport or over


def keep(request: ServiceRequest, data: Mapping[str, str], *, by: Employee) -> Passport:
    """Seal what was written down at intake. Raises KeyMissingError."""
    sealed = _keys().encrypt(json.dumps({name: data.get(name, "") for name in FIELDS}, ensure_ascii=False).encode())
    facts = {"sealed": sealed, "by": by, "delete_on": delete_on(request)}
    return Passport.objects.update_or_create(request=request, defaults=facts)[0]


def delete_on(request: ServiceRequest) -> date:
    """So many days as the chain says after all of the ticket was closed; a year and as much after intake where it never is."""
    kept = timedelta(days=rules.current().passports_kept_days)
    closed = list(ServiceRequest.objects.beside(request).values_list("closed_on", flat=True))
    return max(day for day in closed if day) + kept if all(closed) else request.accepted_on + LONGEST + kept


def note_closing(request: ServiceRequest) -> None:
    """The day of deletion follows the day on which the ticket was closed, or opened again."""
    _of_ticket(request).update(delete_on=delete_on(request))


def _of_ticket(request: ServiceRequest) -> "QuerySet[Passport]":
    """One person leaves all envelopes of a ticket."""
    return Passport.objects.filter(request__in=ServiceRequest.objects.beside(request))


def masked(request: ServiceRequest) -> Shown | None:
    """``•••• ••12`` and the day of deletion; None where there is nothing."""
    found = _of_ticket(request).first()
    if found is None:
        return None
    try:
        ending = _opened(found)["number"][-2:]
    except (SealError, KeyMissingError):
        ending = "••"
    return Shown(f"•••• ••{ending}", found.delete_on)


@transaction.atomic
def open_whole(request: ServiceRequest, *, why: str, by: Employee) -> dict[str, str] | None:
    """The data in clear, with who opened them and why written down first; None where there is nothing. Raises SealError."""
    found = _of_ticket(request).first()
    if found is None:
        return None
    PassportView.objects.create(request=request, by=by, why=why)
    return _opened(found)


def forget(today: date) -> int:
    """Delete what has come to its day. Returns how many."""
    return Passport.objects.filter(delete_on__lte=today).delete()[0]


def rotate() -> int:
    """Seal all data anew with the first key, a batch a transaction; cut short, it can be started again. Returns how many."""
    last, done = 0, 0
    keys = _keys()
    while True:
        with transaction.atomic():
            batch = list(Passport.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:BATCH])
            for passport in batch:
                passport.sealed = keys.rotate(bytes(passport.sealed))
            Passport.objects.bulk_update(batch, ["sealed"])
        if not batch:
            return done
        last, done = batch[-1].pk, done + len(batch)


def _opened(passport: Passport) -> dict[str, str]:
    from cryptography.fernet import InvalidToken

    try:
        opened: dict[str, str] = json.loads(_keys().decrypt(bytes(passport.sealed)))
    except InvalidToken:
        raise SealError from None
    return opened


def _keys() -> "MultiFernet":
    """The keys of ``PASSPORT_KEYS``, the first of which seals; at home one that is made and kept in the data folder."""
    from cryptography.fernet import Fernet, MultiFernet  # 6 MB that a chain without passports never needs

    given = settings.PASSPORT_KEYS or _own_key()
    if not given:
        raise KeyMissingError("Set PASSPORT_KEYS: manage.py rotate_passport_keys --new-key")
    return MultiFernet([Fernet(key) for key in given])


def _own_key() -> list[str]:
    from cryptography.fernet import Fernet

    if not settings.AT_HOME:
        return []
    path = settings.DATA_DIR / "passport.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(Fernet.generate_key().decode())
    return [path.read_text().strip()]
