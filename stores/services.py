"""Writes about stores and employees."""

import hashlib
import re
import secrets
from collections.abc import Collection
from itertools import chain, count

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from stores.models import ApiKey, Employee, ExportRecord, Store

log = structlog.get_logger(__name__)

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
        stores.append(known or Store.objects.create(code=_free_code(name), name=" ".join(name.split())))
    return stores


def _free_code(name: str) -> str:
    code, taken = store_code(name), set(Store.objects.values_list("code", flat=True))
    return next(c for c in chain([code], (f"{code[:56]}-{n}" for n in count(2))) if c not in taken)


@transaction.atomic
def dismiss(employee: Employee) -> None:
    """Take an employee off: every session of theirs ends with this transaction."""
    employee.is_active = False
    employee.save(update_fields=["is_active"])
    end_sessions(employee)


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
