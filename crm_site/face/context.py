"""What every page knows: the theme, the employee's counter, the nonce."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from stores.models import Employee
from stores.selectors import counter


def face(request: HttpRequest) -> dict[str, Any]:
    known: dict[str, Any] = {
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "theme": "dark" if request.COOKIES.get(settings.THEME_COOKIE) == "dark" else "light",
        "chain_name": settings.CHAIN_NAME,
        "languages": settings.LANGUAGES,
    }
    if isinstance(getattr(request, "user", None), Employee):
        known["counter"] = counter(request)  # type: ignore[arg-type]
    return known
