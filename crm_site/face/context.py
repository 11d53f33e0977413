"""What every page knows: the theme, the employee's counter, the nonce."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from stores import rules
from stores.models import Employee
from stores.recognising import pins, shared
from stores.selectors import counter


def face(request: HttpRequest) -> dict[str, Any]:
    known: dict[str, Any] = {
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "theme": "dark" if request.COOKIES.get(settings.THEME_COOKIE) == "dark" else "light",
        "chain_name": rules.current().chain_name,
        "mark": rules.current().mark,
        "languages": settings.LANGUAGES,
        "this_address": request.get_full_path(),
    }
    if isinstance(getattr(request, "user", None), Employee):
        is_shared = shared.COOKIE in request.COOKIES and bool(shared.store_of_device(request))
        offered = pins.is_offered(request.user)  # type: ignore[arg-type]
        known |= {"is_shared": is_shared, "lock_after": rules.current().pin_lock_minutes if offered else ""}
        known["counter"] = counter(request)  # type: ignore[arg-type]
    return known
