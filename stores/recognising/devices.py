"""Who signed in on this device before, in a signed cookie: they are not stopped by what others do. Public.

The cookie opens nothing. It holds a number of the device and digests of names, so it tells nobody who they are.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import get_random_string, salted_hmac

COOKIE, SALT = "device", "stores.devices"
LASTS = 180 * 24 * 60 * 60
MOST_NAMES = 40  # a counter's tablet is used by a store's people


def known(request: HttpRequest, name: str) -> str:
    """The device's number if somebody of this name signed in on it; empty for a stranger."""
    said = _read(request)
    return str(said["device"]) if _digest(name) in said["names"] else ""


def remember(request: HttpRequest, response: HttpResponseBase, name: str) -> None:
    """Note in the browser that this name signed in."""
    said = _read(request)
    names = [digest for digest in said["names"] if digest != _digest(name)]
    _write(response, {"device": said["device"] or get_random_string(16), "names": [*names, _digest(name)][-MOST_NAMES:]})


def forget(request: HttpRequest, response: HttpResponseBase, name: str) -> None:
    """Leave nothing of this name in the browser."""
    if known(request, name):
        said = _read(request)
        _write(response, {**said, "names": [digest for digest in said["names"] if digest != _digest(name)]})


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        said = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        said = None
    return said if isinstance(said, dict) else {"device": "", "names": []}


def _write(response: HttpResponseBase, said: dict[str, Any]) -> None:
    text = signing.dumps(said, salt=SALT, compress=True)
    response.set_cookie(COOKIE, text, max_age=LASTS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def _digest(name: str) -> str:
    return salted_hmac(SALT, name.strip().lower(), algorithm="sha256").hexdigest()[:20]
