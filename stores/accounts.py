"""Sign-in: employees are made by an admin, never by themselves; failures are counted by axes."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """allauth without sign-up; axes counts wrong passwords, allauth's own limit only wrong codes."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        return None


def username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name that somebody tries to sign in with, in lower case, so that ``ANN`` and ``ann`` lock together."""
    said = (credentials or {}).get("username") or request.POST.get("login") or request.POST.get("username") or ""
    return str(said).strip().lower()
