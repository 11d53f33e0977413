"""Writes about stores and employees."""

import hashlib
import re
import secrets
from collections.abc import Callable, Collection
from datetime import timedelta
from itertools import chain, count

import structlog
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from stores.models import ApiKey, Employee, ExportRecord, Role, Store

A_DAY = timedelta(days=1)
log = structlog.get_logger(__name__)
# What an employee leaves behind in apps to the right: called when their stores are as they will be.
Follower = Callable[[Employee], None]
_followers: list[Follower] = []

CYRILLIC_TO_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh sch _ y _ e yu ya".replace("_", "").split(" "),
        strict=True,
    )
)


def store_code(name: str) -> str:
    """A code for a store known by its name alone: ``Роскошь-Дуэт`` → ``roskosh-duet``."""
    latin = "".join(CYRILLIC_TO_LATIN.get(letter, letter) for letter in name.lower())
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:60] or "store"


@transaction.atomic
def take_stores(names: Collection[str]) -> list[Store]:
    """Open a store, in the chain's own zone, for each name that the base does not know yet."""
    stores = []
    for name in names:
        known = Store.objects.all().named(name)
        stores.append(known or Store.objects.create(code=free_code(name), name=" ".join(name.split())))
    return stores


def free_code(name: str) -> str:
    """The code of a store to be, that no other has."""
    code, taken = store_code(name), set(Store.objects.values_list("code", flat=True))
    return next(c for c in chain([code], (f"{code[:56]}-{n}" for n in count(2))) if c not in taken)


def follow_leaving(follower: Follower) -> None:
    """Tell ``follower`` of each employee who is dismissed, or whose stores change."""
    _followers.append(follower)


def tell_of_leaving(employee: Employee) -> None:
    """The employee left the chain, or a store of it."""
    for follower in _followers:
        follower(employee)


def is_last_admin(pk: int) -> bool:
    """Whether without this employee the chain would have no admin."""
    admins = Employee.objects.filter(is_active=True, role=Role.ADMIN)
    return admins.filter(pk=pk).exists() and not admins.exclude(pk=pk).exists()


@transaction.atomic
def dismiss(employee: Employee) -> None:
    """Take an employee off: every session of theirs ends with this transaction."""
    employee.is_active = False
    employee.save(update_fields=["is_active"])
    end_sessions(employee)
    tell_of_leaving(employee)


@transaction.atomic
def forget_second_factor(employee: Employee) -> None:
    """Of somebody who lost their phone: a password alone lets in for a day, and every open session ends."""
    Authenticator.objects.filter(user=employee).delete()
    Employee.objects.filter(pk=employee.pk).update(second_factor_due=timezone.now() + A_DAY)
    end_sessions(employee)
    log.warning("second_factor.forgotten", employee=employee.pk)


def end_sessions(employee: Employee) -> None:
    """Sign the employee out everywhere; a session's hash holds the epoch it was made in."""
    Employee.objects.filter(pk=employee.pk).update(session_epoch=F("session_epoch") + 1)
    employee.refresh_from_db(fields=["session_epoch"])


def issue_api_key(name: str, *, employee: Employee) -> tuple[ApiKey, str]:
    """A new key that acts as the employee, with its text: shown once, kept as a digest."""
    secret = f"carat_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(name=name, employee=employee, beginning=secret[:10], digest=_digest(secret))
    return key, secret


def employee_of_key(secret: str) -> Employee | None:
    """The active employee as whom a key acts, or None; the use is noted."""
    key = ApiKey.objects.select_related("employee").filter(digest=_digest(secret), revoked_at=None).first()
    if key is None or not key.employee.is_active:
        return None
    ApiKey.objects.filter(pk=key.pk).update(used_at=timezone.now())
    return key.employee


def revoke_api_key(key: ApiKey) -> None:
    """The key opens nothing from now on."""
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def note_export(what: str, *, rows: int, by: Employee | None, query: str = "") -> None:
    """Write down who took which data out; ``query`` says which rows, and names nobody."""
    ExportRecord.objects.create(what=what[:80], rows=rows, query=query[:500], by=by)
    log.info("export", what=what, rows=rows, employee=getattr(by, "pk", None), query=query)
