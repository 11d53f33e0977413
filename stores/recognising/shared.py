"""A shared device of a store: in a signed cookie, who signed in by password on it today. Public.

It opens nothing by itself: each comes back by their own PIN, and what is noted of them is void as soon as their password, their
PIN or their sessions end, and with the store's day.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from stores.models import Employee, Pin, Store
from stores.recognising import pins

COOKIE, SALT = "shared", "stores.shared"
LASTS = 180 * 24 * 60 * 60
MOST = 30


def store_of_device(request: HttpRequest) -> int:
    """The key of the store whose shared device this is; 0 for anybody's own."""
    return int(_read(request).get("store", 0))


def door(request: HttpRequest) -> str:
    """Where somebody whose session is over comes in again: on a shared device by name and PIN."""
    return reverse("stores:switch" if store_of_device(request) else "account_login")


def share(response: HttpResponseBase, store: Store, *, by: Employee | None = None) -> None:
    """From now on this is a shared device of the store; ``by`` signed in on it by password."""
    said = {"store": store.pk, "day": "", "who": {}}
    if by is None:
        _write(response, said)
    else:
        _note(response, said, store, by)


def unshare(response: HttpResponseBase) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def note(request: HttpRequest, response: HttpResponseBase, employee: Employee) -> None:
    """Somebody proved by password who they are, on this device. Three queries on a shared one, none on another."""
    said = _read(request)
    store = Store.objects.filter(pk=said.get("store", 0)).first() if said else None
    if store is None or not pins.is_offered(employee):
        return
    pins.forgive(employee)
    _note(response, said, store, employee)


def _note(response: HttpResponseBase, said: dict[str, Any], store: Store, employee: Employee) -> None:
    today = store.today().isoformat()
    who = said["who"] if said.get("day") == today else {}
    pin = Pin.objects.filter(employee=employee).first()
    who = {**who, str(employee.pk): pins.proof(employee, pin.stamp if pin else "")}
    _write(response, {"store": store.pk, "day": today, "who": dict(list(who.items())[-MOST:])})


def here_today(request: HttpRequest) -> list[Employee]:
    """Who may come back by PIN on this device, by name. Two queries."""
    said = _read(request)
    store = Store.objects.open().filter(pk=said.get("store", 0)).first() if said else None
    if store is None or said.get("day") != store.today().isoformat():
        return []
    people = Employee.objects.filter(pk__in=said["who"], is_active=True, stores=store, pin__isnull=False).select_related("pin")
    return [one for one in people if pins.is_offered(one) and pins.proof(one, one.pin.stamp) == said["who"][str(one.pk)]]


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        said = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return said if isinstance(said, dict) else {}


def _write(response: HttpResponseBase, said: dict[str, Any]) -> None:
    text = signing.dumps(said, salt=SALT, compress=True)
    response.set_cookie(COOKIE, text, max_age=LASTS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
